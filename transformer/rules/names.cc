#include "transformer/rules/names.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "transformer/text/strings.h"

namespace windlass {

namespace {

// How many bytes must be added, dropped, replaced or swapped with their neighbour to make `a` into
// `b`.
size_t Distance(std::string_view a, std::string_view b) {
  // Three rows of the table: for a[0..i-2], a[0..i-1] and a[0..i].
  std::vector<size_t> older;
  std::vector<size_t> last(b.size() + 1);
  std::iota(last.begin(), last.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    std::vector<size_t> row(b.size() + 1, i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], older[j - 2] + 1);
      }
    }
    older = std::move(last);
    last = std::move(row);
  }
  return last.back();
}

}  // namespace

std::string_view NearestName(std::string_view name, std::span<const std::string_view> known) {
  std::string_view best;
  size_t best_distance = std::max<size_t>(1, name.size() / 3) + 1;
  for (const std::string_view candidate : known) {
    if (const size_t distance = Distance(name, candidate); distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string NameHint(std::string_view name, std::span<const std::string_view> known) {
  if (const std::string_view nearest = NearestName(name, known); !nearest.empty()) {
    return Cat("did you mean `", nearest, "`?");
  }
  std::string hint = "one of ";
  for (size_t i = 0; i < known.size(); ++i) {
    hint += Cat(i == 0 ? "" : ", ", known[i]);
  }
  return known.empty() ? "none is known here" : hint;
}

bool IsPackName(std::string_view name) {
  return !name.empty() && name[0] >= 'a' && name[0] <= 'z' && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace windlass
