// What follows from a build expression: decided by trying every kind of world in which its tags can
// differ.

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <utility>

#include "transformer/facts/build_expr.h"

namespace windlass {
namespace {

constexpr size_t kMaxFreeTags = 10;

/// One system of each kind that some tag tells apart, an unknown one last.
constexpr std::array<std::string_view, 19> kSystems = {
    "aix",  "android", "darwin",  "dragonfly", "freebsd", "hurd",   "illumos", "ios", "js", "linux",
    "nacl", "netbsd",  "openbsd", "plan9",     "solaris", "wasip1", "windows", "zos", ""};

/// Truth values for the tags of a few expressions. Systems exclude each other, as do architectures;
/// every other tag, releases included, is free: an expression is also read by toolchains that lack
/// it.
class Worlds {
 public:
  explicit Worlds(std::vector<std::string> tags) {
    for (std::string& tag : tags) {
      if (tag == "unix" || IsKnownGoos(tag)) {
        system_tags_.push_back(std::move(tag));
      } else if (IsKnownGoarch(tag)) {
        architectures_.push_back(std::move(tag));
      } else {
        free_.push_back(std::move(tag));
      }
    }
    architectures_.emplace_back();
    std::set<std::vector<bool>> seen;
    for (const std::string_view goos : kSystems) {
      std::vector<bool> holds;
      holds.reserve(system_tags_.size());
      for (const std::string& tag : system_tags_) {
        holds.push_back(GoosHasTag(goos, tag));
      }
      if (seen.insert(std::move(holds)).second) {
        systems_.push_back(goos);
      }
    }
  }

  /// Whether `test` holds in every world; false where there are too many.
  bool All(const std::function<bool(const Worlds&)>& test) {
    if (free_.size() > kMaxFreeTags) {
      return false;
    }
    for (const std::string_view goos : systems_) {
      for (const std::string& goarch : architectures_) {
        for (size_t set = 0; set < size_t{1} << free_.size(); ++set) {
          goos_ = goos;
          goarch_ = goarch;
          free_set_ = set;
          if (!test(*this)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /// The value of `x` in the world that All is at.
  bool Holds(const BuildExpr& x) const {
    const auto holds = [this](const BuildExpr& operand) { return Holds(operand); };
    switch (x.op()) {
      case BuildExpr::Op::kTrue:
        return true;
      case BuildExpr::Op::kTag:
        return TagHolds(x.tag());
      case BuildExpr::Op::kNot:
        return !Holds(x.operands()[0]);
      case BuildExpr::Op::kAnd:
        return std::ranges::all_of(x.operands(), holds);
      case BuildExpr::Op::kOr:
        return std::ranges::any_of(x.operands(), holds);
    }
    return false;
  }

 private:
  bool TagHolds(std::string_view tag) const {
    const auto found = std::ranges::find(free_, tag);
    if (found != free_.end()) {
      return (free_set_ >> (found - free_.begin()) & 1) != 0;
    }
    return tag == goarch_ || GoosHasTag(goos_, tag);
  }

  std::vector<std::string> system_tags_;
  std::vector<std::string> architectures_;
  std::vector<std::string> free_;
  std::vector<std::string_view> systems_;
  std::string_view goos_;
  std::string_view goarch_;
  size_t free_set_ = 0;
};

/// `x` (or its negation) with negations at tags only.
BuildExpr PushNot(const BuildExpr& x, bool negate) {
  switch (x.op()) {
    case BuildExpr::Op::kTrue:
    case BuildExpr::Op::kTag:
      return negate ? BuildExpr::Not(x) : x;
    case BuildExpr::Op::kNot:
      return PushNot(x.operands()[0], !negate);
    case BuildExpr::Op::kAnd:
    case BuildExpr::Op::kOr:
      break;
  }
  const bool to_and = (x.op() == BuildExpr::Op::kAnd) != negate;
  BuildExpr result = PushNot(x.operands()[0], negate);
  for (const BuildExpr& operand : x.operands().subspan(1)) {
    BuildExpr pushed = PushNot(operand, negate);
    result = to_and ? BuildExpr::And(std::move(result), std::move(pushed))
                    : BuildExpr::Or(std::move(result), std::move(pushed));
  }
  return result;
}

bool IsNever(const BuildExpr& x) {
  return x.op() == BuildExpr::Op::kNot && x.operands()[0].is_true();
}

/// Joins `parts` but the one at `skip`; of nothing, the neutral element: always for And, never for
/// Or.
BuildExpr Join(bool by_and, std::span<const BuildExpr> parts, size_t skip) {
  BuildExpr joined = by_and ? BuildExpr() : BuildExpr::Not(BuildExpr());
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i == skip) {
      continue;
    }
    if (by_and) {
      joined = BuildExpr::And(std::move(joined), parts[i]);
    } else {
      joined = IsNever(joined) ? parts[i] : BuildExpr::Or(std::move(joined), parts[i]);
    }
  }
  return joined;
}

/// Drops operands of operands that the others rule out: `b && (!b || a)` is `b && a`.
void Shrink(bool by_and, std::vector<BuildExpr>* parts) {
  const BuildExpr::Op inner = by_and ? BuildExpr::Op::kOr : BuildExpr::Op::kAnd;
  for (size_t i = 0; i < parts->size(); ++i) {
    BuildExpr& part = (*parts)[i];
    if (part.op() != inner) {
      continue;
    }
    const BuildExpr others = Join(by_and, *parts, i);
    std::vector<BuildExpr> kept(part.operands().begin(), part.operands().end());
    std::erase_if(kept, [&](const BuildExpr& operand) {
      return by_and ? others.Implies(BuildExpr::Not(operand))
                    : BuildExpr::Not(others).Implies(operand);
    });
    if (!kept.empty() && kept.size() < part.operands().size()) {
      part = Join(!by_and, kept, kept.size());
    }
  }
}

/// Drops operands that the others make superfluous, from the innermost outwards, later ones first.
BuildExpr Prune(const BuildExpr& x) {
  if (x.op() != BuildExpr::Op::kAnd && x.op() != BuildExpr::Op::kOr) {
    return x;
  }
  const bool by_and = x.op() == BuildExpr::Op::kAnd;
  std::vector<BuildExpr> parts;
  for (const BuildExpr& operand : x.operands()) {
    parts.push_back(Prune(operand));
  }
  Shrink(by_and, &parts);
  for (size_t i = parts.size(); i-- > 0;) {
    const BuildExpr others = Join(by_and, parts, i);
    if (by_and ? others.Implies(parts[i]) : parts[i].Implies(others)) {
      parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
  return Join(by_and, parts, parts.size());
}

}  // namespace

bool BuildExpr::Implies(const BuildExpr& other) const {
  std::vector<std::string> tags = Tags();
  for (std::string& tag : other.Tags()) {
    if (std::ranges::find(tags, tag) == tags.end()) {
      tags.push_back(std::move(tag));
    }
  }
  return Worlds(std::move(tags)).All([&](const Worlds& world) {
    return !world.Holds(*this) || world.Holds(other);
  });
}

BuildExpr BuildExpr::Simplified() const {
  BuildExpr pushed = PushNot(*this, false);
  if (BuildExpr().Implies(pushed)) {
    return BuildExpr();
  }
  BuildExpr never = Not(BuildExpr());
  return pushed.Implies(never) ? never : Prune(pushed);
}

}  // namespace windlass
