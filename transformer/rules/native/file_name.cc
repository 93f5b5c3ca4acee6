// environment/file-name: names of files with characters that Windows does not allow.
//
//   os.Create(filepath.Join(dir, time.Now().Format(time.RFC3339)+".log"))
//                                ------------------------------

#include <algorithm>
#include <array>

#include "re2/re2.h"
#include "transformer/facts/go_values.h"
#include "transformer/rules/guards.h"
#include "transformer/rules/native/path_domain.h"
#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

constexpr std::array<std::string_view, 14> kWithColons = {
    "ANSIC",    "UnixDate", "RubyDate", "RFC822",     "RFC822Z",   "RFC850",   "RFC1123",
    "RFC1123Z", "RFC3339",  "Kitchen",  "StampMicro", "StampNano", "DateTime", "RFC3339Nano"};

/// x.Format(layout), the layout having a colon, or time.Now().String().
bool FormatsWithColon(Node call, const GoFile& file) {
  const Node function = call.Field("function");
  Node layout = call.Field("arguments").NamedChild(0);
  if (function.Field("field").text() == "String") {
    const auto now = file.Callee(function.Field("operand"));
    return now && now->path == "time" && now->name == "Now";
  }
  if (function.Field("field").text() != "Format" ||
      call.Field("arguments").named_child_count() != 1) {
    return false;
  }
  if (const Node initial = GoStringValue(layout) ? Node() : GoInitialValue(layout, file)) {
    layout = initial;
  }
  if (const auto text = GoStringValue(layout)) {
    return text->find("15:04") != std::string::npos || text->find("3:04") != std::string::npos;
  }
  const auto known = file.ResolveQualified(layout);
  return known && known->path == "time" &&
         (known->name == "Stamp" || known->name == "StampMilli" ||
          std::ranges::find(kWithColons, known->name) != kWithColons.end());
}

/// A piece of a name that nothing can have on Windows.
std::string_view Forbidden(std::string_view text) {
  const size_t skip = text.size() > 1 && text[1] == ':' ? 2 : 0;  // a drive
  // With a blank or a slash at its end it is a text or a pattern rather than a name.
  static const LazyRE2 kName = {R"([\w./%-]*[*?][\w.%-]*)"};
  const bool name = RE2::FullMatch(re2::StringPiece(text.data(), text.size()), *kName);
  const size_t at = text.find_first_of(name ? "*?:\"<>|" : ":\"<>|", skip);
  if (at == 0) {
    return {};  // ":8080" behind a host
  }
  return at == std::string_view::npos ? std::string_view() : text.substr(at, 1);
}

/// A piece of a file's name as far as is known, and nothing else.
bool NamesFile(const PathValue& value) {
  constexpr sign::Set kElsewhere = sign::kUseSlash | sign::kUseSlashName | sign::kUsePeerSlash |
                                   sign::kUseSlashPart | sign::kFromSlash | sign::kFromDevice |
                                   sign::kUseList | sign::kUseGlob;
  return value && value.Has(sign::kUseHost | sign::kUseHostPart) && !value.Has(kElsewhere);
}

/// Whether `node` is (a piece of) a pattern, in which * and ? stand for something else.
bool IsPattern(Node node, const GoFile& file) {
  static const LazyRE2 kTaker = {
      R"((Create|Mkdir)Temp|Temp(File|Dir)|Glob|Match|.*[Pp]attern.*|.*[Gg]lob.*|.*Match.*)"};
  for (; node && !node.Is("block"); node = node.parent()) {
    const auto callee = node.Is("call_expression") ? file.Callee(node) : std::nullopt;
    const std::string_view method = node.Field("function").Field("field").text();
    if ((callee && RE2::FullMatch(callee->name, *kTaker)) ||
        (!callee && RE2::FullMatch(re2::StringPiece(method.data(), method.size()), *kTaker))) {
      return true;
    }
  }
  return false;
}

/// The expression that `node` is a piece of: a sum, a format, a joined path; null if it is none.
Node Around(Node node, const GoFile& file) {
  const Node parent = node.parent();
  if (parent.Is("binary_expression") || parent.Is("parenthesized_expression")) {
    return parent;
  }
  const Node call = parent.Is("argument_list") ? parent.parent() : Node();
  const auto callee = call ? file.Callee(call) : std::nullopt;
  const bool composes = callee && ((callee->path == "fmt" && callee->name == "Sprintf") ||
                                   (callee->path == "path/filepath" && callee->name == "Join"));
  return composes ? call : Node();
}

}  // namespace

void FileName(const Rule&, const QueryMatch& match, const FileContext& context, SharedFacts& shared,
              std::vector<Finding>* out) {
  const Node site = match.First("site");
  const auto text = GoStringValue(site);
  const std::string_view forbidden = text ? Forbidden(*text) : std::string_view();
  const bool time = !text && FormatsWithColon(site, *context.go);
  const bool wild = forbidden == "*" || forbidden == "?";
  if ((!time && forbidden.empty()) || (text && text->find("://") != std::string::npos) ||
      (wild && IsPattern(site, *context.go))) {
    return;
  }
  const PathScene scene(context, shared);
  if (!scene.active() || !RunsOnWindows(site, context)) {
    return;
  }
  PathValue value;
  for (Node piece = site; piece && !NamesFile(value); piece = Around(piece, *context.go)) {
    value = scene.At(piece);
  }
  if (!NamesFile(value)) {
    return;
  }
  Finding finding;
  finding.span = site.span();
  finding.level = Level::kSuggest;
  const bool whole = value.Has(sign::kUseHost);
  for (const PathWitness& step :
       scene.flow().Explain(value.node, whole ? sign::kUseHost : sign::kUseHostPart)) {
    finding.also.push_back({step.path, step.span, step.what});
    finding.reason = step.what;
  }
  finding.message =
      Cat("on Windows no file's name can hold ", time ? ":" : forbidden,
          time || forbidden == ":" ? ", or the rest of the name becomes a stream" : "");
  finding.reason += Cat(finding.reason.empty() ? "" : "; ",
                        time ? "format the time as 20060102T150405, and read old names as well"
                             : "choose another separator, and read old names as well");
  out->push_back(std::move(finding));
}

}  // namespace windlass
