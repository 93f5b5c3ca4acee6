#include "transformer/syntax/grammar.h"

#include "grammars/languages.h"

namespace windlass {

const TSLanguage* GrammarOf(Language language) {
  switch (language) {
    case Language::kText:
      return nullptr;
    case Language::kGo:
      return tree_sitter_go();
    case Language::kGoMod:
      return tree_sitter_gomod();
    case Language::kYaml:
      return tree_sitter_yaml();
    case Language::kJson:
      return tree_sitter_json();
    case Language::kToml:
      return tree_sitter_toml();
    case Language::kPowerShell:
      return tree_sitter_powershell();
    case Language::kDockerfile:
      return tree_sitter_dockerfile();
    case Language::kDotenv:
      return tree_sitter_dotenv();
  }
  return nullptr;
}

}  // namespace windlass
