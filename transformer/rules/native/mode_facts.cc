#include "transformer/rules/native/mode_facts.h"

#include <charconv>

#include "re2/re2.h"
#include "transformer/facts/go_values.h"
#include "transformer/rules/guards.h"
#include "transformer/rules/native/path_domain.h"

namespace windlass {
namespace {

constexpr int kMaxDepth = 12;

bool IsNumberType(std::string_view name) {
  return name == "int" || name == "uint" || name == "uint32" || name == "int32" ||
         name == "int64" || name == "uint64";
}

bool IsFileMode(std::string_view type) {
  return type == "io/fs.FileMode" || type == "os.FileMode";
}

/// The argument of os.FileMode(x), uint32(x); null for other calls.
Node Converted(Node call, const GoFile& file) {
  const Node function = call.Field("function");
  const Node arguments = call.Field("arguments");
  if (!call.Is("call_expression") && !call.Is("type_conversion_expression")) {
    return {};
  }
  if (call.Is("type_conversion_expression")) {
    return call.Field("operand");
  }
  const auto qualified = file.ResolveQualified(function);
  const bool mode = qualified && qualified->name == "FileMode" &&
                    (qualified->path == "os" || qualified->path == "io/fs");
  return arguments.named_child_count() == 1 && (mode || IsNumberType(function.text()))
             ? arguments.NamedChild(0)
             : Node();
}

std::optional<uint32_t> ParseInteger(std::string text) {
  std::erase(text, '_');
  int base = 10;
  size_t skip = 0;
  if (text.starts_with("0x") || text.starts_with("0X")) {
    base = 16;
    skip = 2;
  } else if (text.starts_with("0o") || text.starts_with("0O")) {
    base = 8;
    skip = 2;
  } else if (text.starts_with("0b") || text.starts_with("0B")) {
    base = 2;
    skip = 2;
  } else if (text.starts_with('0')) {
    base = 8;
  }
  uint32_t value = 0;
  const auto parsed = std::from_chars(text.data() + skip, text.data() + text.size(), value, base);
  return parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size() ? std::optional(value)
                                                                             : std::nullopt;
}

ModeValue OfCallee(const std::string& callee) {
  const size_t dot = callee.rfind('.');
  const std::string_view method =
      dot == std::string::npos ? std::string_view() : std::string_view(callee).substr(dot + 1);
  if (callee == "io/fs.FileInfo.Mode" || callee == "os.FileInfo.Mode" ||
      callee == "io/fs.DirEntry.Type") {
    return {ModeOrigin::kDisk, {}};
  }
  if (callee.starts_with("archive/")) {
    return {method == "Mode" ? ModeOrigin::kArchive : ModeOrigin::kNone, {}};
  }
  return {method == "Mode" || method == "Perm" ? ModeOrigin::kMethod : ModeOrigin::kOther, callee};
}

ModeValue Trace(Node node, const FileContext& context, SharedFacts& shared, int depth) {
  node = Unwrapped(node);
  if (depth > kMaxDepth) {
    return {};
  }
  if (ConstantMode(node, *context.go)) {
    return {ModeOrigin::kConstant, {}};
  }
  if (const Node inner = Converted(node, *context.go)) {
    return Trace(inner, context, shared, depth + 1);
  }
  const std::shared_ptr<const ModuleFlow> flow = PathFlowOf(shared).Of(context.file.path);
  const auto typed = [&](Node at) {
    return IsFileMode(flow->At(context.file.path, at.span()).type);
  };
  if (node.Is("call_expression")) {
    const Node function = node.Field("function");
    const std::string callee = CalledBy(node, context, shared);
    if (callee == "io/fs.FileMode.Perm" || callee == "os.FileMode.Perm") {
      return Trace(function.Field("operand"), context, shared, depth + 1);
    }
    const ModeValue known = OfCallee(callee);
    return known.origin == ModeOrigin::kDisk || known.origin == ModeOrigin::kArchive || typed(node)
               ? known
               : ModeValue{};
  }
  if (node.Is("binary_expression")) {
    const ModeValue left = Trace(node.Field("left"), context, shared, depth + 1);
    return left.origin == ModeOrigin::kConstant
               ? Trace(node.Field("right"), context, shared, depth + 1)
               : left;
  }
  if (const Node initial = GoInitialValue(node, *context.go)) {
    const ModeValue value = Trace(initial, context, shared, depth + 1);
    if (value.origin != ModeOrigin::kNone) {
      return value;
    }
  }
  return typed(node) ? ModeValue{ModeOrigin::kOther, {}} : ModeValue{};
}

std::optional<uint32_t> Constant(Node node, const GoFile& file, int depth) {
  node = Unwrapped(node);
  if (depth > kMaxDepth) {
    return std::nullopt;
  }
  if (node.Is("int_literal")) {
    return ParseInteger(std::string(node.text()));
  }
  if (const Node inner = Converted(node, file)) {
    return Constant(inner, file, depth + 1);
  }
  if (const auto qualified = file.ResolveQualified(node)) {
    return qualified->name == "ModePerm" ? std::optional<uint32_t>(0777) : std::nullopt;
  }
  if (node.Is("binary_expression")) {
    const auto left = Constant(node.Field("left"), file, depth + 1);
    const auto right = Constant(node.Field("right"), file, depth + 1);
    const std::string_view op = node.Field("operator").text();
    return !left || !right ? std::nullopt
           : op == "|"     ? std::optional(*left | *right)
           : op == "&"     ? std::optional(*left & *right)
           : op == "&^"    ? std::optional(*left & ~*right)
                           : std::nullopt;
  }
  const GoDecl* decl = node.Is("identifier") ? file.Resolve(node) : nullptr;
  const bool constant = decl != nullptr && decl->decl.Is("const_spec");
  const Node initial = constant ? GoInitialValue(node, file) : Node();
  return initial ? Constant(initial, file, depth + 1) : std::nullopt;
}

OwnerWrite Writable(Node node, const GoFile& file, int depth) {
  constexpr uint32_t kWrite = 0200;
  node = Unwrapped(node);
  if (const auto value = ConstantMode(node, file)) {
    return (*value & kWrite) != 0 ? OwnerWrite::kYes : OwnerWrite::kNo;
  }
  if (depth > kMaxDepth) {
    return OwnerWrite::kUnknown;
  }
  if (const Node inner = Converted(node, file)) {
    return Writable(inner, file, depth + 1);
  }
  if (node.Is("binary_expression")) {
    const std::string_view op = node.Field("operator").text();
    const auto mask = ConstantMode(node.Field("right"), file);
    const bool bit = mask && (*mask & kWrite) != 0;
    if (mask && ((op == "&" && !bit) || (op == "&^" && bit))) {
      return OwnerWrite::kNo;
    }
    if (op == "|" && bit) {
      return OwnerWrite::kYes;
    }
    static const LazyRE2 kUmask = {R"((?i).*umask\b.*)"};
    if (op == "&^" && RE2::FullMatch(std::string(node.Field("right").text()), *kUmask)) {
      return Writable(node.Field("left"), file, depth + 1);  // nobody masks his own right to write
    }
    return mask ? Writable(node.Field("left"), file, depth + 1) : OwnerWrite::kUnknown;
  }
  const Node initial = GoInitialValue(node, file);
  return initial ? Writable(initial, file, depth + 1) : OwnerWrite::kUnknown;
}

}  // namespace

Node Unwrapped(Node expression) {
  while (expression.Is("parenthesized_expression")) {
    expression = expression.NamedChild(0);
  }
  return expression;
}

ModeValue ModeValueOf(Node expression, const FileContext& context, SharedFacts& shared) {
  return Trace(expression, context, shared, 0);
}

std::optional<uint32_t> ConstantMode(Node expression, const GoFile& file) {
  return Constant(expression, file, 0);
}

OwnerWrite OwnerWriteOf(Node mode, const GoFile& file) {
  return Writable(mode, file, 0);
}

}  // namespace windlass
