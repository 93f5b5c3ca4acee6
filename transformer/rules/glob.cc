#include "transformer/rules/glob.h"

#include "transformer/text/strings.h"

namespace windlass {

namespace {

// Reads `[…]` at `begin`; returns its length in the glob, or 0 if it has no end.
size_t AppendClass(std::string_view glob, size_t begin, std::string* regex) {
  size_t i = begin + 1;
  const bool negated = i < glob.size() && (glob[i] == '!' || glob[i] == '^');
  i += negated ? 1 : 0;
  // A ']' that comes first is a member of the class.
  const size_t end = glob.find(']', i + 1);
  if (end == std::string_view::npos) {
    return 0;
  }
  *regex += negated ? "[^/" : "[";
  for (; i < end; ++i) {
    if (glob[i] == '\\' || glob[i] == '[' || glob[i] == ']' || glob[i] == '^') {
      *regex += '\\';
    }
    *regex += glob[i];
  }
  *regex += ']';
  return end + 1 - begin;
}

// Reads stars at `begin`; returns how many bytes of the glob they took.
size_t AppendStars(std::string_view glob, size_t begin, std::string* regex) {
  if (glob.substr(begin, 3) == "**/") {
    *regex += "(?:.*/)?";
    return 3;
  }
  if (glob.substr(begin, 2) == "**") {
    *regex += ".*";
    return 2;
  }
  *regex += "[^/]*";
  return 1;
}

}  // namespace

std::string GlobToRegex(std::string_view glob) {
  std::string regex = glob.find('/') == std::string_view::npos ? "(?s)(?:.*/)?" : "(?s)";
  if (glob.starts_with('/')) {
    glob.remove_prefix(1);
  }
  const bool braces = glob.find('}', glob.find('{')) != std::string_view::npos;
  size_t depth = 0;
  for (size_t i = 0; i < glob.size();) {
    const char c = glob[i];
    if (c == '*') {
      i += AppendStars(glob, i, &regex);
      continue;
    }
    if (const size_t length = c == '[' ? AppendClass(glob, i, &regex) : 0; length > 0) {
      i += length;
      continue;
    }
    if (c == '?') {
      regex += "[^/]";
    } else if (c == '{' && braces) {
      regex += "(?:";
      ++depth;
    } else if (c == '}' && depth > 0) {
      regex += ')';
      --depth;
    } else if (c == ',' && depth > 0) {
      regex += '|';
    } else {
      if (std::string_view(R"(\.+()[]{}^$|)").find(c) != std::string_view::npos) {
        regex += '\\';
      }
      regex += c;
    }
    ++i;
  }
  regex.append(depth, ')');
  return regex;
}

}  // namespace windlass
