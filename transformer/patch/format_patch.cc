// A patch is a mail as `git format-patch` writes it. What differs is owed to plain `git am`, which
// drops a CR before an LF: files whose hunks hold one are binary patches, and what these do is said
// in words above them.

#include <git2.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>

#include "absl/strings/str_format.h"
#include "transformer/patch/diffstat.h"
#include "transformer/patch/git_library.h"
#include "transformer/patch/mail.h"
#include "transformer/patch/rendition.h"
#include "transformer/patch/series.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

constexpr size_t kMaxSlug = 72;

/// Letters and digits of `text` in lower case, everything between as one dash.
std::string Slug(std::string_view text) {
  std::string slug;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && std::isalnum(byte) != 0) {
      slug += static_cast<char>(std::tolower(byte));
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  if (slug.size() > kMaxSlug) {
    slug.resize(std::max<size_t>(1, std::min(slug.rfind('-', kMaxSlug), kMaxSlug)));
  }
  while (slug.ends_with('-')) {
    slug.pop_back();
  }
  return slug;
}

std::string PatchPrefix(size_t index, size_t count) {
  if (count == 1) {
    return "[PATCH]";
  }
  const std::string total = std::to_string(count);
  return absl::StrFormat("[PATCH %0*d/%s]", static_cast<int>(total.size()),
                         static_cast<int>(index + 1), total);
}

bool IsAscii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<signed char>(c) >= 0; });
}

}  // namespace

std::string_view Version() {
  return WINDLASS_VERSION;
}

std::string PatchFileName(const PatchSeries& series, size_t index) {
  const std::string slug = Slug(series.commits[index].subject);
  return absl::StrFormat("%04d%s%s.patch", static_cast<int>(index + 1), slug.empty() ? "" : "-",
                         slug);
}

std::string FormatPatch(const PatchSeries& series, size_t index) {
  const PatchCommit& commit = series.commits[index];
  std::string content = Cat(SafeBody(commit.body), "---\n", FormatDiffStat(commit.files), "\n");
  if (const std::string rendition = FormatRendition(commit.files); !rendition.empty()) {
    content += Cat(rendition, "\n");
  }
  for (const FileChange& file : commit.files) {
    content += GitDiff(file);
  }
  content += Cat("-- \nwindlass ", Version(), "\n\n");
  std::string headers =
      Cat("From: windlass <windlass@localhost>\nDate: ", MailDate(series.date), "\n",
          SubjectHeader(PatchPrefix(index, series.commits.size()), commit.subject));
  if (!IsAscii(content)) {
    headers +=
        "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
        "Content-Transfer-Encoding: 8bit\n";
  }
  // Nobody knows the commit's name yet; any 40 digits do, as long as equal patches have equal ones.
  const std::string id = BlobId(Cat(headers, content));
  return Cat("From ", id, " Mon Sep 17 00:00:00 2001\n", headers, "\n", content);
}

}  // namespace windlass
