#include "transformer/text/digest.h"

#include <array>
#include <cstring>

namespace windlass {
namespace {

// Odd numbers with as many ones as zeros, in no order.
constexpr uint64_t kA = 0x9e3779b97f4a7c15;
constexpr uint64_t kB = 0xd1342543de82ef95;
constexpr uint64_t kC = 0xbf58476d1ce4e5b9;

uint64_t Word(const char* at) {
  uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

/// Both halves of the product, folded.
uint64_t Mix(uint64_t a, uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = Wide{a} * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

}  // namespace

// Two lanes that see every word under different multipliers, so that a pair of words that cancels
// out in one does not in the other.
Digest DigestOf(std::string_view bytes) {
  uint64_t low = kA ^ bytes.size();
  uint64_t high = kB + bytes.size();
  size_t at = 0;
  for (; at + 16 <= bytes.size(); at += 16) {
    const uint64_t first = Word(bytes.data() + at);
    const uint64_t second = Word(bytes.data() + at + 8);
    low = Mix(low ^ first, kB ^ second) + kC;
    high = Mix(high ^ second, kA ^ first) ^ (low >> 32);
  }
  std::array<char, 16> rest{};
  std::memcpy(rest.data(), bytes.data() + at, bytes.size() - at);
  low = Mix(low ^ Word(rest.data()), kC ^ Word(rest.data() + 8));
  high = Mix(high ^ Word(rest.data() + 8), kB ^ Word(rest.data()));
  return {Mix(low ^ high, kA) ^ low, Mix(high ^ kC, kB) + low};
}

std::string Digest::Hex() const {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (const uint64_t half : {high, low}) {
    for (int shift = 60; shift >= 0; shift -= 4) {
      hex += kDigits[half >> shift & 15];
    }
  }
  return hex;
}

}  // namespace windlass
