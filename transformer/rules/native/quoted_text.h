#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_QUOTED_TEXT_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_QUOTED_TEXT_H_

#include <string_view>
#include <vector>

#include "transformer/text/span.h"

namespace windlass {

/// Texts of several lines within a file whose line ends reach whoever reads them: heredocs of
/// shells and Dockerfiles, here-strings of PowerShell, strings over several lines of TOML. Not
/// those whose reader makes LF of every line end: block scalars of YAML; nor where CRs are dropped:
/// raw strings of Go.
struct QuotedTexts {
  std::string_view word;    // "heredoc"
  std::vector<Span> spans;  // from the line behind the opening to the closing
};
/// `kind` is the name of the file's kind in consumers.toml; `bytes` are 8-bit text.
QuotedTexts FindQuotedTexts(std::string_view kind, std::string_view path, std::string_view bytes);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_QUOTED_TEXT_H_
