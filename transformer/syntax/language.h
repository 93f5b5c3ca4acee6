#ifndef WINDLASS_TRANSFORMER_SYNTAX_LANGUAGE_H_
#define WINDLASS_TRANSFORMER_SYNTAX_LANGUAGE_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace windlass {

/// The languages that windlass parses. `kText` is any text without a grammar.
enum class Language : uint8_t {
  kText,
  kGo,
  kGoMod,
  kYaml,
  kJson,
  kToml,
  kPowerShell,
  kDockerfile,
  kDotenv,  // .env and INI
};

/// "text", "go", "gomod", "yaml", "json", "toml", "powershell", "dockerfile", "dotenv": the names
/// packs use.
std::string_view LanguageName(Language language);
std::optional<Language> LanguageFromName(std::string_view name);

/// The language by the file's name alone; kText where there is no grammar.
Language LanguageForPath(std::string_view path);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_SYNTAX_LANGUAGE_H_
