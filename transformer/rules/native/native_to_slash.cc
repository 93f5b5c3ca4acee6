// paths/slash: native paths that reach names with slashes: fs.FS, URLs, archive entries.
//
//   fsys.Open(filepath.Join("a", name))        hdr.Name = rel
//             -------------                                ---
//   fsys.Open(path.Join("a", name))            hdr.Name = filepath.ToSlash(rel)

#include <algorithm>
#include <array>

#include "transformer/facts/path_names.h"
#include "transformer/rules/native/path_join.h"
#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

constexpr std::array<std::string_view, 3> kComposing = {"Join", "Dir", "Clean"};

bool IsFilepathCall(Node node, const GoFile& go) {
  const auto callee = node.Is("call_expression") ? go.Callee(node) : std::nullopt;
  return callee && callee->path == "path/filepath" &&
         std::ranges::find(kComposing, callee->name) != kComposing.end();
}

/// True if nothing native flows into the arguments of a filepath call: path can do its work.
bool OnlySlashInside(Node call, const PathScene& scene) {
  for (const Node argument : call.Field("arguments").NamedChildren()) {
    const PathValue value = scene.At(argument);
    if (argument.Is("variadic_argument") ||
        value.Has(sign::kFromHost | sign::kUseHost | sign::kKinHost)) {
      return false;
    }
  }
  return true;
}

/// filepath.Join(…) at `node` becomes path.Join(…).
void UsePath(Node call, const Verdict& verdict, const PathScene& scene, std::vector<Finding>* out) {
  Finding finding = scene.Start(call, verdict);
  finding.message = "a name with slashes is built with the separators of the running system";
  finding.level = Level::kSafe;
  const Node function = call.Field("function");
  const std::string package = scene.Import("path", function.span().begin, &finding);
  finding.fix->edits[finding.path]
      .Add(function.span(), Cat(package, ".", function.Field("field").text()))
      .IgnoreError();
  out->push_back(std::move(finding));
}

void WrapToSlash(Node node, const Verdict& verdict, const PathScene& scene,
                 std::vector<Finding>* out) {
  Finding finding = scene.Start(node, verdict);
  finding.message = "a native path is used as a name with slashes";
  // What is native in another package may have been converted on the way.
  const auto folder = [](std::string_view path) { return path.substr(0, path.rfind('/') + 1); };
  const bool near =
      verdict.also.empty() || folder(verdict.also.back().path) == folder(scene.context().file.path);
  finding.level = near ? Level::kSafe : Level::kReview;
  if (!near) {
    finding.reason += "; check that the name has the separators of the running system here";
  }
  const std::string package = scene.Import("path/filepath", node.span().begin, &finding);
  EditSet& edits = finding.fix->edits[finding.path];
  edits.Add({node.span().begin, node.span().begin}, Cat(package, ".ToSlash(")).IgnoreError();
  edits.Add({node.span().end, node.span().end}, ")").IgnoreError();
  out->push_back(std::move(finding));
}

/// aws.String(name): the pointer that an API takes stands for what it points to.
Node PointedTo(Node node, const PathScene& scene) {
  const Node arguments = node.Is("call_expression") ? node.Field("arguments") : Node();
  const auto callee = arguments ? scene.go().Callee(node) : std::nullopt;
  constexpr std::array<std::string_view, 4> kPointers = {"String", "Ptr", "StringPtr", "To"};
  const bool pointer = callee && arguments.named_child_count() == 1 &&
                       std::ranges::find(kPointers, callee->name) != kPointers.end();
  return pointer ? arguments.NamedChild(0) : node;
}

/// `node` stands where a name with slashes is wanted, as `what` says. `url`: a whole URL is wanted,
/// which is more than a name; what becomes of a native path that stands for one is for a person to
/// say.
void VisitWanted(Node node, std::string_view what, bool url, const PathScene& scene,
                 std::vector<Finding>* out) {
  node = PointedTo(node, scene);
  if (node.Is("binary_expression") && node.Field("operator").text() == "+") {
    for (const JoinPiece& piece : PiecesOfChain(node, scene.go())) {
      if (!piece.is_literal && !piece.node.Is("binary_expression")) {
        VisitWanted(piece.node, what, false, scene, out);
      }
    }
    return;
  }
  const PathValue value = scene.At(node);
  const std::vector<std::string> words = WordsOf(value.name);
  const bool import = std::ranges::any_of(words, [](const std::string& word) {
    return word == "import" || word == "imports" || word == "pkg" || word == "package";
  });
  if (!value || import || !PathScene::MayBeString(value) || value.Has(sign::kFromSlash) ||
      !value.Has(sign::kFromHost)) {
    return;
  }
  const std::vector<PathWitness> origin = scene.flow().Explain(value.node, sign::kFromHost);
  // A drive that somebody wrote down is for one system; of the target of a link the tar header
  // keeps nothing unless it is one.
  const std::string_view from = origin.empty() ? std::string_view() : origin.back().what;
  if (from == "its text" ||
      (what.ends_with("tar.FileInfoHeader") && from.find("Readlink") == std::string_view::npos)) {
    return;
  }
  Verdict verdict = scene.Judge(PathValue(), value);
  verdict.reason += Cat(verdict.reason.empty() ? "" : "; ", what);
  if (IsFilepathCall(node, scene.go()) && OnlySlashInside(node, scene)) {
    UsePath(node, verdict, scene, out);
  } else if (!url && (node.Is("identifier") || node.Is("selector_expression") ||
                      IsFilepathCall(node, scene.go()))) {
    WrapToSlash(node, verdict, scene, out);
  }
}

void VisitCall(Node call, const PathScene& scene, std::vector<Finding>* out) {
  const std::string callee = scene.flow().Callee(scene.context().file.path, call.span());
  const PathTables::Function* function = scene.flow().tables().FindFunction(callee);
  const bool url = callee.starts_with("net/url.") || callee.starts_with("net/http.");
  if (function == nullptr || callee.starts_with("path/filepath.") || callee.starts_with("path.")) {
    return;
  }
  std::vector<Node> arguments;
  for (const Node node : call.Field("arguments").NamedChildren()) {
    if (!node.Is("comment")) {
      arguments.push_back(node);
    }
  }
  for (const PathTables::Sink& sink : function->sinks) {
    const auto index = static_cast<size_t>(sink.index);
    if (sink.kind == PathTables::Sink::Kind::kSlash && index < arguments.size()) {
      VisitWanted(arguments[index], Cat("passed to ", callee), url, scene, out);
    }
  }
}

/// header.Name = rel
void VisitAssignment(Node node, const PathScene& scene, std::vector<Finding>* out) {
  const std::vector<Node> targets = node.Field("left").NamedChildren();
  const std::vector<Node> values = node.Field("right").NamedChildren();
  if (targets.size() != values.size() || node.Field("operator").text() != "=") {
    return;
  }
  for (size_t i = 0; i < targets.size(); ++i) {
    if (!targets[i].Is("selector_expression")) {
      continue;
    }
    const std::string type = scene.At(targets[i].Field("operand")).type;
    const std::string key = Cat(type, ".", targets[i].Field("field").text());
    const PathTables::Sink* sink = scene.flow().tables().FieldSink(key);
    if (sink != nullptr && sink->kind == PathTables::Sink::Kind::kSlash) {
      VisitWanted(values[i], Cat("stored in ", key), false, scene, out);
    }
  }
}

/// &tar.Header{Name: rel}
void VisitElement(Node element, const PathScene& scene, std::vector<Finding>* out) {
  const Node field = element.Field("key").NamedChild(0);
  const Node value = element.Field("value").NamedChild(0);
  if (!field.Is("identifier") || !value) {
    return;
  }
  const std::string type = scene.At(element.parent()).type;
  const std::string key = Cat(type, ".", field.text());
  const PathTables::Sink* sink =
      type.find('.') == std::string::npos ? nullptr : scene.flow().tables().FieldSink(key);
  if (sink != nullptr && sink->kind == PathTables::Sink::Kind::kSlash) {
    VisitWanted(value, Cat("stored in ", key), false, scene, out);
  }
}

}  // namespace

void NativeToSlash(const Rule&, const QueryMatch& match, const FileContext& context,
                   SharedFacts& shared, std::vector<Finding>* out) {
  const PathScene scene(context, shared);
  if (!scene.active()) {
    return;
  }
  const Node node = match.First("site");
  const size_t before = out->size();
  if (node.Is("call_expression")) {
    VisitCall(node, scene, out);
  } else if (node.Is("keyed_element")) {
    VisitElement(node, scene, out);
  } else {
    VisitAssignment(node, scene, out);
  }
  PathScene::Reconsider(node, before, out);
}

}  // namespace windlass
