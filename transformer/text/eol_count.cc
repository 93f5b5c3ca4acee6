#include <cstddef>
#include <cstdint>
#include <string_view>

#include "transformer/text/eol.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace windlass {
namespace {

struct Counts {
  size_t lf = 0;
  size_t cr = 0;
  size_t crlf = 0;
};

void CountScalar(const char* p, const char* end, Counts* counts) {
  for (; p < end; ++p) {
    const bool lf = *p == '\n';
    counts->lf += lf ? 1 : 0;
    counts->cr += *p == '\r' ? 1 : 0;
    counts->crlf += lf && p[-1] == '\r' ? 1 : 0;
  }
}

#ifdef __SSE2__
size_t SumBytes(__m128i bytes) {
  const __m128i halves = _mm_sad_epu8(bytes, _mm_setzero_si128());
  return static_cast<size_t>(_mm_cvtsi128_si32(halves)) +
         static_cast<size_t>(_mm_cvtsi128_si32(_mm_srli_si128(halves, 8)));
}

// Counts whole blocks of 16 bytes and returns where it stopped. Sums of single bytes are spilled
// before they can overflow.
const char* CountBlocks(const char* p, const char* end, Counts* counts) {
  const __m128i lf_byte = _mm_set1_epi8('\n');
  const __m128i cr_byte = _mm_set1_epi8('\r');
  while (end - p >= 16) {
    __m128i lf = _mm_setzero_si128();
    __m128i cr = lf;
    __m128i crlf = lf;
    for (int round = 0; round < 255 && end - p >= 16; ++round, p += 16) {
      const __m128i here = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
      const __m128i before = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p - 1));
      const __m128i is_lf = _mm_cmpeq_epi8(here, lf_byte);
      lf = _mm_sub_epi8(lf, is_lf);
      cr = _mm_sub_epi8(cr, _mm_cmpeq_epi8(here, cr_byte));
      crlf = _mm_sub_epi8(crlf, _mm_and_si128(is_lf, _mm_cmpeq_epi8(before, cr_byte)));
    }
    counts->lf += SumBytes(lf);
    counts->cr += SumBytes(cr);
    counts->crlf += SumBytes(crlf);
  }
  return p;
}
#else
const char* CountBlocks(const char* p, const char*, Counts*) {
  return p;
}
#endif

}  // namespace

void EolCounter::Feed(std::string_view piece) {
  if (piece.empty() || encoding_ == Encoding::kBinary) {
    return;
  }
  if (IsUtf16(encoding_)) {
    Feed16(piece);
    return;
  }
  Counts counts;
  counts.lf = piece[0] == '\n' ? 1 : 0;
  counts.cr = piece[0] == '\r' ? 1 : 0;
  counts.crlf = piece[0] == '\n' && last_ == '\r' ? 1 : 0;
  const char* end = piece.data() + piece.size();
  CountScalar(CountBlocks(piece.data() + 1, end, &counts), end, &counts);
  lf_ += counts.lf;
  cr_ += counts.cr;
  crlf_ += counts.crlf;
  last_ = static_cast<uint8_t>(piece.back());
}

void EolCounter::Feed16(std::string_view piece) {
  const bool big_endian = encoding_ == Encoding::kUtf16Be;
  for (const char byte : piece) {
    if (!has_half_) {
      half_ = byte;
      has_half_ = true;
      continue;
    }
    has_half_ = false;
    const auto high = static_cast<uint8_t>(big_endian ? half_ : byte);
    const auto low = static_cast<uint8_t>(big_endian ? byte : half_);
    const auto unit = static_cast<char32_t>(high << 8 | low);
    lf_ += unit == U'\n' ? 1 : 0;
    cr_ += unit == U'\r' ? 1 : 0;
    crlf_ += unit == U'\n' && last_ == U'\r' ? 1 : 0;
    last_ = unit;
  }
}

EolProfile EolCounter::Profile() const {
  EolProfile profile;
  profile.lf = lf_ - crlf_;
  profile.crlf = crlf_;
  profile.cr = cr_ - crlf_;
  profile.final_newline = last_ == U'\n' || last_ == U'\r';
  return profile;
}

EolProfile CountEols(std::string_view bytes, Encoding encoding) {
  EolCounter counter(encoding);
  counter.Feed(bytes);
  return counter.Profile();
}

}  // namespace windlass
