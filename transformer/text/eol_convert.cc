// Line ends are converted by copying: 16 bytes are stored at once whether or not a line ends among
// them, and the end of the output then moves on only to where that line ends. So the cost is one
// store for 16 bytes plus one for each line, without a call for any of them. Callers leave slack
// behind the output for this.

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "transformer/text/eol.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace windlass {
namespace {

constexpr std::ptrdiff_t kBlock = 16;

#ifdef __SSE2__
__m128i Load(const char* p) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
}
void Store(char* p, __m128i block) {
  _mm_storeu_si128(reinterpret_cast<__m128i*>(p), block);
}
uint32_t PairMask(const char* cr_from, const char* lf_from) {
  const __m128i cr = _mm_cmpeq_epi8(Load(cr_from), _mm_set1_epi8('\r'));
  const __m128i lf = _mm_cmpeq_epi8(Load(lf_from), _mm_set1_epi8('\n'));
  return static_cast<uint32_t>(_mm_movemask_epi8(_mm_and_si128(cr, lf)));
}
uint32_t BareLfMask(const char* p) {
  const __m128i cr = _mm_cmpeq_epi8(Load(p - 1), _mm_set1_epi8('\r'));
  const __m128i lf = _mm_cmpeq_epi8(Load(p), _mm_set1_epi8('\n'));
  return static_cast<uint32_t>(_mm_movemask_epi8(_mm_andnot_si128(cr, lf)));
}
#endif

/// `out` without the CRs before it, which precede one that was dropped.
char* Unwrite(const char* begin, char* out) {
  for (size_t dropped = 1; dropped < kMaxCrRun && out > begin && out[-1] == '\r'; ++dropped) {
    --out;
  }
  return out;
}

// Drops the CRs before each LF. An LF does not stand right behind the last byte.
char* DropCrs(const char* p, const char* end, char* out) {
  const char* begin = out;
#ifdef __SSE2__
  while (end - p > kBlock) {
    const uint32_t mask = PairMask(p, p + 1);
    Store(out, Load(p));
    if (mask == 0) {
      p += kBlock;
      out += kBlock;
      continue;
    }
    const int run = __builtin_ctz(mask);
    p += run + 1;
    out = Unwrite(begin, out + run);
  }
#endif
  for (; p < end; ++p) {
    if (*p == '\r' && p + 1 < end && p[1] == '\n') {
      out = Unwrite(begin, out);
    } else {
      *out++ = *p;
    }
  }
  return out;
}

// Puts a CR before each LF that has none. p[-1] may be read.
char* AddCrs(const char* p, const char* end, char* out) {
#ifdef __SSE2__
  while (end - p >= kBlock) {
    const uint32_t mask = BareLfMask(p);
    Store(out, Load(p));
    if (mask == 0) {
      p += kBlock;
      out += kBlock;
      continue;
    }
    const int run = __builtin_ctz(mask);
    out[run] = '\r';
    out[run + 1] = '\n';
    p += run + 1;
    out += run + 2;
  }
#endif
  for (; p < end; ++p) {
    if (*p == '\n' && p[-1] != '\r') {
      *out++ = '\r';
    }
    *out++ = *p;
  }
  return out;
}

}  // namespace

char* EolConverter::PutUnit(char unit, char* out) const {
  switch (encoding_) {
    case Encoding::kUtf16Le:
      *out++ = unit;
      *out++ = '\0';
      return out;
    case Encoding::kUtf16Be:
      *out++ = '\0';
      *out++ = unit;
      return out;
    default:
      *out++ = unit;
      return out;
  }
}

char* EolConverter::PutEol(char* out) const {
  if (to_ == Eol::kCrlf) {
    out = PutUnit('\r', out);
  }
  return PutUnit('\n', out);
}

char* EolConverter::Convert(std::string_view piece, char* out) {
  assert(to_ == Eol::kLf || to_ == Eol::kCrlf);
  if (piece.empty()) {
    return out;
  }
  if (encoding_ == Encoding::kBinary) {
    std::memcpy(out, piece.data(), piece.size());
    return out + piece.size();
  }
  if (IsUtf16(encoding_)) {
    return Convert16(piece, out);
  }
  if (to_ == Eol::kLf && !lone_cr_) {
    return ConvertToLf(piece, out);
  }
  const char* p = piece.data();
  const char* end = p + piece.size();
  if (pending_crs_ > 0 || *p == '\n') {
    const bool line_end = *p == '\n' || lone_cr_;
    out = line_end ? PutEol(out) : PutUnit('\r', out);
    p += *p == '\n' ? 1 : 0;
  }
  pending_crs_ = end > p && end[-1] == '\r' ? 1 : 0;
  end -= pending_crs_;
  if (!lone_cr_) {
    return p == piece.data() && p < end ? AddCrs(p + 1, end, PutUnit(*p, out))
                                        : AddCrs(p, end, out);
  }
  for (; p < end; ++p) {
    if (*p != '\n' && *p != '\r') {
      *out++ = *p;
      continue;
    }
    p += *p == '\r' && p + 1 < end && p[1] == '\n' ? 1 : 0;
    out = PutEol(out);
  }
  return out;
}

char* EolConverter::PutPending(char* out) {
  for (; pending_crs_ > 0; --pending_crs_) {
    out = lone_cr_ ? PutEol(out) : PutUnit('\r', out);
  }
  return out;
}

char* EolConverter::ConvertToLf(std::string_view piece, char* out) {
  const char* p = piece.data();
  const char* end = p + piece.size();
  if (pending_crs_ > 0) {
    for (; p < end && *p == '\r'; ++p) {
      if (pending_crs_ < kMaxCrRun) {
        ++pending_crs_;
      } else {
        *out++ = '\r';
      }
    }
    if (p == end) {
      return out;
    }
    out = *p == '\n' ? out : PutPending(out);
  }
  for (pending_crs_ = 0; end > p && end[-1] == '\r' && pending_crs_ < kMaxCrRun; --end) {
    ++pending_crs_;
  }
  return DropCrs(p, end, out);
}

char* EolConverter::Convert16(std::string_view piece, char* out) {
  const size_t low = encoding_ == Encoding::kUtf16Be ? 1 : 0;
  const size_t held = to_ == Eol::kLf && !lone_cr_ ? kMaxCrRun : 1;
  for (const char byte : piece) {
    if (!has_half_) {
      half_ = byte;
      has_half_ = true;
      continue;
    }
    has_half_ = false;
    const char unit[2] = {half_, byte};
    const bool small = unit[1 - low] == '\0';
    if (small && unit[low] == '\r') {
      if (pending_crs_ == held) {
        --pending_crs_;
        out = lone_cr_ ? PutEol(out) : PutUnit('\r', out);
      }
      ++pending_crs_;
    } else if (small && unit[low] == '\n') {
      pending_crs_ = 0;
      out = PutEol(out);
    } else {
      out = PutPending(out);
      std::memcpy(out, unit, sizeof unit);
      out += sizeof unit;
    }
  }
  return out;
}

void EolConverter::Feed(std::string_view piece, std::string* out) {
  constexpr size_t kStep = 64 * 1024;
  while (!piece.empty()) {
    const std::string_view step = piece.substr(0, kStep);
    piece.remove_prefix(step.size());
    const size_t before = out->size();
    out->resize(before + RoomFor(step.size()));
    out->resize(static_cast<size_t>(Convert(step, out->data() + before) - out->data()));
  }
}

void EolConverter::Finish(std::string* out) {
  char rest[2 * kMaxCrRun + 4];
  char* end = PutPending(rest);
  if (has_half_) {
    *end++ = half_;
    has_half_ = false;
  }
  out->append(rest, end);
}

std::string ConvertEols(std::string_view bytes, Encoding encoding, Eol to, bool lone_cr) {
  const EolProfile profile = CountEols(bytes, encoding);
  const size_t unit = IsUtf16(encoding) ? 2 : 1;
  const size_t added = to == Eol::kCrlf ? profile.lf + (lone_cr ? profile.cr : 0) : 0;
  std::string out;
  out.reserve(bytes.size() + added * unit + EolConverter::RoomFor(64 * 1024));
  EolConverter converter(to, lone_cr, encoding);
  converter.Feed(bytes, &out);
  converter.Finish(&out);
  return out;
}

}  // namespace windlass
