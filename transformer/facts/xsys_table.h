#ifndef WINDLASS_TRANSFORMER_FACTS_XSYS_TABLE_H_
#define WINDLASS_TRANSFORMER_FACTS_XSYS_TABLE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/text/strings.h"

namespace windlass {

/// What of package syscall on Windows golang.org/x/sys/windows has too, and since which version:
/// tables/xsys.txt of the pack `syscalls`. Immutable.
class XSysTable {
 public:
  struct Entry {
    std::string since;  // a module version; empty: x/sys has not the same
    /// The types it is made of, or is, of which the two packages have one each. Values of them do
    /// not mix. Those of DLLs and their procedures count as one, "LazyDLL".
    std::vector<std::string> types;
    std::vector<std::string> members;  // of a type: fields and methods that differ
    int loose = -1;     // of a function: the parameter that is an integer of another kind
    bool code = false;  // a constant of another value: right as a `loose` argument alone
  };

  /// Knows nothing.
  XSysTable() = default;
  /// Errors read `path:line: what; what to do`.
  static absl::StatusOr<XSysTable> Parse(std::string_view text);

  /// A member of a type that is an address as a uintptr in syscall, and a pointer in x/sys.
  struct Pointer {
    std::string since;  // the first version in which it is one
    std::string to;  // the type of x/sys/windows that it points to; "-": a method without the error
  };
  /// Reads tables/xsys_pointers.txt: `version Type.Member to` a line.
  absl::Status AddPointers(std::string_view text);
  /// Null: no such member.
  const Pointer* FindPointer(std::string_view type, std::string_view member) const;

  /// Null: a name that x/sys lacks, and that is made of none of those types.
  const Entry* Find(std::string_view name) const;

 private:
  StringMap<Entry> entries_;
  StringMap<Pointer> pointers_;  // by "Type.Member"
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_XSYS_TABLE_H_
