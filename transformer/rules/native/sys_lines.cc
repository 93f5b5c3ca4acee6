#include "transformer/rules/native/sys_lines.h"

#include "transformer/text/words.h"

namespace windlass {
namespace {

/// `name` of `//sys name(…) …`, `//sysnb name(…) …`; empty for other comments.
std::string_view FunctionOf(std::string_view comment) {
  for (const std::string_view begin : {"//sysnb", "//sys"}) {
    if (comment.starts_with(begin)) {
      comment.remove_prefix(begin.size());
      const size_t name = comment.find_first_not_of(" \t");
      const size_t end = comment.find('(');
      return name == 0 || end == std::string_view::npos || end < name
                 ? std::string_view()
                 : comment.substr(name, end - name);
    }
  }
  return {};
}

}  // namespace

void SysLines::Add(std::string_view path, Node root) {
  for (const Node child : root.NamedChildren()) {
    const std::string_view function =
        child.Is("comment") ? FunctionOf(child.text()) : std::string_view();
    if (!function.empty()) {
      lines_[std::string(function)].push_back({std::string(path), child.span(), child.text()});
    }
  }
}

const SysLines::Line* SysLines::Find(std::string_view function) const {
  auto found = lines_.find(function);
  if (found == lines_.end() && function.starts_with('_')) {
    found = lines_.find(function.substr(1));
  }
  return found == lines_.end() || found->second.size() != 1 ? nullptr : &found->second.front();
}

std::vector<Span> SysLines::Mentions(const Line& line, std::string_view name) {
  std::vector<Span> spans;
  const std::string wanted = Cat("syscall.", name);
  for (size_t at = FindWord(line.text, wanted, 0); at != std::string_view::npos;
       at = FindWord(line.text, wanted, at + 1)) {
    spans.push_back({line.span.begin + at, line.span.begin + at + wanted.size()});
  }
  return spans;
}

}  // namespace windlass
