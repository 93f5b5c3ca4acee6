#ifndef WINDLASS_TRANSFORMER_FACTS_AVAILABILITY_H_
#define WINDLASS_TRANSFORMER_FACTS_AVAILABILITY_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/facts/declarations.h"
#include "transformer/facts/target.h"
#include "transformer/text/strings.h"

namespace windlass {

/// What packages outside a project offer where: the tables of the pack `syscalls`. Immutable.
class Availability {
 public:
  /// Knows of no differences: everything exists everywhere.
  Availability() = default;
  /// Reads the tables that tools/availgen makes, of places and of versions, and the list of
  /// modules. Errors read `path:line: what; what to do`.
  static absl::StatusOr<Availability> Parse(std::string_view identifiers, std::string_view modules,
                                            std::string_view since);

  /// The targets on which package `path` can be imported. Packages not in the tables: everywhere.
  TargetSet WherePackage(std::string_view path, std::span<const Target> targets) const;
  /// The targets on which it has `name` ("Name", "Type.Field" or "Type.Method").
  TargetSet Where(std::string_view path, std::string_view name,
                  std::span<const Target> targets) const;
  /// True if Windows has `name` with another type than Linux.
  bool TypeDiffers(std::string_view path, std::string_view name) const;
  /// The minor version of Go 1 that `name` of a standard package came with; 0 if it was always
  /// there, or nothing is known. Of `syscall` what Windows has counts.
  int Since(std::string_view path, std::string_view name) const;
  /// True if the table lists the names of `path`.
  bool Knows(std::string_view path) const;

 private:
  absl::Status ReadNames(std::string_view text);
  absl::Status ReadModules(std::string_view text);
  absl::Status ReadVersions(std::string_view text);

  struct Package {
    StringMap<uint32_t> names;  // bit i: systems_[i]
    StringSet differs;
    uint32_t any = 0;
  };
  struct Module {
    std::string path;
    bool below = false;
    StringSet names;                   // of the package, that alone are meant; empty: all of it
    std::vector<std::string> systems;  // "windows" or "linux/amd64"
  };
  /// The row for `name` alone, or, without one, for the package.
  const Module* FindModule(std::string_view path, std::string_view name) const;
  static TargetSet SystemsOf(const Module& module, std::span<const Target> targets);
  TargetSet ToTargets(uint32_t mask, std::span<const Target> targets) const;

  std::vector<Target> systems_;
  StringMap<Package> packages_;
  std::vector<Module> modules_;
  StringMap<int> since_;  // by "path Name"
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_AVAILABILITY_H_
