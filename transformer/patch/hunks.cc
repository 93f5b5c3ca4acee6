#include "transformer/patch/hunks.h"

#include <git2.h>

#include <algorithm>
#include <cstdint>
#include <memory>

#include "transformer/patch/git_library.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

struct FreePatch {
  void operator()(git_patch* patch) const { git_patch_free(patch); }
};

/// Appends one line of a diff as git prints it; the file header, which would name no file, is left
/// out.
int AppendLine(const git_diff_delta*, const git_diff_hunk*, const git_diff_line* line,
               void* payload) {
  auto* out = static_cast<std::string*>(payload);
  switch (line->origin) {
    case GIT_DIFF_LINE_FILE_HDR:
      return 0;
    case GIT_DIFF_LINE_CONTEXT:
    case GIT_DIFF_LINE_ADDITION:
    case GIT_DIFF_LINE_DELETION:
      out->push_back(line->origin);
      break;
    default:
      break;
  }
  out->append(line->content, line->content_len);
  return 0;
}

constexpr size_t kBytesPerLine = 52;

/// Git's base 85: four bytes are five characters, and the length of each line is its first one.
void AppendBase85(std::string_view bytes, std::string* out) {
  constexpr std::string_view kDigits =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";
  while (!bytes.empty()) {
    const std::string_view line = bytes.substr(0, kBytesPerLine);
    bytes.remove_prefix(line.size());
    out->push_back(
        static_cast<char>(line.size() <= 26 ? 'A' + line.size() - 1 : 'a' + line.size() - 27));
    for (size_t i = 0; i < line.size(); i += 4) {
      uint32_t word = 0;
      for (size_t k = i; k < i + 4; ++k) {
        word = word << 8 | (k < line.size() ? static_cast<uint8_t>(line[k]) : 0U);
      }
      char group[5];
      for (size_t k = 5; k > 0; --k, word /= 85) {
        group[k - 1] = kDigits[word % 85];
      }
      out->append(group, sizeof group);
    }
    out->push_back('\n');
  }
  out->push_back('\n');
}

void AppendBinaryFile(const git_diff_binary_file& file, std::string* out) {
  const std::string_view kind = file.type == GIT_DIFF_BINARY_DELTA ? "delta " : "literal ";
  *out += Cat(kind, std::to_string(file.inflatedlen), "\n");
  AppendBase85({file.data, file.datalen}, out);
}

int AppendBinary(const git_diff_delta*, const git_diff_binary* binary, void* payload) {
  auto* out = static_cast<std::string*>(payload);
  AppendBinaryFile(binary->new_file, out);
  AppendBinaryFile(binary->old_file, out);
  return 0;
}

}  // namespace

TextHunks MakeTextHunks(std::string_view before, std::string_view after, size_t context_lines) {
  InitGit();
  git_diff_options options;
  git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
  options.flags = GIT_DIFF_FORCE_TEXT | GIT_DIFF_INDENT_HEURISTIC;
  options.context_lines = static_cast<uint32_t>(context_lines);
  TextHunks hunks;
  git_patch* raw = nullptr;
  if (git_patch_from_buffers(&raw, before.data(), before.size(), nullptr, after.data(),
                             after.size(), nullptr, &options) != 0) {
    return hunks;
  }
  const std::unique_ptr<git_patch, FreePatch> patch(raw);
  git_patch_line_stats(nullptr, &hunks.stat.added, &hunks.stat.removed, patch.get());
  git_patch_print(patch.get(), &AppendLine, &hunks.text);
  return hunks;
}

std::string MakeBinaryHunks(std::string_view before, std::string_view after) {
  InitGit();
  git_diff_options options;
  git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
  options.flags = GIT_DIFF_FORCE_BINARY | GIT_DIFF_SHOW_BINARY;
  std::string out = "GIT binary patch\n";
  git_diff_buffers(before.data(), before.size(), nullptr, after.data(), after.size(), nullptr,
                   &options, nullptr, &AppendBinary, nullptr, nullptr, &out);
  return out;
}

}  // namespace windlass
