#include "transformer/syntax/language.h"

#include <algorithm>
#include <array>

namespace windlass {
namespace {

struct LanguageRow {
  Language language;
  std::string_view name;
};

constexpr std::array<LanguageRow, 9> kLanguages = {{
    {Language::kText, "text"},
    {Language::kGo, "go"},
    {Language::kGoMod, "gomod"},
    {Language::kYaml, "yaml"},
    {Language::kJson, "json"},
    {Language::kToml, "toml"},
    {Language::kPowerShell, "powershell"},
    {Language::kDockerfile, "dockerfile"},
    {Language::kDotenv, "dotenv"},
}};

struct Suffix {
  std::string_view text;  // in lower case
  Language language;
};

constexpr std::array<Suffix, 12> kSuffixes = {{
    {".yaml", Language::kYaml},
    {".yml", Language::kYaml},
    {".json", Language::kJson},
    {".jsonc", Language::kJson},
    {".toml", Language::kToml},
    {".ps1", Language::kPowerShell},
    {".psm1", Language::kPowerShell},
    {".psd1", Language::kPowerShell},
    {".env", Language::kDotenv},
    {".ini", Language::kDotenv},
    {".dockerfile", Language::kDockerfile},
    {".containerfile", Language::kDockerfile},
}};

// Ends of names that begin like a Dockerfile's or an environment's and are something else.
constexpr std::array<std::string_view, 24> kOtherEnds = {
    ".dockerignore", ".md",   ".rst",  ".txt", ".sh",   ".bash", ".py",  ".rb",
    ".js",           ".ts",   ".tmpl", ".tpl", ".j2",   ".in",   ".erb", ".template",
    ".gotmpl",       ".html", ".lock", ".bak", ".orig", ".rej",  ".d",   ".patch"};

bool EqualsIgnoringCase(std::string_view text, std::string_view lower) {
  return std::ranges::equal(text, lower, [](char c, char l) {
    return (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) == l;
  });
}

bool EndsWithIgnoringCase(std::string_view text, std::string_view lower_suffix) {
  return text.size() >= lower_suffix.size() &&
         EqualsIgnoringCase(text.substr(text.size() - lower_suffix.size()), lower_suffix);
}

/// `stem` alone, or followed by one of `signs` and more: Dockerfile, Dockerfile.windows.
bool IsNamed(std::string_view name, std::string_view stem, std::string_view signs) {
  return EqualsIgnoringCase(name.substr(0, stem.size()), stem) &&
         (name.size() == stem.size() || signs.find(name[stem.size()]) != std::string_view::npos) &&
         std::ranges::none_of(
             kOtherEnds, [&](std::string_view end) { return EndsWithIgnoringCase(name, end); });
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
  if (IsNamed(name, "dockerfile", "._-") || IsNamed(name, "containerfile", "._-")) {
    return Language::kDockerfile;
  }
  return IsNamed(name, ".env", ".") ? Language::kDotenv : Language::kText;
}

}  // namespace windlass
