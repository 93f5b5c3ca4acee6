// syscalls/errno: comparisons with errors that Windows reports under other codes.
//
//   errors.Is(err, syscall.EPIPE)     winport.IsErrno(err, syscall.EPIPE)
//   err != syscall.EPIPE              !winport.IsErrno(err, syscall.EPIPE)
//   switch err {                      switch {
//   case nil, syscall.EPIPE:          case err == nil, winport.IsErrno(err, syscall.EPIPE):

#include <algorithm>

#include "transformer/rules/native/table.h"
#include "transformer/rules/native/unix_uses.h"
#include "transformer/rules/pack.h"

namespace windlass {
namespace {

constexpr std::string_view kUnwraps =
    "it looks into wrapped errors too, which a comparison does not";

/// The names of tables/errno.txt.
struct ErrnoNames {
  StringSet names;
};

const ErrnoNames& SharedErrnos(SharedFacts& shared) {
  return shared.Get<ErrnoNames>([](SharedFacts& facts) {
    auto errnos = std::make_unique<ErrnoNames>();
    const Pack* pack = facts.FindPack("syscalls");
    const auto file = pack->files.find("tables/errno.txt");
    std::string word;
    for (const char c : file == pack->files.end() ? std::string() : file->second + "\n") {
      if (c != ' ' && c != '\n') {
        word += c;
      } else if (!word.empty()) {
        errnos->names.insert(std::move(word));
        word.clear();
      }
    }
    return std::unique_ptr<const ErrnoNames>(std::move(errnos));
  });
}

class ErrnoCompare {
 public:
  ErrnoCompare(const FileContext& context, SharedFacts& shared)
      : context_(context), errnos_(SharedErrnos(shared)), shared_(shared) {}

  void Call(Node call, std::vector<Finding>* out) {
    const auto callee = context_.go->Callee(call);
    const Node errno_node = call.Field("arguments").NamedChild(1);
    if (callee && callee->path == "errors" && callee->name == "Is" && IsErrno(errno_node)) {
      const Node function = call.Field("function");
      Begin(function, errno_node, Level::kSafe);
      Change(function.span(), Cat(Helper(call), ".IsErrno"));
      out->push_back(std::move(finding_));
    }
  }

  void Comparison(Node binary, std::vector<Finding>* out) {
    const std::string_view op = binary.Field("operator").text();
    Node value = binary.Field("left");
    Node errno_node = binary.Field("right");
    if (IsErrno(value)) {
      std::swap(value, errno_node);
    }
    if ((op == "==" || op == "!=") && IsErrno(errno_node) && !IsErrno(value)) {
      Begin(binary, errno_node, Level::kReview);
      Change(binary.span(), Cat(op == "!=" ? "!" : "", Is(value, errno_node)));
      out->push_back(std::move(finding_));
    }
  }

  /// The switch as a whole: what it asks is evaluated once only if it is a mere name.
  void Switch(Node node, std::vector<Finding>* out) {
    const Node value = node.Field("value");
    std::vector<Node> questions;
    Node first;
    for (Node clause : node.NamedChildren()) {
      for (Node asked : clause.Field("value").NamedChildren()) {
        questions.push_back(asked);
        first = first.is_null() && IsErrno(asked) ? asked : first;
      }
    }
    if (first.is_null() || value.is_null()) {
      return;
    }
    Begin(first, first, Level::kReview);
    const bool simple = value.Is("identifier") && std::ranges::none_of(questions, [](Node asked) {
                          return asked.Is("comment");
                        });
    if (!simple) {
      finding_.level = Level::kSuggest;
      finding_.fix.reset();
      finding_.reason = "ask with errors.Is and Windows' own codes instead of a switch";
      out->push_back(std::move(finding_));
      return;
    }
    const std::string_view bytes = context_.source.bytes();
    const size_t end = std::min(bytes.find_first_not_of(" \t", value.span().end), bytes.size());
    Change({value.span().begin, end}, "");
    for (Node asked : questions) {
      Change(asked.span(),
             IsErrno(asked) ? Is(value, asked) : Cat(value.text(), " == ", asked.text()));
    }
    out->push_back(std::move(finding_));
  }

 private:
  bool IsErrno(Node node) const {
    const auto qualified = context_.go->ResolveQualified(node);
    return qualified && qualified->path == "syscall" && errnos_.names.contains(qualified->name);
  }

  std::string Helper(Node place) {
    const std::string path = HelperImport(*context_.module, context_.project);
    return ImportNameFor(*context_.go, path, place.span().begin);
  }

  std::string Is(Node value, Node errno_node) {
    return Cat(Helper(value), ".IsErrno(", value.text(), ", ", errno_node.text(), ")");
  }

  void Begin(Node site, Node errno_node, Level level) {
    finding_ = Finding();
    finding_.level = level;
    finding_.span = site.span();
    finding_.message = Cat(errno_node.text(), " is never what Windows reports");
    finding_.reason = level == Level::kReview ? kUnwraps : std::string_view();
    finding_.fix.emplace();
    const std::string path = HelperImport(*context_.module, context_.project);
    finding_.fix->imports[context_.file.path].push_back({path, Helper(site)});
    AddHelper("errno", *context_.module, shared_, &*finding_.fix);
  }

  void Change(Span span, const std::string& text) {
    (void)finding_.fix->edits[context_.file.path].Add(span, text);
  }

  const FileContext& context_;
  const ErrnoNames& errnos_;
  SharedFacts& shared_;
  Finding finding_;
};

}  // namespace

void CompareErrno(const Rule& rule, const QueryMatch& match, const FileContext& context,
                  SharedFacts& shared, std::vector<Finding>* out) {
  (void)rule;
  const Node site = match.First("site");
  if (context.module == nullptr || context.module->path.empty()) {
    return;
  }
  ErrnoCompare check(context, shared);
  if (site.Is("call_expression")) {
    check.Call(site, out);
  } else if (site.Is("binary_expression")) {
    check.Comparison(site, out);
  } else {
    check.Switch(site, out);
  }
}

}  // namespace windlass
