#include "transformer/syntax/language.h"

#include <algorithm>
#include <array>

namespace windlass {
namespace {

struct LanguageRow {
  Language language;
  std::string_view name;
};

constexpr std::array<LanguageRow, 7> kLanguages = {{
    {Language::kText, "text"},
    {Language::kGo, "go"},
    {Language::kGoMod, "gomod"},
    {Language::kYaml, "yaml"},
    {Language::kJson, "json"},
    {Language::kToml, "toml"},
    {Language::kPowerShell, "powershell"},
}};

struct Suffix {
  std::string_view text;  // in lower case
  Language language;
};

constexpr std::array<Suffix, 8> kSuffixes = {{
    {".yaml", Language::kYaml},
    {".yml", Language::kYaml},
    {".json", Language::kJson},
    {".jsonc", Language::kJson},
    {".toml", Language::kToml},
    {".ps1", Language::kPowerShell},
    {".psm1", Language::kPowerShell},
    {".psd1", Language::kPowerShell},
}};

bool EndsWithIgnoringCase(std::string_view text, std::string_view lower_suffix) {
  if (text.size() < lower_suffix.size()) {
    return false;
  }
  const std::string_view end = text.substr(text.size() - lower_suffix.size());
  return std::ranges::equal(end, lower_suffix, [](char c, char lower) {
    return (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) == lower;
  });
}

}  // namespace

std::string_view LanguageName(Language language) {
  for (const LanguageRow& row : kLanguages) {
    if (row.language == language) {
      return row.name;
    }
  }
  return "text";
}

std::optional<Language> LanguageFromName(std::string_view name) {
  for (const LanguageRow& row : kLanguages) {
    if (row.name == name) {
      return row.language;
    }
  }
  return std::nullopt;
}

Language LanguageForPath(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  // The go command wants these two in lower case on every system.
  if (name.ends_with(".go")) {
    return Language::kGo;
  }
  if (name == "go.mod") {
    return Language::kGoMod;
  }
  for (const Suffix& suffix : kSuffixes) {
    if (EndsWithIgnoringCase(name, suffix.text)) {
      return suffix.language;
    }
  }
  return Language::kText;
}

}  // namespace windlass
