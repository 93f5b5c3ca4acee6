#include "transformer/text/edit.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "transformer/text/strings.h"

namespace windlass {
namespace {

// Where an edit would go among sorted edits, and what stands in its way.
struct Placement {
  enum class Kind { kInsertHere, kPresent, kConflict };
  Kind kind;
  size_t index;
};

Placement Place(std::span<const Edit> edits, const Edit& edit) {
  const auto at = [&](size_t i) { return Placement{Placement::Kind::kInsertHere, i}; };
  const auto conflict = [](size_t i) { return Placement{Placement::Kind::kConflict, i}; };
  const auto present = [](size_t i) { return Placement{Placement::Kind::kPresent, i}; };

  auto first = std::ranges::lower_bound(edits, edit.span.begin, {},
                                        [](const Edit& e) { return e.span.begin; });
  size_t i = static_cast<size_t>(first - edits.begin());
  if (i > 0 && edits[i - 1].span.end > edit.span.begin) {
    return conflict(i - 1);
  }
  for (; i < edits.size() && edits[i].span == Span{edit.span.begin, edit.span.begin}; ++i) {
    if (edit.span.empty() && edits[i].text == edit.text) {
      return present(i);
    }
  }
  if (edit.span.empty() || i == edits.size() || edits[i].span.begin >= edit.span.end) {
    return at(i);
  }
  return edits[i] == edit ? present(i) : conflict(i);
}

std::string Describe(const Edit& edit) {
  return Cat("[", std::to_string(edit.span.begin), ",", std::to_string(edit.span.end), ")");
}

}  // namespace

absl::Status EditSet::Add(Edit edit) {
  assert(edit.span.begin <= edit.span.end);
  if (edit.span.empty() && edit.text.empty()) {
    return absl::OkStatus();
  }
  const Placement place = Place(edits_, edit);
  switch (place.kind) {
    case Placement::Kind::kConflict:
      return absl::AlreadyExistsError(
          Absl(Cat("the edit of bytes ", Describe(edit), " conflicts with that of ",
                   Describe(edits_[place.index]))));
    case Placement::Kind::kPresent:
      return absl::OkStatus();
    case Placement::Kind::kInsertHere:
      edits_.insert(edits_.begin() + static_cast<std::ptrdiff_t>(place.index), std::move(edit));
      return absl::OkStatus();
  }
  return absl::InternalError("unreachable");
}

absl::Status EditSet::Add(Span span, std::string_view text) {
  return Add(Edit{span, std::string(text)});
}

absl::Status EditSet::Merge(const EditSet& other) {
  for (const Edit& edit : other.edits_) {
    if (const Placement place = Place(edits_, edit); place.kind == Placement::Kind::kConflict) {
      return absl::AlreadyExistsError(
          Absl(Cat("the edit of bytes ", Describe(edit), " conflicts with that of ",
                   Describe(edits_[place.index]))));
    }
  }
  if (&other == this) {
    return absl::OkStatus();
  }
  for (const Edit& edit : other.edits_) {
    const absl::Status added = Add(edit);
    assert(added.ok());
    added.IgnoreError();
  }
  return absl::OkStatus();
}

bool EditSet::ConflictsWith(const EditSet& other) const {
  return std::ranges::any_of(other.edits_, [this](const Edit& edit) {
    return Place(edits_, edit).kind == Placement::Kind::kConflict;
  });
}

std::string EditSet::Apply(std::string_view bytes) const {
  size_t size = bytes.size();
  for (const Edit& edit : edits_) {
    size += edit.text.size();
    size -= edit.span.size();
  }
  std::string out;
  out.reserve(size);
  size_t done = 0;
  for (const Edit& edit : edits_) {
    assert(done <= edit.span.begin && edit.span.end <= bytes.size());
    out.append(bytes.substr(done, edit.span.begin - done));
    out.append(edit.text);
    done = edit.span.end;
  }
  out.append(bytes.substr(done));
  return out;
}

size_t EditSet::MapOffset(size_t offset) const {
  size_t added = 0;
  size_t removed = 0;
  for (const Edit& edit : edits_) {
    if (edit.span.begin > offset) {
      break;
    }
    added += edit.text.size();
    if (offset < edit.span.end) {
      return edit.span.begin + added - removed;
    }
    removed += edit.span.size();
  }
  return offset + added - removed;
}

}  // namespace windlass
