// paths/list: PATH-like lists that are taken apart or put together at ':'.
//
//   strings.Split(os.Getenv("PATH"), ":")        "PATH=" + bin + ":" + os.Getenv("PATH")
//   -------------                  -----                        ---
//   filepath.SplitList(os.Getenv("PATH"))        "PATH=" + bin + string(os.PathListSeparator) + …

#include "transformer/rules/native/path_lists.h"

#include <algorithm>
#include <array>

#include "transformer/facts/go_format.h"
#include "transformer/facts/path_names.h"
#include "transformer/rules/native/path_join.h"
#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

constexpr std::array<std::string_view, 13> kAsking = {
    "Index",      "LastIndex",  "Contains",  "Count",    "HasPrefix", "HasSuffix", "Cut",
    "TrimPrefix", "TrimSuffix", "TrimRight", "TrimLeft", "Trim",      "IndexByte"};

bool IsPlus(Node node) {
  return node.Is("binary_expression") && node.Field("operator").text() == "+";
}

std::vector<Node> Arguments(Node call) {
  std::vector<Node> out;
  for (const Node node : call.Field("arguments").NamedChildren()) {
    if (!node.Is("comment")) {
      out.push_back(node);
    }
  }
  return out;
}

bool IsColon(Node node) {
  return GoStringValue(node) == ":" || node.text() == "':'";
}

/// os.Getenv and whatever holds what came from it.
bool FromEnvironment(const PathValue& value, const PathScene& scene) {
  if (!value.Has(sign::kFromHost)) {
    return false;
  }
  const std::vector<PathWitness> chain = scene.flow().Explain(value.node, sign::kFromHost);
  return !chain.empty() && chain.back().what.starts_with("comes from the environment variable");
}

bool IsList(const PathValue& value) {
  return value.Has(sign::kFromList | sign::kUseList) && !value.Has(sign::kUseSlash);
}

/// The literal before an argument that names a list: Setenv("PATH", …), or what the value is stored
/// under: env["PATH"] = ….
bool StoredAsList(Node node, const PathScene& scene) {
  if (IsPlus(node.parent())) {  // "PATH=" + strings.Join(…)
    const std::optional<std::string> before = GoStringValue(node.parent().Field("left"));
    return before && before->ends_with('=') && IsListName(before->substr(0, before->size() - 1));
  }
  if (node.parent().Is("argument_list")) {
    std::optional<std::string> name;
    for (const Node sibling : node.parent().NamedChildren()) {
      if (sibling == node) {
        break;
      }
      name = GoStringValue(sibling);
    }
    return name && IsListName(*name);
  }
  const Node statement = node.parent().parent();
  const Node left = statement.Field("left").NamedChild(0);
  if (const PathValue target = left ? scene.At(left) : PathValue(); IsList(target)) {
    return true;
  }
  const std::optional<std::string> key =
      left.Is("index_expression") ? GoStringValue(left.Field("index")) : std::nullopt;
  return key && IsListName(*key);
}

struct Pieces {
  Node node;
  std::vector<JoinPiece> list;
  bool is_format = false;
};

/// A chain of + or a Sprintf whose constants have a ':' between elements.
std::optional<Pieces> PiecesOf(Node node, const PathScene& scene) {
  Pieces out;
  out.node = node;
  if (IsPlus(node)) {
    out.list = PiecesOfChain(node, scene.go());
  } else {
    const auto callee = node.Is("call_expression") ? scene.go().Callee(node) : std::nullopt;
    const std::vector<Node> arguments = callee ? Arguments(node) : std::vector<Node>();
    if (!callee || callee->path != "fmt" || callee->name != "Sprintf" || arguments.empty()) {
      return std::nullopt;
    }
    out.is_format = true;
    for (const Node argument : arguments) {
      JoinPiece& piece = out.list.emplace_back();
      piece.node = argument;
      if (const auto text = GoStringValue(argument)) {
        piece.is_literal = true;
        piece.literal = *text;
      }
    }
  }
  const bool colon = std::ranges::any_of(out.list, [](const JoinPiece& piece) {
    return piece.is_literal && piece.literal.find(':') != std::string::npos &&
           piece.literal.find("://") == std::string::npos && !HasDrive(piece.literal);
  });
  return colon ? std::optional(out) : std::nullopt;
}

/// "/usr/local/bin:" + path: folders that only unix has, whatever stands between them.
bool NamesUnixFolder(const std::vector<JoinPiece>& pieces) {
  for (size_t i = 0; i < pieces.size(); ++i) {
    std::string_view text = pieces[i].literal;
    for (size_t begin = 0; begin < text.size();) {
      const std::string_view rest = text.substr(begin);
      const bool first = begin > 0 || i == 0;
      if (first && rest.starts_with('/')) {
        return true;
      }
      const size_t next = rest.find_first_of(":=");
      begin = next == std::string_view::npos ? text.size() : begin + next + 1;
    }
  }
  return false;
}

/// What tells that the whole is a list, and whether it is one of this machine: a piece that came
/// from the environment, or a path.
Verdict JudgePieces(const Pieces& pieces, const PathScene& scene) {
  Verdict verdict;
  const PathValue whole = scene.At(pieces.node);
  bool list = StoredAsList(pieces.node, scene) || whole.Has(sign::kUseList);
  bool here = false;
  for (const JoinPiece& piece : pieces.list) {
    const PathValue value = piece.is_literal ? PathValue() : scene.At(piece.node);
    const size_t assigns = piece.is_literal ? piece.literal.find('=') : std::string::npos;
    list = list || IsList(value) ||
           (assigns != std::string::npos && IsListName(piece.literal.substr(0, assigns)));
    here = here || IsList(value) ||
           value.Has(sign::kFromHost | sign::kUseHost | sign::kKinHost | sign::kUsePeerHost |
                     sign::kFromHostName);
  }
  if (list && !whole.Has(sign::kUseSlash) && !NamesUnixFolder(pieces.list)) {
    verdict.domain = Domain::kList;
    verdict.weight = here ? Weight::kMedium : Weight::kName;
    verdict.reason = "a list of directories such as PATH";
  }
  return verdict;
}

struct Question {
  Node subject;
  Node colon;
  std::string_view name;
};

/// strings.Split(list, ":") and its like.
std::optional<Question> QuestionOf(Node node, const PathScene& scene) {
  const auto callee = node.Is("call_expression") ? scene.go().Callee(node) : std::nullopt;
  if (!callee || callee->path != "strings") {
    return std::nullopt;
  }
  const std::vector<Node> arguments = Arguments(node);
  const bool known = callee->name == "Split" || callee->name == "Join" ||
                     std::ranges::find(kAsking, callee->name) != kAsking.end();
  if (!known || arguments.size() != 2 || !IsColon(arguments[1])) {
    return std::nullopt;
  }
  return Question{arguments[0], arguments[1], callee->name};
}

Verdict JudgeQuestion(const Question& question, Node call, const PathScene& scene) {
  Verdict verdict;
  const PathValue value = scene.At(question.subject);
  const PathValue whole = scene.At(call);
  const bool joined =
      question.name == "Join" && (whole.Has(sign::kUseList) || StoredAsList(call, scene));
  if (joined || (question.name != "Join" && (IsList(value) || FromEnvironment(value, scene)))) {
    verdict.domain = Domain::kList;
    verdict.weight = Weight::kStrong;
    verdict.reason = "a list of directories such as PATH";
  }
  return verdict;
}

/// The literal with every ':' between elements as the separator of the running system.
std::string WithListSeparator(const std::string& text, std::string_view separator,
                              std::string_view plus) {
  std::string out;
  size_t begin = 0;
  while (true) {
    const size_t end = std::min(text.find(':', begin), text.size());
    if (end > begin) {
      out += Cat(out.empty() ? "" : plus, QuoteGoString(text.substr(begin, end - begin)));
    }
    if (end == text.size()) {
      return out;
    }
    out += Cat(out.empty() ? "" : plus, separator);
    begin = end + 1;
  }
}

/// fmt.Sprintf("%s:%s", a, b) → fmt.Sprintf("%s%c%s", a, os.PathListSeparator, b).
bool WriteFormat(const Pieces& pieces, std::string_view package, EditSet* edits) {
  std::vector<FormatPiece> split;
  if (!pieces.list[0].is_literal || !SplitFormat(pieces.list[0].literal, &split)) {
    return false;
  }
  std::string format;
  size_t before = 0;  // arguments that stand before a separator
  for (const FormatPiece& piece : split) {
    before += piece.argument >= 0 ? 1 : 0;
    for (const char c : piece.argument < 0 ? piece.text : std::string()) {
      if (c != ':') {
        format += c == '%' ? "%%" : std::string(1, c);
        continue;
      }
      format += "%c";
      if (before + 1 > pieces.list.size()) {
        return false;
      }
      const size_t at = pieces.list[before].node.span().end;
      edits->Add({at, at}, Cat(", ", package, ".PathListSeparator")).IgnoreError();
    }
    if (piece.argument >= 0) {
      format += piece.text;
    }
  }
  return edits->Add(pieces.list[0].node.span(), QuoteGoString(format)).ok();
}

void VisitPieces(Node node, const PathScene& scene, std::vector<Finding>* out) {
  const std::optional<Pieces> pieces = PiecesOf(node, scene);
  if (!pieces) {
    return;
  }
  const Verdict verdict = JudgePieces(*pieces, scene);
  if (verdict.domain != Domain::kList || verdict.weight == Weight::kName) {
    return;
  }
  Finding finding = scene.Start(node, verdict);
  finding.message = "a list of directories is put together with colons";
  finding.level = Level::kReview;
  finding.reason += "; check that programs of the running system read it";
  const std::string package = scene.Import("os", node.span().begin, &finding);
  EditSet& edits = finding.fix->edits[finding.path];
  if (pieces->is_format) {
    if (!WriteFormat(*pieces, package, &edits)) {
      return;
    }
  } else {
    const std::string_view plus = GoExprDepth(node) > 1 ? "+" : " + ";
    for (const JoinPiece& piece : pieces->list) {
      if (piece.is_literal && !piece.is_separator && piece.literal.find(':') != std::string::npos) {
        edits
            .Add(piece.node.span(),
                 WithListSeparator(piece.literal, Cat("string(", package, ".PathListSeparator)"),
                                   plus))
            .IgnoreError();
      }
    }
  }
  out->push_back(std::move(finding));
}

void VisitQuestion(Node call, const PathScene& scene, std::vector<Finding>* out) {
  const std::optional<Question> question = QuestionOf(call, scene);
  if (!question) {
    return;
  }
  const Verdict verdict = JudgeQuestion(*question, call, scene);
  if (verdict.domain != Domain::kList) {
    return;
  }
  Finding finding = scene.Start(call, verdict);
  finding.level = Level::kReview;
  const size_t at = call.span().begin;
  if (question->name == "Split") {
    finding.message = "a list of directories is split at colons";
    finding.reason += "; check that an empty list may come out as no element at all";
    const std::string package = scene.Import("path/filepath", at, &finding);
    finding.fix->edits[finding.path]
        .Add(call.span(), Cat(package, ".SplitList(", question->subject.text(), ")"))
        .IgnoreError();
  } else {
    finding.message = "a list of directories has colons on unix only";
    finding.reason += "; check that programs of the running system read and write it";
    const std::string package = scene.Import("os", at, &finding);
    const std::string separator = Cat(package, ".PathListSeparator");
    finding.fix->edits[finding.path]
        .Add(question->colon.span(),
             question->colon.Is("rune_literal") ? separator : Cat("string(", separator, ")"))
        .IgnoreError();
  }
  out->push_back(std::move(finding));
}

/// The outermost chain around a + is the site.
bool IsInner(Node node) {
  Node parent = node.parent();
  while (parent.Is("parenthesized_expression")) {
    parent = parent.parent();
  }
  return IsPlus(node) && IsPlus(parent);
}

}  // namespace

Verdict JudgeList(const PathScene& scene, Node node) {
  if (const auto question = QuestionOf(node, scene)) {
    return JudgeQuestion(*question, node, scene);
  }
  const auto pieces = PiecesOf(node, scene);
  return pieces ? JudgePieces(*pieces, scene) : Verdict();
}

void PathLists(const Rule&, const QueryMatch& match, const FileContext& context,
               SharedFacts& shared, std::vector<Finding>* out) {
  const Node node = match.First("site");
  if (IsInner(node) || node.text().find(':') == std::string_view::npos) {
    return;
  }
  const auto callee = node.Is("call_expression") ? context.go->Callee(node) : std::nullopt;
  if (!IsPlus(node) && (!callee || (callee->path != "strings" && callee->path != "fmt"))) {
    return;
  }
  const PathScene scene(context, shared);
  if (!scene.active() || scene.only_windows() || HasComment(node)) {
    return;
  }
  const size_t before = out->size();
  VisitPieces(node, scene, out);
  VisitQuestion(node, scene, out);
  PathScene::Reconsider(node, before, out);
}

}  // namespace windlass
