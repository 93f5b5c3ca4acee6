#include <algorithm>

#include "transformer/facts/go_file.h"
#include "transformer/facts/go_kinds.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

bool AllDigits(std::string_view s) {
  return !s.empty() && std::ranges::all_of(s, [](char c) { return c >= '0' && c <= '9'; });
}

/// "v2", "v10", as a module's path ends from its second major version on.
bool IsMajorVersion(std::string_view element) {
  return element.size() > 1 && element[0] == 'v' && AllDigits(element.substr(1));
}

std::string_view LastElement(std::string_view path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

/// "yaml.v3" → "yaml", as gopkg.in writes versions.
std::string_view WithoutDotVersion(std::string_view element) {
  const size_t dot = element.rfind('.');
  return dot != std::string_view::npos && dot > 0 && IsMajorVersion(element.substr(dot + 1))
             ? element.substr(0, dot)
             : element;
}

class Guesses {
 public:
  void Add(std::string_view name) {
    if (IsGoIdentifier(name) && std::ranges::find(names_, name) == names_.end()) {
      names_.emplace_back(name);
    }
  }

  /// `element` itself, without the "go" that repositories carry in their names, and its parts.
  void AddFromElement(std::string_view element) {
    const std::string_view base = WithoutDotVersion(element);
    Add(base);
    for (std::string_view prefix : {"go-", "go.", "golang-", "go_"}) {
      if (base.starts_with(prefix)) {
        Add(base.substr(prefix.size()));
      }
    }
    for (std::string_view suffix : {"-go", ".go", "-golang", "_go"}) {
      if (base.ends_with(suffix)) {
        Add(base.substr(0, base.size() - suffix.size()));
      }
    }
    Add(Without(base, "-."));
    if (base.starts_with("go-") || base.starts_with("go.")) {
      Add(Without(base.substr(3), "-."));
    }
    Add(base.substr(base.find_last_of("-.") + 1));
    Add(base.substr(0, base.find_first_of("-.")));
    std::string joined(base);
    std::ranges::replace(joined, '-', '_');
    Add(joined);
  }

  std::vector<std::string> Take() { return std::move(names_); }

 private:
  static std::string Without(std::string_view s, std::string_view dropped) {
    std::string kept;
    std::ranges::copy_if(s, std::back_inserter(kept),
                         [&](char c) { return dropped.find(c) == std::string_view::npos; });
    return kept;
  }

  std::vector<std::string> names_;
};

}  // namespace

bool IsStandardImport(std::string_view path) {
  return path.substr(0, path.find('/')).find('.') == std::string_view::npos;
}

std::vector<std::string> GuessImportNames(std::string_view path) {
  Guesses guesses;
  const std::string_view last = LastElement(path);
  if (IsMajorVersion(last) && last.size() < path.size()) {
    const std::string_view before = LastElement(path.substr(0, path.size() - last.size() - 1));
    if (last == "v0" || last == "v1") {  // no module ends so: it is the package's own name
      guesses.Add(last);
    }
    guesses.AddFromElement(before);
    guesses.Add(last);
  } else {
    guesses.AddFromElement(last);
  }
  std::vector<std::string> names = guesses.Take();
  if (names.empty()) {
    names.emplace_back(last);
  }
  return names;
}

}  // namespace windlass
