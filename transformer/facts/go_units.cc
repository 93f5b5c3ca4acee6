#include "transformer/facts/go_units.h"

#include <algorithm>

#include "transformer/text/strings.h"

namespace windlass {
namespace {

/// The name of the type behind a receiver's `*T[P]`.
std::string_view ReceiverName(Node method) {
  Node type;
  for (Node parameter : method.Field("receiver").NamedChildren()) {
    type = parameter.Is("parameter_declaration") ? parameter.Field("type") : type;
  }
  while (!type.is_null() && !type.Is("type_identifier")) {
    const Node inner = type.Field("type");
    type = inner.is_null() ? type.NamedChild(0) : inner;
  }
  return type.text();
}

void AddSpecs(Node statement, GoUnit::Kind kind, std::vector<GoUnit>* units) {
  for (Node spec : statement.NamedChildren()) {
    if (spec.Is("var_spec_list")) {
      for (Node inner : spec.NamedChildren()) {
        if (inner.Is("var_spec")) {
          units->push_back({kind, {}, {}, inner, statement});
        }
      }
    } else if (spec.Is("type_spec") || spec.Is("type_alias") || spec.Is("const_spec") ||
               spec.Is("var_spec")) {
      units->push_back({kind, {}, {}, spec, statement});
    }
  }
}

/// The names that a spec declares: its leading identifiers.
std::vector<std::string_view> SpecNames(Node spec) {
  if (spec.Is("type_spec") || spec.Is("type_alias")) {
    return {spec.Field("name").text()};
  }
  std::vector<std::string_view> names;
  for (Node child : spec.Children()) {
    if (child.Is("identifier") || child.Is("blank_identifier")) {
      names.push_back(child.text());
    } else if (!child.Is(",")) {
      break;
    }
  }
  return names;
}

bool IsKey(Node identifier) {
  const Node element = identifier.parent();
  const Node keyed = element.parent();
  return element.Is("literal_element") && keyed.Is("keyed_element") &&
         keyed.NamedChild(0) == element;
}

class UseCollector {
 public:
  UseCollector(const GoFile& file, UnitUses* uses) : file_(file), uses_(uses) {}

  void Visit(Node node) {
    const std::string_view kind = node.kind();
    if (kind == "selector_expression" || kind == "qualified_type") {
      if (const auto qualified = file_.ResolveQualified(node)) {
        uses_->outside.push_back({qualified->path, qualified->name, node});
        return;
      }
    } else if (kind == "identifier" || kind == "type_identifier") {
      Name(node);
    } else if (kind == "field_identifier") {
      if (node.parent().Is("selector_expression")) {
        uses_->members.push_back(node);
      }
    } else if (kind == "interpreted_string_literal" || kind == "raw_string_literal") {
      uses_->strings.push_back(node);
      return;
    }
    for (Node child : node.NamedChildren()) {
      Visit(child);
    }
  }

 private:
  void Name(Node node) {
    const GoDecl* decl = file_.Resolve(node);
    if (decl == nullptr) {
      (IsKey(node) ? uses_->members : uses_->names).push_back(node);
      return;
    }
    const bool package_level =
        decl->kind == GoDecl::Kind::kFunc || decl->kind == GoDecl::Kind::kType ||
        decl->kind == GoDecl::Kind::kConst || decl->kind == GoDecl::Kind::kVar;
    if (package_level && node != decl->name_node) {
      uses_->names.push_back(node);
    }
  }

  const GoFile& file_;
  UnitUses* uses_;
};

std::string_view TrimmedLine(const SourceFile& source, size_t line) {
  std::string_view text = source.Text(source.LineSpan(line));
  const size_t begin = text.find_first_not_of(" \t");
  return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

}  // namespace

std::string GoUnit::key() const {
  return receiver.empty() ? std::string(name()) : Cat(receiver, ".", name());
}

std::vector<GoUnit> UnitsOf(const GoFile& file) {
  std::vector<GoUnit> units;
  for (Node statement : file.tree().root().NamedChildren()) {
    if (statement.Is("function_declaration")) {
      units.push_back({GoUnit::Kind::kFunc, {}, {}, statement, statement});
      units.back().names.push_back(statement.Field("name").text());
    } else if (statement.Is("method_declaration")) {
      units.push_back({GoUnit::Kind::kMethod, {}, ReceiverName(statement), statement, statement});
      units.back().names.push_back(statement.Field("name").text());
    } else if (statement.Is("type_declaration")) {
      AddSpecs(statement, GoUnit::Kind::kType, &units);
    } else if (statement.Is("const_declaration")) {
      AddSpecs(statement, GoUnit::Kind::kConst, &units);
    } else if (statement.Is("var_declaration")) {
      AddSpecs(statement, GoUnit::Kind::kVar, &units);
    }
  }
  for (GoUnit& unit : units) {
    if (unit.names.empty()) {
      unit.names = SpecNames(unit.node);
    }
  }
  std::erase_if(units, [](const GoUnit& unit) { return unit.names.empty(); });
  return units;
}

UnitUses UsesBelow(const GoFile& file, Node node) {
  UnitUses uses;
  UseCollector(file, &uses).Visit(node);
  return uses;
}

Span DocSpan(Node statement) {
  const SourceFile& source = statement.source();
  const size_t begin = statement.span().begin;
  size_t line = source.PositionAt(begin).line;
  const size_t statement_line = line;
  while (line > 1 && TrimmedLine(source, line - 1).starts_with("//")) {
    --line;
  }
  if (line == statement_line && line > 1 && TrimmedLine(source, line - 1).ends_with("*/")) {
    while (line > 1 && !TrimmedLine(source, line - 1).starts_with("/*")) {
      --line;
    }
    line -= line > 1 ? 1 : 0;
  }
  return line == statement_line ? Span{begin, begin} : Span{source.LineBegin(line), begin};
}

std::string ShortDoc(Node statement) {
  std::string_view doc = statement.source().Text(DocSpan(statement));
  std::string out;
  while (!doc.empty()) {
    const size_t end = std::min(doc.find('\n'), doc.size());
    std::string_view line = doc.substr(0, end);
    doc.remove_prefix(std::min(end + 1, doc.size()));
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
    if (!line.starts_with("// ")) {
      if (out.empty() && line.starts_with("//go:")) {
        continue;
      }
      break;
    }
    const size_t stop = line.find(". ");
    out += Cat(line.substr(0, stop == std::string_view::npos ? stop : stop + 1), "\n");
    if (stop != std::string_view::npos || line.ends_with('.')) {
      break;
    }
  }
  return out;
}

}  // namespace windlass
