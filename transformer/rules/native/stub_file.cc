#include "transformer/rules/native/stub_file.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace windlass {
namespace {

constexpr std::array<std::string_view, 17> kNumbers = {
    "int",     "int8",      "int16",      "int32",  "int64",   "uint",
    "uint8",   "uint16",    "uint32",     "uint64", "uintptr", "float32",
    "float64", "complex64", "complex128", "byte",   "rune"};

/// Types of the standard library by their kind, where stubs are likely to return them.
constexpr std::array<std::string_view, 13> kInterfaces = {
    "os.FileInfo",        "fs.FileInfo",     "os.Signal",     "net.Conn",  "net.Listener",
    "net.Addr",           "io.Reader",       "io.Writer",     "io.Closer", "io.ReadCloser",
    "io.ReadWriteCloser", "context.Context", "net.PacketConn"};
constexpr std::array<std::string_view, 5> kStdNumbers = {
    "time.Duration", "os.FileMode", "fs.FileMode", "syscall.Signal", "syscall.Errno"};

bool In(const auto& table, std::string_view name) {
  return std::ranges::find(table, name) != table.end();
}

/// One literal of a `+build` option; nullopt for anything that is more than a tag.
std::optional<std::string> PlusLiteral(const BuildExpr& x) {
  if (x.op() == BuildExpr::Op::kTag) {
    return std::string(x.tag());
  }
  if (x.op() == BuildExpr::Op::kNot && x.operands()[0].op() == BuildExpr::Op::kTag) {
    return Cat("!", x.operands()[0].tag());
  }
  return std::nullopt;
}

/// One option: literals joined by commas.
std::optional<std::string> PlusOption(const BuildExpr& x) {
  if (x.op() != BuildExpr::Op::kAnd) {
    return PlusLiteral(x);
  }
  std::string option;
  for (const BuildExpr& operand : x.operands()) {
    const auto literal = PlusLiteral(operand);
    if (!literal) {
      return std::nullopt;
    }
    option += Cat(option.empty() ? "" : ",", *literal);
  }
  return option;
}

std::optional<std::string> PlusLine(const BuildExpr& x) {
  if (x.op() != BuildExpr::Op::kOr) {
    return PlusOption(x);
  }
  std::string line;
  for (const BuildExpr& operand : x.operands()) {
    const auto option = PlusOption(operand);
    if (!option) {
      return std::nullopt;
    }
    line += Cat(line.empty() ? "" : " ", *option);
  }
  return line;
}

std::string PlusBuildLines(const BuildExpr& x) {
  std::vector<BuildExpr> lines = {x};
  if (x.op() == BuildExpr::Op::kAnd) {
    lines.assign(x.operands().begin(), x.operands().end());
  }
  if (std::ranges::all_of(lines,
                          [](const BuildExpr& line) { return PlusLiteral(line).has_value(); })) {
    return Cat("// +build ", *PlusOption(x), "\n");  // as gofmt writes it
  }
  std::string text;
  for (const BuildExpr& line : lines) {
    const auto plus = PlusLine(line);
    if (!plus) {
      return {};
    }
    text += Cat("// +build ", *plus, "\n");
  }
  return text;
}

std::string_view WithoutTrailingBlanks(std::string_view text) {
  return text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
}

/// `text` with one leading tab taken off each line after the first: a spec that leaves its group.
std::string Dedent(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] == '\n' && i + 1 < text.size() && text[i + 1] == '\t') {
      ++i;
    }
  }
  return out;
}

bool IsGrouped(Node statement) {
  return std::ranges::any_of(statement.Children(),
                             [](Node child) { return child.Is("(") || child.Is("var_spec_list"); });
}

std::string NodeTextWithout(Node node, const std::vector<Node>& dropped) {
  std::string_view text = node.text();
  std::string out;
  size_t from = node.span().begin;
  const SourceFile& source = node.source();
  for (Node field : dropped) {
    const size_t line = source.PositionAt(field.span().begin).line;
    const size_t last = source.PositionAt(field.span().end).line;
    const size_t begin = source.LineBegin(line);
    const size_t end = source.LineBegin(last + 1);
    out += source.Text({from, std::max(from, begin)});
    from = std::max(from, end);
  }
  return from == node.span().begin ? std::string(text)
                                   : Cat(out, source.Text({from, node.span().end}));
}

/// `name type = value` of a const or var spec, without the alignment of its group.
std::string ValueSpec(Node spec) {
  std::string out;
  for (Node child : spec.Children()) {
    if (child.Is(",")) {
      out += ",";
      continue;
    }
    out += Cat(out.empty() ? "" : " ", child.text());
  }
  return out;
}

/// Writes one file; each step adds what it needs to `imports_`.
class StubWriter {
 public:
  StubWriter(const StubFile& file, PackageView* view) : file_(file), view_(view) {}

  std::string Write() {
    std::string body;
    for (const StubItem& item : file_.items) {
      if (!written_.insert(item.unit->unit.statement.id()).second && WholeGroup(item)) {
        continue;
      }
      body += Cat("\n", Item(item));
    }
    std::string text;
    if (!file_.constraint_in_name) {
      text = Cat(ConstraintHeader(file_.constraint, file_.plus_build), "\n");
    }
    text += Cat("package ", file_.package, "\n");
    if (file_.declare_error) {
      imports_.insert("\"errors\"");
      body =
          Cat("\nvar ", file_.error, " = errors.New(\"not supported on this platform\")\n", body);
    }
    const std::string imports = ImportBlock(imports_);
    return Cat(text, imports.empty() ? "" : "\n", imports, body);
  }

 private:
  static bool WholeGroup(const StubItem& item) {
    return item.unit->unit.kind == GoUnit::Kind::kConst && IsGrouped(item.unit->unit.statement);
  }

  std::string Item(const StubItem& item) {
    const GoUnit& unit = item.unit->unit;
    std::string doc = ShortDoc(unit.node);
    if (item.kind == StubKind::kCopy) {
      const Node copied = WholeGroup(item) ? unit.statement : unit.node;
      if (WholeGroup(item) || unit.node == unit.statement) {
        doc = FullDoc(copied);
      }
      AddImports(item, copied);
      return Cat(doc, StatementText(*item.unit, item.dropped), "\n");
    }
    if (item.kind == StubKind::kEmpty) {
      return Cat(doc, doc.empty() ? "" : "// It is empty on this platform.\n", "type ", unit.name(),
                 " struct{}\n");
    }
    const Node body = unit.node.Field("body");
    const Span head = {unit.node.span().begin,
                       body.is_null() ? unit.node.span().end : body.span().begin};
    const std::string_view signature = WithoutTrailingBlanks(unit.node.source().Text(head));
    AddSignatureImports(item);
    doc += doc.empty() ? "" : "// It is not supported on this platform.\n";
    return Cat(doc, signature, item.kind == StubKind::kError ? ErrorBody(item) : ZeroBody(item),
               "\n");
  }

  static std::string FullDoc(Node statement) {
    const Span doc = DocSpan(statement);
    return std::string(statement.source().Text(doc));
  }

  void AddImports(const StubItem& item, Node node) {
    for (const UnitUses::Outside& use : UsesBelow(*item.unit->parsed->go, node).outside) {
      const bool dropped = std::ranges::any_of(
          item.dropped, [&](Node field) { return field.span().Contains(use.node.span()); });
      if (!dropped) {
        imports_.insert(ImportSpec(*item.unit->parsed->go, use.path));
      }
    }
  }

  void AddSignatureImports(const StubItem& item) {
    for (const char* field : {"receiver", "type_parameters", "parameters", "result"}) {
      if (const Node part = item.unit->unit.node.Field(field)) {
        AddImports(item, part);
      }
    }
  }

  /// What is not supported, as the error says it: "guard.Acquire".
  std::string Subject(const GoUnit& unit) const {
    return file_.package == "main" ? unit.key() : Cat(file_.package, ".", unit.key());
  }

  std::string ErrorValue(const GoUnit& unit) {
    if (file_.error.empty()) {
      imports_.insert("\"errors\"");
      return Cat("errors.New(\"", Subject(unit), ": not supported on this platform\")");
    }
    if (file_.error.starts_with("errors.")) {
      imports_.insert("\"errors\"");
    }
    imports_.insert("\"fmt\"");
    return Cat("fmt.Errorf(\"", Subject(unit), ": %w\", ", file_.error, ")");
  }

  std::string ErrorBody(const StubItem& item) { return Returns(item, ErrorValue(item.unit->unit)); }

  std::string ZeroBody(const StubItem& item) {
    if (ResultTypes(item.unit->unit).empty()) {
      return " {}";
    }
    return Returns(item, "");
  }

  /// A body that returns zero values, the last of them replaced by `last` unless that is empty.
  std::string Returns(const StubItem& item, const std::string& last) {
    const std::vector<Node> types = ResultTypes(item.unit->unit);
    std::string declared;
    std::string values;
    for (size_t i = 0; i < types.size(); ++i) {
      std::string value = i + 1 == types.size() ? last : "";
      if (value.empty()) {
        value = ZeroValue(types[i], view_);
      }
      if (value.empty()) {
        value = i == 0 ? "zero" : Cat("zero", std::to_string(i));
        declared += Cat("\tvar ", value, " ", types[i].text(), "\n");
      }
      values += Cat(values.empty() ? "" : ", ", value);
    }
    return Cat(" {\n", declared, "\treturn ", values, "\n}");
  }

  const StubFile& file_;
  PackageView* view_;
  StringSet imports_;
  std::set<const void*> written_;
};

}  // namespace

std::string ConstraintHeader(const BuildExpr& constraint, bool plus_build) {
  std::string text = Cat("//go:build ", constraint.ToString(), "\n");
  return plus_build ? Cat(text, PlusBuildLines(constraint)) : text;
}

std::string ImportSpec(const GoFile& file, std::string_view path) {
  const GoImport* import = file.FindImport(path);
  const bool named = import != nullptr && import->explicit_name;
  return Cat(named ? Cat(import->name, " ") : "", "\"", path, "\"");
}

std::string ImportBlock(const StringSet& specs) {
  if (specs.empty()) {
    return {};
  }
  if (specs.size() == 1) {
    return Cat("import ", *specs.begin(), "\n");
  }
  // Sorted by path, the standard library first.
  std::vector<std::pair<std::string_view, std::string_view>> groups[2];
  for (const std::string& spec : specs) {
    const std::string_view path = std::string_view(spec).substr(spec.find('"') + 1);
    const bool std_path = path.substr(0, path.find_first_of("/\"")).find('.') == std::string::npos;
    groups[std_path ? 0 : 1].emplace_back(path, spec);
  }
  std::string text = "import (\n";
  for (auto& group : groups) {
    std::ranges::sort(group);
    if (&group == &groups[1] && !group.empty() && !groups[0].empty()) {
      text += "\n";
    }
    for (const auto& [path, spec] : group) {
      text += Cat("\t", spec, "\n");
    }
  }
  return text + ")\n";
}

std::vector<Node> ResultTypes(const GoUnit& unit) {
  const Node result = unit.node.Field("result");
  if (result.is_null()) {
    return {};
  }
  if (!result.Is("parameter_list")) {
    return {result};
  }
  std::vector<Node> types;
  for (Node declaration : result.NamedChildren()) {
    if (!declaration.Is("parameter_declaration")) {
      continue;
    }
    size_t names = 0;
    const Node type = declaration.Field("type");
    for (Node child : declaration.NamedChildren()) {
      names += child.Is("identifier") && child != type ? 1 : 0;
    }
    types.insert(types.end(), std::max<size_t>(names, 1), type);
  }
  return types;
}

bool ReturnsError(const GoUnit& unit) {
  const std::vector<Node> types = ResultTypes(unit);
  return !types.empty() && types.back().text() == "error";
}

std::string ZeroValue(Node type, PackageView* view) {
  const std::string_view kind = type.kind();
  if (kind == "pointer_type" || kind == "slice_type" || kind == "map_type" ||
      kind == "channel_type" || kind == "function_type" || kind == "interface_type") {
    return "nil";
  }
  const std::string_view text = type.text();
  if (text == "error" || text == "any" || In(kInterfaces, text)) {
    return "nil";
  }
  if (text == "string") {
    return "\"\"";
  }
  if (text == "bool") {
    return "false";
  }
  if (In(kNumbers, text) || In(kStdNumbers, text)) {
    return "0";
  }
  if (kind == "type_identifier") {
    const PackageUnit* unit = view->Find(text);
    const Node definition = unit == nullptr ? Node() : unit->unit.node.Field("type");
    if (definition.Is("struct_type")) {
      return Cat(text, "{}");
    }
    if (!definition.is_null() && !definition.Is("type_identifier")) {
      return ZeroValue(definition, view);
    }
  }
  return {};
}

std::string StatementText(const PackageUnit& unit, const std::vector<Node>& dropped) {
  const Node statement = unit.unit.statement;
  if (unit.unit.node == statement) {
    return std::string(statement.text());
  }
  const bool grouped = IsGrouped(statement);
  switch (unit.unit.kind) {
    case GoUnit::Kind::kConst:
      if (grouped) {
        return std::string(statement.text());
      }
      return Cat("const ", ValueSpec(unit.unit.node));
    case GoUnit::Kind::kVar:
      return Cat("var ", grouped ? Dedent(ValueSpec(unit.unit.node)) : ValueSpec(unit.unit.node));
    default: {
      const std::string text = NodeTextWithout(unit.unit.node, dropped);
      return Cat("type ", grouped ? Dedent(text) : text);
    }
  }
}

std::string WriteStubFile(const StubFile& file, PackageView* view) {
  return StubWriter(file, view).Write();
}

}  // namespace windlass
