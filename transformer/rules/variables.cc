#include "transformer/rules/variables.h"

#include <algorithm>
#include <array>

namespace windlass {

namespace {

using Value = std::optional<std::string> (*)(const FileContext&);

struct Variable {
  std::string_view name;
  Value value;
};

std::string_view Directory(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? "." : path.substr(0, slash);
}

std::optional<std::string> Dir(const FileContext& context) {
  return std::string(Directory(context.file.path));
}

std::optional<std::string> Module(const FileContext& context) {
  if (context.module == nullptr || context.module->path.empty()) {
    return std::nullopt;
  }
  return context.module->path;
}

std::optional<std::string> ModuleDir(const FileContext& context) {
  if (context.module == nullptr) {
    return std::nullopt;
  }
  return context.module->dir.empty() ? "." : context.module->dir;
}

std::optional<std::string> Package(const FileContext& context) {
  if (context.go == nullptr) {
    return std::nullopt;
  }
  return std::string(context.go->package_name());
}

std::optional<std::string> File(const FileContext& context) {
  return context.file.path;
}

std::optional<std::string> Stem(const FileContext& context) {
  const std::string_view path = context.file.path;
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return std::string(name.substr(0, name.rfind('.')));
}

constexpr std::array<Variable, 6> kVariables{{{"dir", &Dir},
                                              {"file", &File},
                                              {"module", &Module},
                                              {"module_dir", &ModuleDir},
                                              {"package", &Package},
                                              {"stem", &Stem}}};

constexpr auto kNames = [] {
  std::array<std::string_view, kVariables.size()> names{};
  std::ranges::transform(kVariables, names.begin(), &Variable::name);
  return names;
}();

}  // namespace

std::span<const std::string_view> VariableNames() {
  return kNames;
}

std::optional<std::string> VariableValue(std::string_view name, const FileContext& context) {
  const auto* variable = std::ranges::find(kVariables, name, &Variable::name);
  return variable == kVariables.end() ? std::nullopt : variable->value(context);
}

}  // namespace windlass
