#ifndef WINDLASS_TRANSFORMER_FACTS_GO_PARTS_H_
#define WINDLASS_TRANSFORMER_FACTS_GO_PARTS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "transformer/facts/go_skim.h"
#include "transformer/text/span.h"

namespace windlass {

/// One top-level declaration of a Go file, or what comes before the first: package clause and
/// imports.
struct GoPart {
  enum class Kind : uint8_t { kHead, kFunc, kType, kConst, kVar };
  Kind kind = Kind::kHead;
  Span span;  // up to the next part, so that all parts together are the file
};

/// Splits a file without parsing it, at the speed of a skim: for parsing no more of it than is
/// needed (Tree::ParseParts). The first part is the head. Broken input gives some split.
std::vector<GoPart> SplitGo(std::string_view bytes);

/// The index of the part that holds `offset`. `parts` is not empty.
size_t PartAt(const std::vector<GoPart>& parts, size_t offset);

/// The parts other than the head that hold one of `names` as a word, be it in a comment; ascending.
std::vector<size_t> PartsMentioning(const std::vector<GoPart>& parts, std::string_view bytes,
                                    std::span<const std::string_view> names);

/// Types, constants and variables up to this many bytes are parsed with what mentions them.
inline constexpr size_t kSmallPart = 2048;

/// `chosen`, and the parts that mention what the types, constants and variables among them declare;
/// of these those count that take up to `max_size` bytes. Ascending. `skim` is of the same file.
std::vector<size_t> WithSpeakers(const std::vector<GoPart>& parts, std::string_view bytes,
                                 const GoSkim& skim, std::vector<size_t> chosen,
                                 size_t max_size = kSmallPart);

/// `chosen`, and the types, constants and variables of up to `max_size` bytes that it mentions, and
/// what those mention in turn; ascending. `skim` is of the same file.
std::vector<size_t> WithMentioned(const std::vector<GoPart>& parts, std::string_view bytes,
                                  const GoSkim& skim, std::vector<size_t> chosen,
                                  size_t max_size = kSmallPart);

/// The parts that touch one of `spans`, and those that follow one another without a blank line
/// between them up to such a part; ascending, the head aside.
std::vector<size_t> PartsAround(const std::vector<GoPart>& parts, std::string_view bytes,
                                std::span<const Span> spans);

/// The head and the `chosen` parts, ascending, as spans that do not touch: what Tree::ParseParts
/// takes.
std::vector<Span> SpansOf(const std::vector<GoPart>& parts, std::span<const size_t> chosen);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_GO_PARTS_H_
