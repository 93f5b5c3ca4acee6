#include "transformer/facts/text_module.h"

#include <algorithm>
#include <array>

#include "transformer/text/strings.h"
#include "transformer/text/words.h"

namespace windlass {
namespace {

// Names that more files mention, or more places use, tell nothing in particular.
constexpr size_t kMaxFiles = 12;
constexpr size_t kMaxSpots = 16;

bool IsExported(std::string_view name) {
  return !name.empty() && name[0] >= 'A' && name[0] <= 'Z';
}

/// `T` of `*pkg.T`, `[]T`, `map[K]T`.
std::string_view LastName(Node type) {
  const std::string_view text = type.text();
  size_t end = text.size();
  while (end > 0 && !IsWordByte(text[end - 1])) {
    --end;
  }
  size_t begin = end;
  while (begin > 0 && IsWordByte(text[begin - 1])) {
    --begin;
  }
  return text.substr(begin, end - begin);
}

/// The type that a value expression names: T{…}, &T{…}, new(T).
std::string_view TypeOfValue(Node value) {
  value = WithoutParentheses(value);
  if (value.Is("unary_expression")) {
    value = value.Field("operand");
  }
  if (value.Is("composite_literal")) {
    return LastName(value.Field("type"));
  }
  if (value.Is("call_expression") && value.Field("function").text() == "new") {
    return LastName(value.Field("arguments"));
  }
  return value.Is("type_assertion_expression") ? LastName(value.Field("type")) : std::string_view();
}

/// The place of the field `declaration` calls `name` within its struct.
size_t PlaceOf(Node declaration, std::string_view name) {
  size_t place = 0;
  for (const Node other : declaration.parent().NamedChildren()) {
    size_t names = 0;
    for (const Node child : other.NamedChildren()) {
      if (child.Is("field_identifier")) {
        if (other == declaration && child.text() == name) {
          return place + names;
        }
        ++names;
      }
    }
    place += other.Is("field_declaration") ? std::max<size_t>(names, 1) : 0;
  }
  return place;
}

std::string_view StructOf(Node declaration) {
  const Node spec = declaration.parent().parent().parent();
  return spec.Is("type_spec") ? spec.Field("name").text() : std::string_view();
}

/// Identifiers of every kind within `span` that read `name`.
void AddOccurrences(const GoSpot& root, Span span, std::string_view name,
                    std::vector<GoSpot>* out) {
  const std::string_view bytes = root.go->tree().source().bytes().substr(0, span.end);
  for (size_t at = FindWord(bytes, name, span.begin); at != std::string_view::npos;
       at = FindWord(bytes, name, at + 1)) {
    const Node node = root.node.NamedCovering({at, at + name.size()});
    if (node.kind().ends_with("identifier") && node.text() == name) {
      out->push_back(root.At(node));
    }
  }
}

}  // namespace

std::vector<Node> GoArguments(Node call) {
  std::vector<Node> out;
  for (const Node node : call.Field("arguments").NamedChildren()) {
    if (!node.Is("comment")) {
      out.push_back(node.Is("variadic_argument") ? node.NamedChild(0) : node);
    }
  }
  return out;
}

Node WithoutParentheses(Node node) {
  while (node.Is("parenthesized_expression")) {
    node = node.NamedChild(0);
  }
  return node;
}

TextModule::TextModule(const Project& project, const ProjectFile& file, const GoFile& go)
    : project_(project), file_(file), go_(go) {}

TextModule::Opened& TextModule::Open(const ProjectFile& file) {
  const auto [entry, fresh] = open_.try_emplace(&file);
  Opened& opened = entry->second;
  if (fresh) {
    opened.bytes = project_.Read(file.path).value_or("");
    opened.parts = SplitGo(opened.bytes);
  }
  return opened;
}

GoSpot TextModule::Parsed(const ProjectFile& file, Opened& opened, size_t part) {
  const auto [entry, fresh] = opened.parsed.try_emplace(part);
  if (fresh) {
    entry->second = project_.ParseGoPart(file, opened.bytes, opened.parts, part).value_or(nullptr);
  }
  return entry->second ? GoSpot{entry->second->tree->root(), entry->second->go.get(), &file}
                       : GoSpot{};
}

GoSpot TextModule::RootAt(const ProjectFile& file, size_t offset) {
  if (IsStart(file)) {
    return {go_.tree().root(), &go_, &file_};
  }
  Opened& opened = Open(file);
  return Parsed(file, opened, PartAt(opened.parts, offset));
}

std::vector<const ProjectFile*> TextModule::PackageFiles(const GoSpot& from,
                                                         std::string_view mentions) const {
  std::vector<const ProjectFile*> out;
  const GoPackage* package = project_.PackageOf(from.file->path);
  for (const ProjectFile* file :
       package == nullptr ? std::vector<const ProjectFile*>() : package->files) {
    if (!file->path.ends_with("_test.go") && file->skim->Mentions(mentions)) {
      out.push_back(file);
    }
  }
  return out;
}

std::vector<const ProjectFile*> TextModule::ImportedFiles(const GoSpot& from,
                                                          std::string_view mentions) const {
  std::vector<const ProjectFile*> out;
  for (const GoImport& import : from.go->imports()) {
    const GoPackage* package = project_.FindPackage(import.path, from.file->path);
    for (const ProjectFile* file :
         package == nullptr ? std::vector<const ProjectFile*>() : package->files) {
      if (!file->path.ends_with("_test.go") && !file->vendored && file->skim->Mentions(mentions)) {
        out.push_back(file);
      }
    }
  }
  return out;
}

std::vector<GoSpot> TextModule::Occurrences(const ProjectFile& file, std::string_view name,
                                            std::string_view owner) {
  std::vector<GoSpot> out;
  if (IsStart(file)) {
    AddOccurrences({go_.tree().root(), &go_, &file_}, {0, go_.tree().source().bytes().size()}, name,
                   &out);
    return out;
  }
  Opened& opened = Open(file);
  const std::vector<size_t> owners = PartsMentioning(opened.parts, opened.bytes, std::array{owner});
  for (const size_t part : PartsMentioning(opened.parts, opened.bytes, std::array{name})) {
    if (!owner.empty() && !std::ranges::binary_search(owners, part)) {
      continue;
    }
    if (const GoSpot root = Parsed(file, opened, part)) {
      AddOccurrences(root, opened.parts[part].span, name, &out);
    }
  }
  return out;
}

std::vector<GoSpot> TextModule::FunctionsIn(const std::vector<const ProjectFile*>& files,
                                            std::string_view name, std::string_view kind) {
  std::vector<GoSpot> out;
  const auto wanted =
      kind == "method_declaration" ? GoSkim::Decl::Kind::kMethod : GoSkim::Decl::Kind::kFunc;
  for (const ProjectFile* file : files) {
    for (const GoSkim::Decl& decl : file->skim->decls) {
      if (decl.kind != wanted || decl.name != name) {
        continue;
      }
      const GoSpot root = RootAt(*file, decl.offset);
      const Node found =
          root ? root.node.NamedCovering({decl.offset, decl.offset + name.size()}) : Node();
      if (found.parent().Is(kind)) {
        out.push_back(root.At(found.parent()));
      }
    }
  }
  return out.size() > kMaxSpots ? std::vector<GoSpot>() : out;
}

std::vector<GoSpot> TextModule::Functions(const GoSpot& from, std::string_view name) {
  return FunctionsIn(PackageFiles(from, name), name, "function_declaration");
}

std::vector<GoSpot> TextModule::FunctionsOf(std::string_view import_path, std::string_view name) {
  const GoPackage* package = project_.FindPackage(import_path, file_.path);
  std::vector<const ProjectFile*> files;
  for (const ProjectFile* file :
       package == nullptr ? std::vector<const ProjectFile*>() : package->files) {
    if (!file->path.ends_with("_test.go") && file->skim->Mentions(name)) {
      files.push_back(file);
    }
  }
  return FunctionsIn(files, name, "function_declaration");
}

std::vector<GoSpot> TextModule::Methods(const GoSpot& from, std::string_view name) {
  std::vector<GoSpot> own = FunctionsIn(PackageFiles(from, name), name, "method_declaration");
  return own.empty() ? FunctionsIn(ImportedFiles(from, name), name, "method_declaration") : own;
}

void TextModule::CallsIn(const ProjectFile& file, const GoSpot& function, std::string_view name,
                         std::vector<GoSpot>* out) {
  for (const GoSpot& spot : Occurrences(file, name)) {
    Node node = spot.node;
    if (node.parent().Is("selector_expression") && node.parent().Field("field") == node) {
      node = node.parent();
    } else if (function.node.Is("method_declaration")) {
      continue;
    }
    const Node call = node.parent();
    if (call.Is("call_expression") && call.Field("function") == node &&
        (function.file->path != file.path || call.span().begin < function.node.span().begin ||
         call.span().begin >= function.node.span().end)) {
      out->push_back(spot.At(call));
    }
  }
}

std::vector<GoSpot> TextModule::CallsOf(const GoSpot& function) {
  const std::string_view name = function.node.Field("name").text();
  const GoPackage* package = project_.PackageOf(function.file->path);
  const GoModule* module = project_.ModuleOf(function.file->path);
  std::vector<GoSpot> out;
  std::vector<const ProjectFile*> files = PackageFiles(function, name);
  if (IsExported(name) && module != nullptr && package != nullptr &&
      !package->import_path.empty()) {
    for (const GoPackage& other : module->packages) {
      for (const ProjectFile* file : other.files) {
        if (&other != package && !file->vendored && !file->path.ends_with("_test.go") &&
            file->skim->Mentions(name) && file->skim->Imports(package->import_path)) {
          files.push_back(file);
        }
      }
    }
  }
  if (files.size() > kMaxFiles) {
    return out;
  }
  for (const ProjectFile* file : files) {
    CallsIn(*file, function, name, &out);
  }
  return out.size() > kMaxSpots ? std::vector<GoSpot>() : out;
}

GoSpot TextModule::VariableValue(const GoSpot& from, std::string_view name) {
  for (const ProjectFile* file : PackageFiles(from, name)) {
    for (const GoSkim::Decl& decl : file->skim->decls) {
      if (decl.name != name ||
          (decl.kind != GoSkim::Decl::Kind::kVar && decl.kind != GoSkim::Decl::Kind::kConst)) {
        continue;
      }
      const GoSpot root = RootAt(*file, decl.offset);
      const Node spec =
          root ? root.node.NamedCovering({decl.offset, decl.offset + name.size()}).parent()
               : Node();
      const Node values = spec.Field("value");
      return values && values.named_child_count() == 1 ? root.At(values.NamedChild(0)) : GoSpot{};
    }
  }
  return {};
}

std::vector<GoSpot> TextModule::FieldValues(const GoSpot& from, std::string_view field,
                                            std::string_view type) {
  std::vector<GoSpot> out;
  const auto fits = [&](std::string_view other) {
    return type.empty() || other.empty() || other == type;
  };
  const std::vector<const ProjectFile*> files = PackageFiles(from, field);
  if (files.size() > kMaxFiles) {
    return out;
  }
  for (const ProjectFile* file : files) {
    for (const GoSpot& spot : Occurrences(*file, field)) {
      const Node node = spot.node;
      const Node element = node.parent().Is("literal_element") ? node.parent() : node;
      if (element.parent().Is("keyed_element") && element.parent().NamedChild(0) == element) {
        const Node literal = element.parent().parent().parent();
        if (literal.Is("composite_literal") && fits(LastName(literal.Field("type")))) {
          const Node value = element.parent().NamedChild(1);
          out.push_back(spot.At(value.Is("literal_element") ? value.NamedChild(0) : value));
        }
        continue;
      }
      const Node selector = node.parent();
      const Node left = selector.parent();
      const Node assignment = left.parent();
      if (!selector.Is("selector_expression") || selector.Field("field") != node ||
          !assignment.Is("assignment_statement") || assignment.Field("left") != left ||
          !fits(TypeName(spot.At(selector.Field("operand"))))) {
        continue;
      }
      const std::vector<Node> targets = left.NamedChildren();
      const std::vector<Node> values = assignment.Field("right").NamedChildren();
      const auto place = std::ranges::find(targets, selector) - targets.begin();
      if (values.size() == targets.size()) {
        out.push_back(spot.At(values[static_cast<size_t>(place)]));
      } else if (place == 0 && values.size() == 1) {
        out.push_back(spot.At(values[0]));
      }
    }
  }
  const std::vector<GoSpot> placed = ValuesByPlace(from, field, type);
  if (out.size() + placed.size() <= kMaxSpots) {
    out.insert(out.end(), placed.begin(), placed.end());
  }
  return out.size() > kMaxSpots ? std::vector<GoSpot>() : out;
}

/// `v` of T{u, v}, where `field` is the second of T.
std::vector<GoSpot> TextModule::ValuesByPlace(const GoSpot& from, std::string_view field,
                                              std::string_view type) {
  std::vector<GoSpot> out;
  const std::vector<GoSpot> declarations = FieldDeclarations(from, field, type);
  for (const GoSpot& declaration :
       declarations.size() > kMaxSpots ? std::vector<GoSpot>() : declarations) {
    const std::string_view name = StructOf(declaration.node);
    const size_t place = PlaceOf(declaration.node, field);
    const std::vector<const ProjectFile*> files =
        name.empty() ? std::vector<const ProjectFile*>() : PackageFiles(from, name);
    for (const ProjectFile* file :
         files.size() > kMaxFiles ? std::vector<const ProjectFile*>() : files) {
      for (const GoSpot& spot : Occurrences(*file, name)) {
        const Node literal = spot.node.parent();
        const std::vector<Node> elements = literal.Field("body").NamedChildren();
        if (literal.Is("composite_literal") && place < elements.size() &&
            elements[place].Is("literal_element")) {
          out.push_back(spot.At(elements[place].NamedChild(0)));
        }
      }
    }
  }
  return out;
}

std::vector<GoSpot> TextModule::FieldDeclarations(const GoSpot& from, std::string_view field,
                                                  std::string_view type) {
  std::vector<GoSpot> out;
  std::vector<const ProjectFile*> files = PackageFiles(from, field);
  const std::vector<const ProjectFile*> imported = ImportedFiles(from, field);
  files.insert(files.end(), imported.begin(), imported.end());
  if (files.size() > kMaxFiles) {
    return out;
  }
  for (const ProjectFile* file : files) {
    for (const GoSpot& spot : Occurrences(*file, field, type)) {
      const Node declaration = spot.node.parent();
      if (!declaration.Is("field_declaration") || spot.node == declaration.Field("type")) {
        continue;
      }
      Node spec = declaration.parent();
      while (spec && !spec.Is("type_spec")) {
        spec = spec.parent();
      }
      if (type.empty() || spec.Field("name").text() == type) {
        out.push_back(spot.At(declaration));
      }
    }
  }
  return out;
}

std::string_view TextModule::TypeName(const GoSpot& expression) {
  Node node = WithoutParentheses(expression.node);
  if (node.Is("unary_expression")) {
    node = node.Field("operand");
  }
  if (node.Is("selector_expression")) {  // x.f: what the struct says of f
    const std::string_view owner = TypeName(expression.At(node.Field("operand")));
    const std::vector<GoSpot> fields =
        owner.empty() ? std::vector<GoSpot>()
                      : FieldDeclarations(expression, node.Field("field").text(), owner);
    return fields.size() == 1 ? LastName(fields[0].node.Field("type")) : std::string_view();
  }
  if (!node.Is("identifier")) {
    return TypeOfValue(node);
  }
  const GoDecl* decl = expression.go->Resolve(node);
  if (decl == nullptr) {
    return {};
  }
  if (decl->type) {
    return LastName(decl->type);
  }
  const std::vector<Node> names = decl->decl.Field("left").NamedChildren();
  const std::vector<Node> values = decl->decl.Field("right").NamedChildren();
  const auto place = std::ranges::find(names, decl->name_node) - names.begin();
  return names.size() == values.size() && static_cast<size_t>(place) < values.size()
             ? TypeOfValue(values[static_cast<size_t>(place)])
             : std::string_view();
}

}  // namespace windlass
