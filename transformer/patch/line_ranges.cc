#include "transformer/patch/line_ranges.h"

#include <git2.h>

#include <algorithm>
#include <cstdint>

#include "transformer/patch/git_library.h"

namespace windlass {
namespace {

int AddHunk(const git_diff_delta*, const git_diff_hunk* hunk, void* payload) {
  if (hunk->new_lines > 0) {
    const auto first = static_cast<size_t>(hunk->new_start);
    static_cast<std::vector<LineRange>*>(payload)->push_back(
        {first, first + static_cast<size_t>(hunk->new_lines) - 1});
  }
  return 0;
}

}  // namespace

std::vector<LineRange> ChangedRanges(std::string_view before, std::string_view after,
                                     size_t context_lines) {
  InitGit();
  git_diff_options options = GIT_DIFF_OPTIONS_INIT;
  options.context_lines = static_cast<uint32_t>(context_lines);
  options.flags = GIT_DIFF_FORCE_TEXT;
  std::vector<LineRange> ranges;
  git_diff_buffers(before.data(), before.size(), nullptr, after.data(), after.size(), nullptr,
                   &options, nullptr, nullptr, AddHunk, nullptr, &ranges);
  return ranges;
}

bool Holds(const std::vector<LineRange>& ranges, size_t first, size_t last) {
  return std::ranges::any_of(
      ranges, [&](const LineRange& range) { return range.first <= first && last <= range.last; });
}

}  // namespace windlass
