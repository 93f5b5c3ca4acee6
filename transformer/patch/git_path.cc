#include "transformer/patch/git_path.h"

#include <cstdint>

#include "transformer/text/strings.h"

namespace windlass {

std::string QuotePath(std::string_view path) {
  constexpr std::string_view kNamed = "\a\b\t\n\v\f\r\"\\";
  constexpr std::string_view kNames = "abtnvfr\"\\";
  std::string quoted;
  bool needed = false;
  for (const char c : path) {
    const auto byte = static_cast<uint8_t>(c);
    const size_t named = kNamed.find(c);
    if (named != std::string_view::npos) {
      quoted += {'\\', kNames[named]};
    } else if (byte < 0x20 || byte >= 0x7F) {
      quoted += {'\\', static_cast<char>('0' + (byte >> 6)),
                 static_cast<char>('0' + ((byte >> 3) & 7)), static_cast<char>('0' + (byte & 7))};
    } else {
      quoted += c;
      continue;
    }
    needed = true;
  }
  return needed ? Cat("\"", quoted, "\"") : quoted;
}

}  // namespace windlass
