#include "transformer/facts/build_expr.h"

#include <algorithm>
#include <array>
#include <utility>

#include "transformer/text/strings.h"

namespace windlass {
namespace {

constexpr std::string_view kNever = "ignore";

/// Feature tags that a toolchain sets for its default level of an architecture.
constexpr std::array<std::string_view, 14> kDefaultFeatures = {"386.sse2",
                                                               "amd64.v1",
                                                               "arm.5",
                                                               "arm.6",
                                                               "arm.7",
                                                               "arm64.v8.0",
                                                               "mips.hardfloat",
                                                               "mips64.hardfloat",
                                                               "mips64le.hardfloat",
                                                               "mipsle.hardfloat",
                                                               "ppc64.power8",
                                                               "ppc64le.power8",
                                                               "riscv64.rva20u64",
                                                               "wasm.satconv"};

/// go1.1 … go1.99.
bool IsReleaseTag(std::string_view tag) {
  if (!tag.starts_with("go1.")) {
    return false;
  }
  tag.remove_prefix(4);
  return !tag.empty() && tag.size() <= 2 && tag.front() != '0' &&
         std::ranges::all_of(tag, [](char c) { return c >= '0' && c <= '9'; });
}

bool TagHolds(std::string_view tag, const Target& target, std::span<const std::string> tags) {
  if (GoosHasTag(target.goos, tag) || tag == target.goarch || tag == "gc" || IsReleaseTag(tag)) {
    return true;
  }
  if (tag.starts_with(target.goarch) &&
      std::ranges::find(kDefaultFeatures, tag) != kDefaultFeatures.end()) {
    return tag.substr(target.goarch.size()).starts_with('.');
  }
  return std::ranges::find(tags, tag) != tags.end();
}

}  // namespace

struct BuildExpr::Node {
  Op op;
  std::string tag;
  std::vector<BuildExpr> operands;
};

BuildExpr::BuildExpr(Node node) : node_(std::make_shared<const Node>(std::move(node))) {}

BuildExpr BuildExpr::Tag(std::string_view tag) {
  return BuildExpr(Node{Op::kTag, std::string(tag), {}});
}

BuildExpr BuildExpr::Not(BuildExpr x) {
  return BuildExpr(Node{Op::kNot, {}, {std::move(x)}});
}

BuildExpr BuildExpr::And(BuildExpr a, BuildExpr b) {
  if (a.is_true()) {
    return b;
  }
  if (b.is_true()) {
    return a;
  }
  return Combine(Op::kAnd, std::move(a), std::move(b));
}

BuildExpr BuildExpr::Or(BuildExpr a, BuildExpr b) {
  if (a.is_true() || b.is_true()) {
    return BuildExpr();
  }
  return Combine(Op::kOr, std::move(a), std::move(b));
}

BuildExpr BuildExpr::Combine(Op op, BuildExpr a, BuildExpr b) {
  Node node{op, {}, {}};
  for (BuildExpr* x : {&a, &b}) {
    if (x->op() == op) {
      node.operands.insert(node.operands.end(), x->operands().begin(), x->operands().end());
    } else {
      node.operands.push_back(std::move(*x));
    }
  }
  return BuildExpr(std::move(node));
}

BuildExpr::Op BuildExpr::op() const {
  return node_ ? node_->op : Op::kTrue;
}

std::string_view BuildExpr::tag() const {
  return node_ ? std::string_view(node_->tag) : std::string_view();
}

std::span<const BuildExpr> BuildExpr::operands() const {
  return node_ ? std::span<const BuildExpr>(node_->operands) : std::span<const BuildExpr>();
}

bool BuildExpr::Eval(const Target& target, std::span<const std::string> tags) const {
  const auto holds = [&](const BuildExpr& x) { return x.Eval(target, tags); };
  switch (op()) {
    case Op::kTrue:
      return true;
    case Op::kTag:
      return TagHolds(tag(), target, tags);
    case Op::kNot:
      return !holds(operands()[0]);
    case Op::kAnd:
      return std::ranges::all_of(operands(), holds);
    case Op::kOr:
      return std::ranges::any_of(operands(), holds);
  }
  return false;
}

std::string BuildExpr::ToString() const {
  switch (op()) {
    case Op::kTrue:
      return "";
    case Op::kTag:
      return std::string(tag());
    case Op::kNot: {
      const BuildExpr& x = operands()[0];
      if (x.is_true()) {
        return std::string(kNever);
      }
      const bool simple = x.op() == Op::kTag;
      return simple ? Cat("!", x.tag()) : Cat("!(", x.ToString(), ")");
    }
    case Op::kAnd:
    case Op::kOr:
      break;
  }
  std::string text;
  const std::string_view glue = op() == Op::kAnd ? " && " : " || ";
  for (const BuildExpr& x : operands()) {
    text += text.empty() ? std::string_view() : glue;
    const bool parens = x.op() == Op::kAnd || x.op() == Op::kOr;
    text += parens ? Cat("(", x.ToString(), ")") : x.ToString();
  }
  return text;
}

std::vector<std::string> BuildExpr::Tags() const {
  std::vector<std::string> tags;
  if (op() == Op::kTag) {
    tags.emplace_back(tag());
  }
  for (const BuildExpr& x : operands()) {
    std::ranges::move(x.Tags(), std::back_inserter(tags));
  }
  std::ranges::sort(tags);
  tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
  return tags;
}

bool operator==(const BuildExpr& a, const BuildExpr& b) {
  return a.node_ == b.node_ ||
         (a.op() == b.op() && a.tag() == b.tag() && std::ranges::equal(a.operands(), b.operands()));
}

}  // namespace windlass
