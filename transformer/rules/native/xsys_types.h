#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_XSYS_TYPES_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_XSYS_TYPES_H_

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/facts/xsys_table.h"
#include "transformer/rules/native/package_view.h"
#include "transformer/rules/native/sys_lines.h"

namespace windlass {

/// The table of the pack `syscalls`; an empty one if the pack isn't loaded.
const XSysTable& SharedXSys(SharedFacts& shared);

/// One use of package syscall that could be one of golang.org/x/sys/windows.
struct XSysUse {
  Node node;  // selector_expression or qualified_type
  std::string_view name;
  const XSysTable::Entry* entry = nullptr;
  bool stays = false;
  bool island = false;  // its value goes nowhere but into a call that stays as well
};

/// One file of a package as a Windows build takes it.
struct XSysFile {
  const ProjectFile* file = nullptr;
  const ParsedGo* parsed = nullptr;  // null if it cannot be read: all that it may name stays
  bool movable = false;              // built for Windows alone, and may be edited
  std::vector<XSysUse> uses;         // of names that the table knows, in order
  StringSet pinned;                  // types whose values this file gets from, or gives to, others
  /// What changes beside the uses if a type moves: an expression, and what stands for it then, in
  /// which `@` is the name of x/sys/windows.
  struct Seam {
    std::string type;
    Span span;
    std::string text;
  };
  std::vector<Seam> seams;
};

/// Decides which uses of syscall in the files of one package can become uses of x/sys/windows so
/// that it still compiles: values of a type that both packages declare must not meet, so all uses
/// of a type move in all files that share its values, or none does.
class XSysTypes {
 public:
  /// `version` is that of golang.org/x/sys which the module uses.
  XSysTypes(PackageView* view, const XSysTable& table, std::string_view version);

  const std::deque<XSysFile>& files() const { return files_; }
  /// The //sys line that `use`, in a generated file, comes from; null if from none.
  const SysLines::Line* LineOf(const XSysFile& file, const XSysUse& use) const;
  /// The files in groups, by index: those of a group share values, so they move together.
  std::vector<std::vector<size_t>> Groups() const;

 private:
  struct Link {
    size_t from;
    size_t to;
    std::string type;
  };
  void AddFile(const ProjectFile& file);
  void ReadFields(const ProjectFile& file);
  void FollowLines(XSysFile* file) const;
  bool SeamParameter(const GoUnit& function, const GoParameter& parameter, XSysFile* file);
  bool SeamMember(std::string_view type, const XSysTable::Pointer& pointer,
                  const std::vector<Node>& members, XSysFile* file) const;
  void MarkWhatStays(XSysFile* file) const;
  void PinMembers(const UnitUses& uses, XSysFile* file) const;
  void PinExported(XSysFile* file);
  void PinImported(XSysFile* file);
  StringSet TypesOfDeclared(const PackageDecls& package, std::string_view name);
  void PinCalls(Node node, XSysFile* file) const;
  void PinArguments(Node call, const XSysTable::Entry* callee, XSysFile* file) const;
  StringSet TypesOfValue(const XSysFile& file, Node value) const;
  StringSet TypesBelow(const GoFile& go, Node node) const;
  bool FromElsewhere(const XSysFile& file, Node value) const;
  StringSet ReachedBy(XSysFile* file, const XSysUse& use) const;
  bool MattersElsewhere(std::string_view name, bool is_library = false) const;
  void LinkFiles();
  bool CallStays(const XSysFile& file, const XSysUse& argument) const;
  bool Spread();

  PackageView* view_;
  const XSysTable& table_;
  std::string version_;
  std::deque<XSysFile> files_;
  std::vector<Link> links_;
  SysLines lines_;
  StringMap<StringSet> fields_;  // of structs of the package, by name: their types
  bool unreadable_ = false;      // some file could not be read: nothing moves
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_XSYS_TYPES_H_
