#include "transformer/rules/names.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "transformer/text/strings.h"

namespace windlass {

namespace {

// Levenshtein's distance, one row at a time.
size_t Distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 0; i < a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i + 1;
    for (size_t j = 0; j < b.size(); ++j) {
      const size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, diagonal + 1, row[j] + 1});
    }
  }
  return row.back();
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
