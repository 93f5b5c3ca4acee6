// Uses of package syscall in files for Windows that golang.org/x/sys/windows has too.

#include <algorithm>
#include <array>
#include <set>

#include "transformer/facts/go_mod_edit.h"
#include "transformer/rules/focus.h"
#include "transformer/rules/native/table.h"
#include "transformer/rules/native/xsys_types.h"
#include "transformer/rules/pack.h"
#include "transformer/text/parallel.h"

namespace windlass {
namespace {

constexpr std::string_view kModule = "golang.org/x/sys";
constexpr std::string_view kWindows = "golang.org/x/sys/windows";
/// Stands for the version where nothing tells it, in trees that know no modules.
constexpr std::string_view kSomeVersion = "v0.0.0-20210124154548-22da62e12c0c";

/// How a module comes by golang.org/x/sys.
struct Supply {
  std::string version;
  bool at_hand = false;  // it uses it already: no new dependency
  bool require = false;  // go.mod has no line for it
  bool indirect = false;
  bool modules = true;  // there is a go.mod
};

std::string PathIn(const GoModule& module, std::string_view name) {
  return Cat(module.dir, module.dir.empty() ? "" : "/", name);
}

bool HasFileBelow(const Project& project, std::string_view dir) {
  const auto files = project.files();
  const auto found = std::ranges::lower_bound(files, dir, {}, &ProjectFile::path);
  return found != files.end() && found->path.starts_with(dir);
}

/// The newest version of x/sys of which go.sum has the code's hash; empty if there is none.
std::string VersionInSum(std::string_view sum) {
  std::string newest;
  const std::string begin = Cat(kModule, " ");
  for (size_t at = sum.find(begin); at != std::string_view::npos; at = sum.find(begin, at + 1)) {
    std::string_view line = sum.substr(at + begin.size());
    line = line.substr(0, line.find('\n'));
    const std::string_view version = line.substr(0, line.find(' '));
    if (version.find('/') == std::string_view::npos &&
        (newest.empty() || CompareModuleVersions(newest, version) < 0)) {
      newest = version;
    }
  }
  return newest;
}

/// True if `path` is neither of the standard library nor, as far as its end tells, a folder here.
bool IsFetched(std::string_view path, const Project& project) {
  if (IsStandardImport(path) || path.starts_with('.')) {
    return false;
  }
  for (size_t at = path.find('/'); at != std::string_view::npos; at = path.find('/', at + 1)) {
    if (HasFileBelow(project, Cat(path.substr(at + 1), "/"))) {
      return false;
    }
  }
  return true;
}

/// A tree without go.mod has what it imports fetched by name, in the newest version, so x/sys is as
/// near as anything else if it fetches something and does not keep copies without it.
Supply SupplyOutsideModules(const Project& project) {
  Supply supply{std::string(kSomeVersion), false, false, false, false};
  const bool copies = HasFileBelow(project, "vendor/") || HasFileBelow(project, "Godeps/");
  supply.at_hand = std::ranges::any_of(project.files(), [&](const ProjectFile& file) {
    return file.skim != nullptr && !file.vendored &&
           std::ranges::any_of(file.skim->imports, [&](const GoSkim::Import& import) {
             return import.path == kWindows || import.path == "golang.org/x/sys/unix" ||
                    (!copies && IsFetched(import.path, project));
           });
  });
  return supply;
}

Supply SupplyOf(const GoModule* module, const Project& project) {
  if (module == nullptr || module->path.empty()) {
    return SupplyOutsideModules(project);
  }
  Supply supply;
  const auto mod_text = project.Read(PathIn(*module, "go.mod"));
  const auto sum_text = project.Read(PathIn(*module, "go.sum"));
  const GoMod mod = ParseGoMod(mod_text.ok() ? std::string_view(*mod_text) : std::string_view());
  const std::string summed = sum_text.ok() ? VersionInSum(*sum_text) : std::string();
  const auto found = std::ranges::find(mod.requires_, kModule, &GoMod::Require::path);
  if (found != mod.requires_.end()) {
    supply.version = found->version;
    supply.indirect = found->indirect;
    supply.at_hand = !found->indirect || !sum_text.ok() || !summed.empty();
  } else {
    supply.require = true;
    supply.at_hand = !module->AtLeast(17) && !summed.empty();
    supply.version = !summed.empty() ? summed : module->AtLeast(18) ? "v0.30.0" : "v0.1.0";
  }
  const bool vendors = project.Find(PathIn(*module, "vendor/modules.txt")) != nullptr;
  if (vendors && !HasFileBelow(project, PathIn(*module, Cat("vendor/", kWindows, "/")))) {
    supply.at_hand = false;
  }
  return supply;
}

bool IsSystemLibrary(Node call) {
  constexpr std::array<std::string_view, 22> kLibraries = {
      "advapi32.dll", "bcrypt.dll",   "crypt32.dll",    "dbghelp.dll", "gdi32.dll",
      "iphlpapi.dll", "kernel32.dll", "kernelbase.dll", "mpr.dll",     "netapi32.dll",
      "ntdll.dll",    "ole32.dll",    "oleaut32.dll",   "pdh.dll",     "powrprof.dll",
      "psapi.dll",    "secur32.dll",  "shell32.dll",    "user32.dll",  "userenv.dll",
      "ws2_32.dll",   "wtsapi32.dll"};
  const auto name = GoStringValue(call.Field("arguments").NamedChild(0));
  std::string lower = name.value_or("");
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return std::ranges::find(kLibraries, lower) != kLibraries.end();
}

/// The name in x/sys/windows: a library of the system is looked for in the system's folder alone.
std::string_view NameThere(const XSysUse& use) {
  const Node call = use.node.parent();
  return use.name == "NewLazyDLL" && call.Is("call_expression") && IsSystemLibrary(call)
             ? std::string_view("NewLazySystemDLL")
             : use.name;
}

/// False if all that could move is a name for the very same type, in a file that needs nothing else
/// of x/sys.
bool IsWorthIt(const XSysFile& file) {
  return file.file->skim->Imports(kWindows) ||
         std::ranges::any_of(file.uses, [](const XSysUse& use) {
           return !use.stays && use.name != "Errno" && use.name != "SysProcAttr";
         });
}

class Swap {
 public:
  Swap(const Rule& rule, const PackageDecls& package, SharedFacts& shared)
      : project_(shared.project()),
        module_(project_.ModuleOf(package.files().front().file->path)),
        supply_(SupplyOf(module_, project_)),
        off_by_default_(!rule.disabled.empty()),
        view_(SharedDecls(shared), package),
        table_(SharedXSys(shared)) {}

  void Run(std::vector<Finding>* out) {
    const bool own =
        module_ != nullptr && (module_->path.starts_with(kModule) || module_->path == "std");
    if (own || supply_.at_hand == off_by_default_) {
      return;
    }
    const XSysTypes types(&view_, table_, supply_.version);
    for (const std::vector<size_t>& group : types.Groups()) {
      Report(types, group, out);
    }
  }

 private:
  void Report(const XSysTypes& types, const std::vector<size_t>& group, std::vector<Finding>* out) {
    Finding finding;
    size_t count = 0;
    for (const size_t i : group) {
      const XSysFile& file = types.files()[i];
      for (const XSysUse& use : file.uses) {
        if (!use.stays && IsWorthIt(file) && !file.file->generated) {
          Replace(file, use, count++, &finding);
        }
      }
    }
    if (count == 0) {
      return;
    }
    std::string made;
    bool loses_error = false;
    for (const size_t i : group) {
      const XSysFile& file = types.files()[i];
      if (file.file->generated && Regenerate(types, file, &*finding.fix)) {
        made = file.file->path;
      } else if (finding.fix->edits.contains(file.file->path)) {
        loses_error = CloseSeams(file, &*finding.fix) || loses_error;
      }
    }
    finding.level =
        supply_.at_hand && !supply_.require && supply_.modules && made.empty() && !loses_error
            ? Level::kSafe
            : Level::kReview;
    finding.message =
        Cat("package syscall is frozen; golang.org/x/sys/windows, which ",
            supply_.at_hand ? "the module uses already, has " : "is kept up, has ",
            count == 1 ? "the same name" : Cat("the same ", std::to_string(count), " names"));
    finding.reason = Reason();
    if (!made.empty()) {
      finding.reason =
          Cat(made, " changes as mkwinsyscall would change it: `go generate` must leave it alone",
              finding.reason.empty() ? "" : "; ", finding.reason);
    }
    if (loses_error) {
      finding.reason = Cat("String of a SID gives no error there, but an empty text",
                           finding.reason.empty() ? "" : "; ", finding.reason);
    }
    if (RequireIt(&*finding.fix)) {
      out->push_back(std::move(finding));
    }
  }

  std::string Reason() const {
    if (!supply_.modules) {
      return "the copy of golang.org/x/sys that the build finds must have these names";
    }
    if (supply_.require) {
      return Cat("go.mod gets `require ", kModule, " ", supply_.version, "`: run `go mod tidy`");
    }
    return supply_.at_hand
               ? ""
               : "the module's own copies lack the package: run `go mod tidy`, `go mod vendor`";
  }

  /// Edits what a seam needs if its type moves; true if an error goes with that.
  static bool CloseSeams(const XSysFile& file, Fix* fix) {
    bool loses_error = false;
    const std::string name = ImportNameFor(*file.parsed->go, kWindows, std::string_view::npos);
    for (const XSysFile::Seam& seam : file.seams) {
      if (!file.pinned.contains(seam.type)) {
        std::string text = seam.text;
        if (const size_t at = text.find('@'); at != std::string::npos) {
          text.replace(at, 1, name);
        } else {
          loses_error = true;
        }
        (void)fix->edits[file.file->path].Add(seam.span, std::move(text));
      }
    }
    return loses_error;
  }

  /// Edits a generated file and the //sys lines that it is made of; false if nothing moves there.
  static bool Regenerate(const XSysTypes& types, const XSysFile& file, Fix* fix) {
    std::set<std::pair<const SysLines::Line*, std::string_view>> moved;
    for (const XSysUse& use : file.uses) {
      const SysLines::Line* line = use.stays ? nullptr : types.LineOf(file, use);
      if (line != nullptr) {
        moved.emplace(line, use.name);
        (void)fix->edits[file.file->path].Add(use.node.span(), Cat("windows.", use.name));
      }
    }
    for (const auto& [line, name] : moved) {
      for (const Span span : SysLines::Mentions(*line, name)) {
        (void)fix->edits[line->path].Add(span, Cat("windows.", name));
      }
    }
    return !moved.empty();
  }

  void Replace(const XSysFile& file, const XSysUse& use, size_t index, Finding* finding) {
    constexpr size_t kMostRelated = 5;
    const std::string& path = file.file->path;
    if (index == 0) {
      finding->path = path;
      finding->span = use.node.span();
      finding->fix.emplace();
    } else if (index <= kMostRelated) {
      finding->also.push_back({path, use.node.span(), Cat("`", use.node.text(), "` as well")});
    }
    const std::string name = ImportNameFor(*file.parsed->go, kWindows, std::string_view::npos);
    (void)finding->fix->edits[path].Add(use.node.span(), Cat(name, ".", NameThere(use)));
    auto& imports = finding->fix->imports[path];
    if (imports.empty()) {
      imports.push_back({std::string(kWindows), name});
    }
  }

  /// Makes go.mod name x/sys as what the module itself imports; false if it can't be edited.
  bool RequireIt(Fix* fix) const {
    if (!supply_.modules || (!supply_.require && !supply_.indirect)) {
      return true;
    }
    const std::string path = PathIn(*module_, "go.mod");
    const auto text = project_.Read(path);
    if (!text.ok()) {
      return false;
    }
    const SourceFile source(path, *text);
    const auto tree = Tree::Parse(source, Language::kGoMod);
    if (!tree.ok()) {
      return false;
    }
    EditSet edits = RequireModule(**tree, kModule, supply_.version);
    if (!edits.empty()) {
      fix->edits.emplace(path, std::move(edits));
    }
    return !supply_.require || fix->edits.contains(path);
  }

  const Project& project_;
  const GoModule* module_;
  Supply supply_;
  bool off_by_default_;
  PackageView view_;
  const XSysTable& table_;
};

/// True if a file of the package is for Windows alone and imports syscall.
bool MayConcern(const PackageDecls& package) {
  return std::ranges::any_of(package.files(), [](const PackageDecls::File& file) {
    return file.file->editable() && file.file->skim->Imports("syscall") &&
           file.file->skim->constraint.Combined().Implies(BuildExpr::Tag("windows"));
  });
}

}  // namespace

void SyscallToXsys(const Rule& rule, const Project& project, SharedFacts& shared,
                   std::vector<Finding>* out) {
  const ProjectDecls& decls = SharedDecls(shared);
  (void)SharedXSys(shared);
  std::vector<const PackageDecls*> work;
  for (const PackageDecls& package : decls.packages()) {
    if (FolderInFocus(project, package.package().dir) && MayConcern(package)) {
      work.push_back(&package);
    }
  }
  std::vector<std::vector<Finding>> slots(work.size());
  ParallelFor(work.size(), shared.threads(),
              [&](size_t i) { Swap(rule, *work[i], shared).Run(&slots[i]); });
  for (std::vector<Finding>& slot : slots) {
    std::move(slot.begin(), slot.end(), std::back_inserter(*out));
  }
}

}  // namespace windlass
