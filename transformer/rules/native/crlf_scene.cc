#include "transformer/rules/native/crlf_scene.h"

#include <algorithm>
#include <memory>

#include "re2/re2.h"
#include "transformer/rules/pack.h"

namespace windlass {
namespace {

constexpr int kReplaceAllSince = 12;  // Go 1.12

std::unique_ptr<const TextTables> MakeTextTables(SharedFacts& shared) {
  const Pack* pack = shared.FindPack("crlf");
  if (pack != nullptr) {
    const auto file = pack->files.find("tables/text.toml");
    if (file != pack->files.end()) {
      if (auto tables = TextTables::Parse(file->second, file->first); tables.ok()) {
        return std::make_unique<const TextTables>(*std::move(tables));
      }
    }
  }
  return std::make_unique<const TextTables>();
}

}  // namespace

CrlfScene::CrlfScene(const FileContext& context, SharedFacts& shared)
    : context_(context),
      pack_(shared.FindPack("crlf")),
      tables_(shared.Get<TextTables>(MakeTextTables)),
      module_(context.project, context.file, *context.go),
      origins_(module_, tables_),
      uses_(module_, tables_) {}

bool CrlfScene::IsForeign(const TextOrigins& origins) {
  return origins.Has(origin::kOutside) && !origins.Has(origin::kProtocol | origin::kClean);
}

TextOrigins CrlfScene::LineByName(Node expression) const {
  return expression.Is("identifier") && tables_.NameFits("line", expression.text())
             ? TextOrigins{origin::kNamed, Cat("a value called ", expression.text())}
             : TextOrigins();
}

bool CrlfScene::IsProtocolCode() const {
  static const RE2 kProtocol(
      R"((^|/)(\w*protocol|proto|packp|pktline|wire|smtp|pop3|imap|ftp|irc|resp|nntp|mime|http2?|rpc|sip|stomp|mqtt|memcached?)/)");
  return RE2::PartialMatch(context_.file.path, kProtocol);
}

bool CrlfScene::KnowsCr(Node node) const {
  Node function = go().EnclosingFunction(node);
  for (Node outer = function; outer; outer = go().EnclosingFunction(outer)) {
    function = outer;
  }
  static const RE2 kDrops(R"((?i)\\r|(drop|trim|strip|chop|remove)_?crs?\()");
  const std::string_view text = function.text();
  if (RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), kDrops)) {
    return true;
  }
  const std::vector<Node> declarations = go().tree().root().NamedChildren();
  return std::ranges::any_of(declarations, [](Node declaration) {
    return (declaration.Is("var_declaration") || declaration.Is("const_declaration")) &&
           declaration.text().find("\\r") != std::string_view::npos;
  });
}

Finding CrlfScene::Start(Node site, const TextOrigins& origins, std::string_view message) const {
  Finding finding;
  finding.level = Level::kReview;
  finding.path = context_.file.path;
  finding.span = site.span();
  finding.message = message;
  finding.reason = Cat("the text comes from ", origins.what,
                       " and may have CRLF line endings; check that its lines are only read, not "
                       "written back or compared byte by byte");
  finding.fix.emplace();
  return finding;
}

EditSet& CrlfScene::Edits(Finding* finding) const {
  return finding->fix->edits[finding->path];
}

std::string CrlfScene::Import(std::string_view path, size_t offset, Finding* finding) const {
  std::string name = ImportNameFor(go(), path, offset);
  finding->fix->imports[finding->path].push_back({std::string(path), name});
  return name;
}

std::pair<std::string, std::string> CrlfScene::Normalizing(std::string_view package, size_t offset,
                                                           Finding* finding) const {
  const std::string name = Import(package, offset, finding);
  const bool all = context_.module == nullptr || context_.module->AtLeast(kReplaceAllSince);
  return {Cat(name, all ? ".ReplaceAll(" : ".Replace("),
          Cat(package == "bytes" ? R"(, []byte("\r\n"), []byte("\n"))" : R"(, "\r\n", "\n")",
              all ? ")" : ", -1)")};
}

void CrlfScene::Normalize(Node node, std::string_view package, Finding* finding) const {
  const Span span = node.span();
  const auto [before, behind] = Normalizing(package, span.begin, finding);
  EditSet& edits = Edits(finding);
  edits.Add({span.begin, span.begin}, before).IgnoreError();
  edits.Add({span.end, span.end}, behind).IgnoreError();
}

void CrlfScene::NormalizeByHelper(Node node, std::string_view package, Finding* finding) const {
  const bool bytes = package == "bytes";
  const std::string file = bytes ? "bytes.go" : "text.go";
  const auto text = pack_->files.find(Cat("templates/winport/", file));
  if (context_.module == nullptr || context_.module->path.empty() || text == pack_->files.end()) {
    Refuse(finding, Refusal::kIncomplete);
    return;
  }
  const std::string& dir = context_.module->dir;
  const std::string& helper = context_.project.settings().helper_package;
  const std::string path = Cat(dir, dir.empty() ? "" : "/", helper, "/", file);
  const Span span = node.span();
  const std::string name = Import(Cat(context_.module->path, "/", helper), span.begin, finding);
  EditSet& edits = Edits(finding);
  edits.Add({span.begin, span.begin}, Cat(name, bytes ? ".LF(" : ".LFString(")).IgnoreError();
  edits.Add({span.end, span.end}, ")").IgnoreError();
  finding->fix->new_files.push_back({.path = path, .text = text->second});
}

Node LiteralOf(Node argument) {
  argument = WithoutParentheses(argument);
  if (argument.Is("type_conversion_expression") && argument.Field("type").text() == "[]byte") {
    argument = argument.Field("operand");
  }
  return argument.kind().ends_with("string_literal") ? argument : Node();
}

Node MeasuredText(Node node) {
  node = WithoutParentheses(node);
  const std::vector<Node> arguments =
      node.Is("call_expression") && node.Field("function").text() == "len" ? GoArguments(node)
                                                                           : std::vector<Node>();
  return arguments.size() == 1 ? arguments[0] : Node();
}

bool IsGoBytes(Node name, const GoFile& go) {
  const GoDecl* decl = go.Resolve(name);
  const std::string_view text = decl == nullptr ? std::string_view() : decl->decl.text();
  return text.find(".ReadBytes(") != std::string_view::npos ||
         text.find(".ReadSlice(") != std::string_view::npos ||
         (decl != nullptr && decl->type.text() == "[]byte");
}

std::optional<std::string> NewlineText(Node literal) {
  literal = WithoutParentheses(literal);
  const std::string_view text = literal.text();
  if (text == "'\\n'" || text == "[]byte{'\\n'}") {
    return "\n";
  }
  return GoStringValue(LiteralOf(literal));
}

}  // namespace windlass
