#include "transformer/rules/pack_rule.h"

#include <array>

#include "transformer/rules/glob.h"
#include "transformer/rules/names.h"
#include "transformer/rules/native/table.h"
#include "transformer/text/status.h"

namespace windlass {

namespace {

// The element of an import path that names the package: the last one that is no major version.
std::string PackageElement(std::string_view path) {
  static const LazyRE2 kElement = {R"((?:^|/)([^/]+)(?:/v[0-9]+)?$)"};
  std::string element;
  RE2::PartialMatch(path, *kElement, &element);
  return element;
}

constexpr std::array<std::string_view, 3> kLevelNames = {"safe", "review", "suggest"};

// Reads one rule step by step; each step fills a part of `rule` and notes in `text` where it came
// from.
class RuleReader {
 public:
  RuleReader(const TomlDocument& document, const toml::table& table, const PackSource& source)
      : document_(document), source_(source), reader_(document, table, "[[rule]]") {}

  absl::StatusOr<std::unique_ptr<Rule>> Read();

 private:
  void ReadName();
  void ReadKind();
  void ReadPatterns();
  void ReadQuery();
  void ReadTemplates();
  void ReadImports();
  void ReadNewFiles();
  void ReadLogic();
  void AddTemplate(const PlacedText& text, TemplateUse use, Template* out);
  const std::string* FileNamed(const PlacedText& path);

  const TomlDocument& document_;
  const PackSource& source_;
  TableReader reader_;
  std::unique_ptr<Rule> rule_ = std::make_unique<Rule>();
  RuleText text_;
};

absl::StatusOr<std::unique_ptr<Rule>> RuleReader::Read() {
  text_.rule = reader_.PlaceOf("id");
  ReadName();
  ReadKind();
  ReadPatterns();
  ReadQuery();
  if (const toml::table* where = reader_.Table("where"); where != nullptr) {
    reader_.Fail(ReadGuards(document_, *where, rule_->language, &rule_->where));
    for (const std::string_view guard :
         {"text", "not_text", "resolves", "calls", "domain", "not_around"}) {
      if (const toml::table* captures = (*where)[guard].as_table(); captures != nullptr) {
        for (const auto& [name, node] : *captures) {
          text_.guard_captures.push_back(
              {std::string(name.str()), document_.PlaceOf(name.source())});
        }
      }
    }
  }
  ReadTemplates();
  ReadImports();
  ReadNewFiles();
  ReadLogic();
  WINDLASS_RETURN_IF_ERROR(reader_.Finish());
  WINDLASS_RETURN_IF_ERROR(CheckRule(*rule_, text_));
  return std::move(rule_);
}

void RuleReader::ReadName() {
  const PlacedText id = reader_.RequiredText("id");
  std::string_view name = id.value;
  if (const size_t slash = name.find('/'); slash != std::string_view::npos) {
    if (name.substr(0, slash) != source_.family) {
      reader_.Fail(id.place, Cat("rule `", name, "` lies in the family `", source_.family,
                                 "`; begin its id with \"", source_.family, "/\""));
    }
    name.remove_prefix(slash + 1);
  }
  if (!IsPackName(name)) {
    reader_.Fail(id.place, Cat("`", id.value, "` is no id; write \"", source_.family,
                               "/name\" with lower-case letters, digits and hyphens"));
  }
  rule_->family = source_.family;
  rule_->id = Cat(source_.family, "/", name);
  rule_->summary = reader_.RequiredText("summary").value;
  if (const std::optional<PlacedText> disabled = reader_.Text("disabled")) {
    rule_->disabled = disabled->value;
    if (disabled->value.empty()) {
      reader_.Fail(disabled->place, "`disabled` is empty; say why the rule is off");
    }
  }
}

void RuleReader::ReadKind() {
  const PlacedText language = reader_.RequiredText("language");
  if (const std::optional<Language> known = LanguageFromName(language.value)) {
    rule_->language = *known;
  } else {
    std::vector<std::string_view> names;
    for (int i = 0; i <= static_cast<int>(Language::kDotenv); ++i) {
      names.push_back(LanguageName(static_cast<Language>(i)));
    }
    reader_.Fail(language.place,
                 Cat("unknown language `", language.value, "`; ", NameHint(language.value, names)));
  }
  const PlacedText level = reader_.RequiredText("level");
  if (const std::optional<Level> known = LevelFromName(level.value)) {
    rule_->level = *known;
  } else {
    reader_.Fail(level.place,
                 Cat("unknown level `", level.value, "`; ", NameHint(level.value, kLevelNames)));
  }
}

void RuleReader::ReadPatterns() {
  for (const PlacedText& glob : reader_.Texts("paths")) {
    rule_->paths.push_back(glob.value);
    absl::StatusOr<std::unique_ptr<RE2>> regex =
        CompileRegex({GlobToRegex(glob.value), glob.place});
    if (regex.ok()) {
      rule_->path_patterns.push_back(*std::move(regex));
    } else {
      reader_.Fail(glob.place, Cat("`", glob.value, "` is no glob; see patches/README.md"));
    }
  }
  for (const PlacedText& pattern : reader_.Texts("prefilter")) {
    absl::StatusOr<std::unique_ptr<RE2>> regex = CompileRegex(pattern);
    reader_.Fail(regex.status());
    rule_->prefilter.push_back(regex.ok() ? *std::move(regex) : nullptr);
  }
  if (const std::optional<PlacedText> scope = reader_.Text("scope")) {
    rule_->by_declaration = scope->value == "declaration";
    if (!rule_->by_declaration && scope->value != "file") {
      reader_.Fail(scope->place,
                   Cat("unknown scope `", scope->value, "`; write declaration or file"));
    } else if (rule_->by_declaration && rule_->prefilter.empty()) {
      reader_.Fail(scope->place, "a rule needs a prefilter to tell which declarations it looks at");
    }
  }
}

const std::string* RuleReader::FileNamed(const PlacedText& path) {
  const auto file = source_.files.find(path.value);
  if (file == source_.files.end()) {
    reader_.Fail(path.place,
                 Cat("there is no ", source_.prefix, path.value, "; write it or mend the name"));
    return nullptr;
  }
  return &file->second;
}

void RuleReader::ReadQuery() {
  const std::optional<PlacedText> path = reader_.Text("query");
  if (!path) {
    return;
  }
  if (rule_->language == Language::kText) {
    reader_.Fail(path->place, "text has no grammar to query; choose another language or `logic`");
    return;
  }
  if (const std::string* bytes = FileNamed(*path); bytes != nullptr) {
    text_.query = {*bytes, Place{Cat(source_.prefix, path->value)}};
    absl::StatusOr<std::unique_ptr<Query>> query =
        Query::Compile(rule_->language, *bytes, text_.query.place.path);
    reader_.Fail(query.status());
    rule_->query = query.ok() ? *std::move(query) : nullptr;
  }
}

void RuleReader::AddTemplate(const PlacedText& text, TemplateUse use, Template* out) {
  absl::StatusOr<Template> parsed = Template::ParseAt(text.value, text.place);
  if (!parsed.ok()) {
    reader_.Fail(parsed.status());
    return;
  }
  *out = *std::move(parsed);
  text_.templates.push_back({out, text, use});
}

void RuleReader::ReadTemplates() {
  if (const std::optional<PlacedText> replace = reader_.Text("replace")) {
    AddTemplate(*replace, TemplateUse::kReplace, &rule_->replace.emplace());
  }
  if (const std::optional<PlacedText> message = reader_.Text("message")) {
    AddTemplate(*message, TemplateUse::kMessage, &rule_->message);
  } else {
    rule_->message = Template::Literal(rule_->summary);
  }
  if (const std::optional<PlacedText> reason = reader_.Text("reason")) {
    AddTemplate(*reason, TemplateUse::kMessage, &rule_->reason);
  }
}

void RuleReader::ReadImports() {
  text_.imports = reader_.Texts("imports");
  rule_->imports.reserve(text_.imports.size());
  for (PlacedText& path : text_.imports) {
    ImportTemplate& import = rule_->imports.emplace_back();
    // `winio github.com/Microsoft/go-winio`: the package has another name than its folder.
    const size_t blank = path.value.find(' ');
    import.hole =
        blank == std::string::npos ? PackageElement(path.value) : path.value.substr(0, blank);
    path.value.erase(0, blank == std::string::npos ? 0 : blank + 1);
    AddTemplate(path, TemplateUse::kImport, &import.path);
    if (!RE2::FullMatch(import.hole, "[A-Za-z_][A-Za-z0-9_]*")) {
      reader_.Fail(path.place, Cat("the last element of `", path.value,
                                   "` cannot name a package; write its name before the path, as an "
                                   "import does"));
    }
  }
}

void RuleReader::ReadNewFiles() {
  const std::vector<const toml::table*> tables = reader_.Tables("new_files");
  rule_->new_files.reserve(tables.size());
  for (const toml::table* table : tables) {
    TableReader reader(document_, *table, "new_files");
    const PlacedText path = reader.RequiredText("path");
    const PlacedText name = reader.RequiredText("template");
    NewFileTemplate& file = rule_->new_files.emplace_back();
    file.executable = reader.Boolean("executable");
    reader_.Fail(reader.Finish());
    AddTemplate(path, TemplateUse::kNewFile, &file.path);
    if (!name.value.starts_with("templates/")) {
      reader_.Fail(name.place, Cat("`", name.value, "` does not lie below templates/; move it"));
    } else if (const std::string* bytes = FileNamed(name); bytes != nullptr) {
      AddTemplate({*bytes, Place{Cat(source_.prefix, name.value)}}, TemplateUse::kNewFile,
                  &file.text);
    }
  }
}

void RuleReader::ReadLogic() {
  const std::optional<PlacedText> logic = reader_.Text("logic");
  if (!logic) {
    return;
  }
  text_.logic = logic->place;
  rule_->native = FindNativeRule(logic->value);
  if (rule_->native == nullptr) {
    std::vector<std::string_view> names;
    for (const NativeRule& row : NativeRules()) {
      names.push_back(row.name);
    }
    reader_.Fail(logic->place, Cat("unknown logic `", logic->value, "`; ",
                                   names.empty() ? "" : NameHint(logic->value, names),
                                   " (rules/native/table.cc)"));
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<Rule>> ReadRule(const TomlDocument& document,
                                               const toml::table& table, const PackSource& source) {
  return RuleReader(document, table, source).Read();
}

}  // namespace windlass
