#ifndef WINDLASS_GRAMMARS_LANGUAGES_H_
#define WINDLASS_GRAMMARS_LANGUAGES_H_

/// The grammars compiled into windlass. Each function returns a language that lives as long as the
/// program and may be used by any number of threads. Only transformer/syntax/ calls them.

struct TSLanguage;

#ifdef __cplusplus
extern "C" {
#endif

const struct TSLanguage* tree_sitter_dockerfile(void);
const struct TSLanguage* tree_sitter_dotenv(void);
const struct TSLanguage* tree_sitter_go(void);
const struct TSLanguage* tree_sitter_gomod(void);
const struct TSLanguage* tree_sitter_json(void);
const struct TSLanguage* tree_sitter_powershell(void);
const struct TSLanguage* tree_sitter_toml(void);
const struct TSLanguage* tree_sitter_yaml(void);

#ifdef __cplusplus
}
#endif

#endif  // WINDLASS_GRAMMARS_LANGUAGES_H_
