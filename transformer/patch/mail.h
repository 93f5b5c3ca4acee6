#ifndef WINDLASS_TRANSFORMER_PATCH_MAIL_H_
#define WINDLASS_TRANSFORMER_PATCH_MAIL_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace windlass {

/// "Mon, 17 Sep 2001 00:00:00 +0000".
std::string MailDate(int64_t seconds);

/// A whole Subject: header with its line end: `prefix` ("[PATCH 1/2]"), then `subject`, encoded
/// after RFC 2047 where it is not plain ASCII and folded at 78 bytes. `git am` gives `subject`
/// back, but for runs of blanks.
std::string SubjectHeader(std::string_view prefix, std::string_view subject);

/// `body` such that `git am` takes all of it for the message and each line as it is: lines that
/// look like a diff, a separator, a header, a mail or scissors get a blank before them (scissors,
/// one within).
std::string SafeBody(std::string_view body);

/// `text` in printable UTF-8: control characters but tabs as ^X, other bytes that are no UTF-8 as
/// U+FFFD. Line ends stay if `multiline`.
std::string Printable(std::string_view text, bool multiline = false);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_PATCH_MAIL_H_
