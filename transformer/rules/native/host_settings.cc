#include "transformer/rules/native/host_settings.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "re2/re2.h"
#include "transformer/rules/kept_facts.h"
#include "transformer/rules/native/host_settings_record.h"
#include "transformer/rules/native/path_domain.h"

namespace windlass {
namespace {

constexpr int kMaxSteps = 3;

bool EqualsFolded(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

/// The fields of a Go name, with the types that have them.
using FieldNames = std::multimap<std::string, std::pair<std::string, HostSettings::Field*>>;

/// One Go file, and the questions that are asked of it.
class SettingsReader {
 public:
  SettingsReader(const ParsedGo& parsed, const std::string& path, const std::string& package,
                 const ModuleFlow& flow, const StringSet& wrappers, HostSettings* out)
      : go_(*parsed.go),
        path_(path),
        package_(package),
        flow_(flow),
        wrappers_(wrappers),
        out_(*out) {}

  void ReadTypes() { VisitTypes(go_.tree().root()); }
  void ReadUses(const FieldNames& names) {
    names_ = &names;
    VisitUses(go_.tree().root());
  }

 private:
  void VisitTypes(Node node);
  void ReadField(Node declaration, HostSettings::Struct* out);
  std::string TypeKey(Node type) const;
  void VisitUses(Node node);
  void ReadSelector(Node node);
  void ReadEnvironment(Node call);
  bool AsksEnvironment(Node call) const;
  Node FallbackOf(Node call) const;
  bool IsHost(Node value, int steps) const;
  bool IsHostArgument(Node value) const;
  bool FlowsToHost(Node value, int steps) const;

  const GoFile& go_;
  const std::string& path_;
  const std::string& package_;
  const ModuleFlow& flow_;
  const StringSet& wrappers_;  // "import/path.getenv": functions that hand their name to os.Getenv
  HostSettings& out_;
  const FieldNames* names_ = nullptr;
};

void SettingsReader::VisitTypes(Node node) {
  if (node.Is("type_spec") && node.Field("type").Is("struct_type")) {
    HostSettings::Struct found;
    for (const Node list : node.Field("type").NamedChildren()) {
      for (const Node declaration : list.NamedChildren()) {
        if (declaration.Is("field_declaration")) {
          ReadField(declaration, &found);
        }
      }
    }
    if (!found.fields.empty()) {
      out_.structs[Cat(package_, ".", node.Field("name").text())] = std::move(found);
    }
    return;
  }
  for (const Node child : node.NamedChildren()) {
    VisitTypes(child);
  }
}

void SettingsReader::ReadField(Node declaration, HostSettings::Struct* out) {
  const Node tag = declaration.Field("tag");
  const Node name = declaration.Field("name");
  if (!tag || !name) {
    return;
  }
  HostSettings::Field field;
  const std::string text = GoStringValue(tag).value_or("");
  re2::StringPiece rest(text);
  std::string kind;
  std::string value;
  while (RE2::Consume(&rest, R"re(\s*(\w+):"([^"]*)")re", &kind, &value)) {
    const std::string key = value.substr(0, value.find(','));
    if (kind == "env" || kind == "envconfig") {
      field.env = key;
    } else if (kind == "envDefault" || kind == "default" || kind == "env-default") {
      field.fallback = {path_, tag.span(), value};
    } else if (!key.empty() && key != "-" &&
               (kind == "yaml" || kind == "json" || kind == "toml" || kind == "mapstructure" ||
                kind == "koanf" || kind == "ini")) {
      field.keys.push_back(key);
    }
  }
  if (field.keys.empty() && field.env.empty()) {
    return;
  }
  field.type = TypeKey(declaration.Field("type"));
  field.name = name.text();
  out->fields.push_back(std::move(field));
}

std::string SettingsReader::TypeKey(Node type) const {
  if (type.Is("pointer_type")) {
    return TypeKey(type.NamedChild(0));
  }
  if (type.Is("slice_type") || type.Is("array_type")) {
    return TypeKey(type.Field("element"));
  }
  if (type.Is("type_identifier")) {
    return Cat(package_, ".", type.text());
  }
  const auto qualified = go_.ResolveQualified(type);
  return qualified ? Cat(qualified->path, ".", qualified->name) : "";
}

/// The argument of a call that the tables call a file path, or a part of what package filepath
/// puts together.
bool SettingsReader::IsHostArgument(Node value) const {
  const Node arguments = value.parent();
  const Node call = arguments.parent();
  const auto callee = call.Is("call_expression") ? go_.Callee(call) : std::nullopt;
  if (!callee) {
    return false;
  }
  int index = 0;
  for (const Node argument : arguments.NamedChildren()) {
    if (argument == value) {
      break;
    }
    index += argument.Is("comment") ? 0 : 1;
  }
  if (callee->path == "path/filepath") {
    return (callee->name == "Join" && index == 0) || callee->name == "Abs" ||
           callee->name == "Clean" || callee->name == "Walk" || callee->name == "WalkDir";
  }
  const PathTables::Function* known =
      flow_.tables().FindFunction(Cat(PathTables::Plain(callee->path), ".", callee->name));
  return known != nullptr && std::ranges::any_of(known->sinks, [&](const PathTables::Sink& sink) {
           return sink.kind == PathTables::Sink::Kind::kHost && !sink.part &&
                  (sink.index == index || (sink.variadic && sink.index <= index));
         });
}

/// What a local is used as that takes the value.
bool SettingsReader::FlowsToHost(Node value, int steps) const {
  Node list = value.parent();
  const Node statement = list.Is("expression_list") ? list.parent() : list;
  Node left = statement.Field("left");
  if (!left) {
    left = statement.Field("name");
  }
  const Node target = left.Is("expression_list") ? left.NamedChild(0) : left;
  const GoDecl* local = target.Is("identifier") ? go_.Resolve(target) : nullptr;
  if (local == nullptr) {
    return false;
  }
  return std::ranges::any_of(go_.Uses(*local),
                             [&](Node use) { return !(use == target) && IsHost(use, steps - 1); });
}

bool SettingsReader::IsHost(Node value, int steps) const {
  if (const PathValue known = flow_.At(path_, value.span());
      known.Has(sign::kUseHost) && !known.Has(sign::kUseSlash)) {
    return true;
  }
  const Node parent = value.parent();
  if (steps == 0 || !parent) {
    return false;
  }
  if (parent.Is("argument_list")) {
    return IsHostArgument(value);
  }
  if (parent.Is("parenthesized_expression")) {
    return IsHost(parent, steps);
  }
  if (parent.Is("binary_expression")) {
    return parent.Field("operator").text() == "+" && parent.Field("left") == value &&
           IsHost(parent, steps);
  }
  return FlowsToHost(value, steps);
}

bool SettingsReader::AsksEnvironment(Node call) const {
  if (const Node function = call.Field("function"); function.Is("identifier")) {
    return wrappers_.contains(Cat(package_, ".", function.text()));
  }
  const auto callee = go_.Callee(call);
  return callee &&
         (wrappers_.contains(Cat(callee->path, ".", callee->name)) ||
          (callee->path == "os" && (callee->name == "Getenv" || callee->name == "LookupEnv")));
}

/// Whether an if decides on a statement.
bool IsConditional(Node statement) {
  Node node = statement.parent();
  while (node.Is("statement_list") || node.Is("block")) {
    node = node.parent();
  }
  return node.Is("if_statement");
}

/// The literal that stands for a variable that is not set: getenv("X", "/x"),
/// cmp.Or(os.Getenv("X"), "/x"), or x := os.Getenv("X"); if x == "" { x = "/x" }.
Node SettingsReader::FallbackOf(Node call) const {
  const Node second = call.Field("arguments").NamedChild(1);
  if (second) {
    return GoStringValue(second) ? second : Node();
  }
  if (const Node next = call.next_named_sibling();
      call.parent().Is("argument_list") && GoStringValue(next)) {
    const auto callee = go_.Callee(call.parent().parent());
    return callee && callee->path == "cmp" && callee->name == "Or" ? next : Node();
  }
  const Node left = call.parent().parent().Field("left");
  const GoDecl* local = left ? go_.Resolve(left.NamedChild(0)) : nullptr;
  if (local == nullptr) {
    return {};
  }
  for (const Node use : go_.Uses(*local)) {
    const Node statement = use.parent().parent();
    const Node value = statement.Field("right").NamedChild(0);
    if (statement.Is("assignment_statement") && use.span().begin > call.span().end &&
        IsConditional(statement) && GoStringValue(value)) {
      return value;
    }
  }
  return {};
}

void SettingsReader::ReadEnvironment(Node call) {
  const auto name = GoStringValue(call.Field("arguments").NamedChild(0));
  if (!name || out_.environment.contains(*name) || !AsksEnvironment(call) ||
      !IsHost(call, kMaxSteps)) {
    return;
  }
  out_.environment[*name] = {path_, call.span(), "read here as a path of files"};
  if (const Node fallback = FallbackOf(call)) {
    out_.fallbacks[*name] = {path_, fallback.span(), *GoStringValue(fallback)};
  }
}

/// `x.Name`, where a struct with a field of that name is near, and x may be one.
void SettingsReader::ReadSelector(Node node) {
  const std::string name(node.Field("field").text());
  const auto [begin, end] = names_->equal_range(name);
  for (auto it = begin; it != end; ++it) {
    const auto& [type, field] = it->second;
    const std::string_view home = std::string_view(type).substr(0, type.rfind('.'));
    const std::string plain =
        Cat(PathTables::Plain(home), std::string_view(type).substr(home.size()));
    const std::string known = flow_.At(path_, node.Field("operand").span()).type;
    if (!field->host && (home == package_ || go_.FindImport(home) != nullptr) &&
        (known.empty() || known == plain) && IsHost(node, kMaxSteps)) {
      field->host = true;
      field->witness = {path_, node.span(), "used here as a path of files"};
    }
  }
}

void SettingsReader::VisitUses(Node node) {
  if (node.Is("call_expression")) {
    ReadEnvironment(node);
  } else if (node.Is("selector_expression")) {
    ReadSelector(node);
  }
  for (const Node child : node.NamedChildren()) {
    VisitUses(child);
  }
}

/// The functions in `text` that hand their first parameter to os.Getenv.
void FindWrappers(const std::string& text, const std::string& package, StringSet* out) {
  static const LazyRE2 kWrapper = {
      R"(\nfunc (\w+)\((\w+)\b[^)]*\)[^\n{]*\{(?:\n[^}\n]*)*?\bos\.(?:Getenv|LookupEnv)\((\w+)\))"};
  re2::StringPiece rest(text);
  std::string name;
  std::string parameter;
  std::string asked;
  while (RE2::FindAndConsume(&rest, *kWrapper, &name, &parameter, &asked)) {
    if (parameter == asked) {
      out->insert(Cat(package, ".", name));
    }
  }
}

/// What one module says: its structs first, then the code that uses their fields.
class ModuleReader {
 public:
  ModuleReader(const GoModule& module, SharedFacts& shared, HostSettings* out)
      : module_(module),
        project_(shared.project()),
        flow_(PathFlowOf(shared).Of(module.packages.front().files.front()->path)),
        out_(out) {}

  void Run() {
    EachFile([&](const GoPackage& package, const ProjectFile& file) { FindTypes(package, file); });
    FieldNames names;
    for (auto& [type, found] : out_->structs) {
      for (HostSettings::Field& field : found.fields) {
        if (!field.host) {
          names.emplace(field.name, std::pair(type, &field));
        }
      }
    }
    EachFile([&](const GoPackage& package, const ProjectFile& file) {
      if (!MaySpeak(package, file)) {
        return;
      }
      if (const auto parsed = project_.ParseGo(file.path); parsed.ok()) {
        SettingsReader(**parsed, file.path, package.import_path, *flow_, wrappers_, out_)
            .ReadUses(names);
      }
    });
  }

 private:
  template <typename Visit>
  void EachFile(Visit visit) const {
    for (const GoPackage& package : module_.packages) {
      for (const ProjectFile* file : package.files) {
        if (!package.passed_over && file->editable() && !file->path.ends_with("_test.go")) {
          visit(package, *file);
        }
      }
    }
  }

  void FindTypes(const GoPackage& package, const ProjectFile& file) {
    static const LazyRE2 kTags = {R"re((yaml|toml|mapstructure|koanf|ini|env|envconfig|json):")re"};
    static const LazyRE2 kEnvironment = {R"(\bos\.(Getenv|LookupEnv)\()"};
    const auto text = project_.Read(file.path);
    if (!text.ok()) {
      return;
    }
    if (RE2::PartialMatch(*text, *kEnvironment)) {
      telling_.insert(&file);
      FindWrappers(*text, package.import_path, &wrappers_);
    }
    if (RE2::PartialMatch(*text, *kTags)) {
      telling_.insert(&file);
      homes_.insert(package.import_path);
      if (const auto parsed = project_.ParseGo(file.path); parsed.ok()) {
        SettingsReader(**parsed, file.path, package.import_path, *flow_, wrappers_, out_)
            .ReadTypes();
      }
    }
  }

  /// True if the file may name a field, a variable of the environment or a wrapper that asks for
  /// one.
  bool MaySpeak(const GoPackage& package, const ProjectFile& file) const {
    return telling_.contains(&file) || homes_.contains(package.import_path) ||
           (file.skim != nullptr &&
            (std::ranges::any_of(
                 homes_, [&](const std::string& home) { return file.skim->Imports(home); }) ||
             std::ranges::any_of(wrappers_, [&](const std::string& wrapper) {
               return file.skim->Mentions(wrapper.substr(wrapper.rfind('.') + 1));
             })));
  }

  const GoModule& module_;
  const Project& project_;
  std::shared_ptr<const ModuleFlow> flow_;
  HostSettings* out_;
  std::set<const ProjectFile*> telling_;
  StringSet homes_;     // packages with structs of settings
  StringSet wrappers_;  // functions that hand their parameter to os.Getenv
};

std::unique_ptr<const HostSettings> MakeSettings(SharedFacts& shared) {
  constexpr std::string_view kKind = "host-settings";
  const KeptFacts& kept = KeptFactsOf(shared);
  if (const auto record = kept.Load(kKind)) {
    if (auto known = HostSettingsFromRecord(*record)) {
      return known;
    }
  }
  auto settings = std::make_unique<HostSettings>();
  for (const GoModule& module : shared.project().modules()) {
    if (!module.packages.empty()) {
      ModuleReader(module, shared, settings.get()).Run();
    }
  }
  for (auto& [type, found] : settings->structs) {
    for (HostSettings::Field& field : found.fields) {
      if (const auto inner = settings->structs.find(field.type); inner != settings->structs.end()) {
        inner->second.nested = true;
      }
      if (field.host && !field.env.empty()) {
        settings->environment.emplace(field.env, field.witness);
        if (!field.fallback.message.empty()) {
          settings->fallbacks.emplace(field.env, field.fallback);
        }
      }
    }
  }
  kept.Save(kKind, RecordOf(*settings));
  return settings;
}

}  // namespace

const HostSettings::Field* HostSettings::Find(std::string_view type,
                                              const std::vector<std::string>& keys) const {
  const Field* field = nullptr;
  for (const std::string& key : keys) {
    const auto found = structs.find(type);
    if (found == structs.end()) {
      return nullptr;
    }
    const auto match = std::ranges::find_if(found->second.fields, [&](const Field& candidate) {
      return std::ranges::any_of(candidate.keys,
                                 [&](const std::string& k) { return EqualsFolded(k, key); });
    });
    if (match == found->second.fields.end()) {
      return nullptr;
    }
    field = &*match;
    type = field->type;
  }
  return field;
}

const HostSettings& HostSettingsOf(SharedFacts& shared) {
  return shared.Get<HostSettings>(&MakeSettings);
}

}  // namespace windlass
