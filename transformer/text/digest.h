#ifndef WINDLASS_TRANSFORMER_TEXT_DIGEST_H_
#define WINDLASS_TRANSFORMER_TEXT_DIGEST_H_

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace windlass {

/// 128 bits that tell texts apart unless somebody means them not to: for noticing change and
/// damage, never for trust. The same in every run on machines of one byte order.
struct Digest {
  uint64_t low = 0;
  uint64_t high = 0;

  std::string Hex() const;
  friend auto operator<=>(const Digest&, const Digest&) = default;
};

Digest DigestOf(std::string_view bytes);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_TEXT_DIGEST_H_
