#include <algorithm>
#include <array>
#include <charconv>

#include "transformer/rules/pack_rule.h"
#include "transformer/text/status.h"
#include "transformer/text/strings.h"

namespace windlass {

namespace {

constexpr std::array<std::string_view, 14> kGoGuards = {
    "import",      "not_import", "constraint", "not_constraint", "not_test",
    "go_at_least", "go_below",   "resolves",   "calls",          "not_around",
    "unguarded",   "domain",     "requires",   "not_requires"};

constexpr std::array<std::string_view, 7> kDomains = {"host", "slash",    "device", "list",
                                                      "text", "conflict", "unknown"};

std::vector<std::string> Values(std::vector<PlacedText> texts) {
  std::vector<std::string> values;
  for (PlacedText& text : texts) {
    values.push_back(std::move(text.value));
  }
  return values;
}

// "1.20" → 20.
absl::StatusOr<int> ReadGoVersion(const std::optional<PlacedText>& text) {
  if (!text) {
    return 0;
  }
  const std::string_view value = text->value;
  int minor = 0;
  const char* end = value.data() + value.size();
  if (!value.starts_with("1.") ||
      std::from_chars(value.data() + 2, end, minor) != std::from_chars_result{end, std::errc{}} ||
      minor < 1) {
    return text->place.Error(Cat("`", value, "` is no release of Go; write it like \"1.20\""));
  }
  return minor;
}

absl::Status ReadConstraints(const std::vector<PlacedText>& texts, std::vector<BuildExpr>* out) {
  for (const PlacedText& text : texts) {
    absl::StatusOr<BuildExpr> expr = BuildExpr::Parse(text.value);
    if (!expr.ok()) {
      return text.place.Error(
          Cat("`", text.value, "` is no build constraint: ", Std(expr.status().message())));
    }
    out->push_back(*std::move(expr));
  }
  return absl::OkStatus();
}

absl::Status ReadTexts(const TomlDocument& document, const toml::table* table,
                       std::string_view what,
                       std::vector<std::pair<std::string, std::unique_ptr<RE2>>>* out) {
  if (table == nullptr) {
    return absl::OkStatus();
  }
  TableReader reader(document, *table, what);
  for (auto& [capture, patterns] : reader.Rest()) {
    if (patterns.size() > 1) {
      return patterns[1].place.Error("one pattern a capture; join alternatives with |");
    }
    for (const PlacedText& pattern : patterns) {
      WINDLASS_ASSIGN_OR_RETURN(std::unique_ptr<RE2> regex, CompileRegex(pattern));
      out->emplace_back(capture.value, std::move(regex));
    }
  }
  return reader.Finish();
}

using NamesByCapture = std::vector<std::pair<std::string, std::vector<std::string>>>;

absl::Status ReadDomains(const TomlDocument& document, const toml::table* table,
                         NamesByCapture* out) {
  if (table == nullptr) {
    return absl::OkStatus();
  }
  TableReader reader(document, *table, "where.domain");
  for (auto& [capture, names] : reader.Rest()) {
    for (const PlacedText& name : names) {
      if (std::ranges::find(kDomains, name.value) == kDomains.end()) {
        return name.place.Error(Cat("`", name.value, "` is no domain; write host, slash, device, ",
                                    "list, text, conflict or unknown"));
      }
    }
    out->emplace_back(capture.value, Values(std::move(names)));
  }
  return reader.Finish();
}

absl::Status ReadNames(const TomlDocument& document, const toml::table* table,
                       std::string_view what, NamesByCapture* out) {
  if (table == nullptr) {
    return absl::OkStatus();
  }
  TableReader reader(document, *table, what);
  for (auto& [capture, names] : reader.Rest()) {
    for (const PlacedText& name : names) {
      const size_t slash = name.value.rfind('/');
      const size_t dot = name.value.rfind('.');
      const size_t element = slash == std::string::npos ? 0 : slash + 1;
      if (dot == std::string::npos || dot <= element || dot + 1 == name.value.size()) {
        return name.place.Error(Cat("`", name.value, "` names nothing that can be resolved; ",
                                    "write \"import/path.Name\""));
      }
    }
    out->emplace_back(capture.value, Values(std::move(names)));
  }
  return reader.Finish();
}

}  // namespace

absl::StatusOr<std::unique_ptr<RE2>> CompileRegex(const PlacedText& pattern) {
  RE2::Options options;
  options.set_log_errors(false);
  auto regex = std::make_unique<RE2>(pattern.value, options);
  if (regex->ok()) {
    return regex;
  }
  // RE2 gives the offending piece of the pattern, not its offset.
  const size_t at = pattern.value.find(regex->error_arg());
  return InvalidInput(Cat(pattern.place.At(pattern.value, at == std::string::npos ? 0 : at), ": ",
                          regex->error(), "; mend the pattern (RE2 syntax)"));
}

absl::Status ReadGuards(const TomlDocument& document, const toml::table& table, Language language,
                        Guards* guards) {
  TableReader reader(document, table, "where");
  guards->import = Values(reader.Texts("import"));
  guards->not_import = Values(reader.Texts("not_import"));
  const std::vector<PlacedText> constraint = reader.Texts("constraint");
  const std::vector<PlacedText> not_constraint = reader.Texts("not_constraint");
  guards->not_test = reader.Boolean("not_test");
  const std::optional<PlacedText> go_at_least = reader.Text("go_at_least");
  const std::optional<PlacedText> go_below = reader.Text("go_below");
  const toml::table* text = reader.Table("text");
  const toml::table* not_text = reader.Table("not_text");
  const toml::table* resolves = reader.Table("resolves");
  const toml::table* calls = reader.Table("calls");
  const toml::table* domain = reader.Table("domain");
  guards->needs_module = Values(reader.Texts("requires"));
  guards->refuses_module = Values(reader.Texts("not_requires"));
  const toml::table* not_around = reader.Table("not_around");
  guards->unguarded = reader.Boolean("unguarded");
  WINDLASS_RETURN_IF_ERROR(reader.Finish());
  if (language != Language::kGo) {
    for (const std::string_view guard : kGoGuards) {
      if (reader.Has(guard)) {
        return reader.PlaceOf(guard).Error(Cat("the guard `", guard,
                                               "` asks about Go and the rule ", "is for ",
                                               LanguageName(language), "; remove it"));
      }
    }
  }
  WINDLASS_RETURN_IF_ERROR(ReadConstraints(constraint, &guards->constraint));
  WINDLASS_RETURN_IF_ERROR(ReadConstraints(not_constraint, &guards->not_constraint));
  WINDLASS_ASSIGN_OR_RETURN(guards->go_at_least, ReadGoVersion(go_at_least));
  WINDLASS_ASSIGN_OR_RETURN(guards->go_below, ReadGoVersion(go_below));
  WINDLASS_RETURN_IF_ERROR(ReadTexts(document, text, "where.text", &guards->text));
  WINDLASS_RETURN_IF_ERROR(ReadTexts(document, not_text, "where.not_text", &guards->not_text));
  WINDLASS_RETURN_IF_ERROR(
      ReadTexts(document, not_around, "where.not_around", &guards->not_around));
  WINDLASS_RETURN_IF_ERROR(ReadDomains(document, domain, &guards->domain));
  WINDLASS_RETURN_IF_ERROR(ReadNames(document, calls, "where.calls", &guards->calls));
  return ReadNames(document, resolves, "where.resolves", &guards->resolves);
}

}  // namespace windlass
