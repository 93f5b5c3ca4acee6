#ifndef WINDLASS_TRANSFORMER_FACTS_TEXT_MODULE_H_
#define WINDLASS_TRANSFORMER_FACTS_TEXT_MODULE_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/facts/go_file.h"
#include "transformer/facts/project.h"

namespace windlass {

/// A node and the file that it stands in.
struct GoSpot {
  Node node;
  const GoFile* go = nullptr;
  const ProjectFile* file = nullptr;

  /// Another node of the same file.
  GoSpot At(Node other) const { return {other, go, file}; }
  explicit operator bool() const { return static_cast<bool>(node); }
};

/// The arguments of a call, comments aside; `f(xs...)` gives the expression before the dots.
std::vector<Node> GoArguments(Node call);
/// `node` without parentheses around it.
Node WithoutParentheses(Node node);

/// Looks up, by name and from syntax alone, what other files of a module say; each answer is short,
/// and empty where the name is too common to tell anything. Of other files only the declarations
/// are parsed that mention it, each by itself; they stay alive with the module. Tests are never
/// looked at. Used by one thread at a time.
class TextModule {
 public:
  /// Begins at `go`, the parsed file `file` of `project`; all three are borrowed.
  TextModule(const Project& project, const ProjectFile& file, const GoFile& go);

  const Project& project() const { return project_; }
  GoSpot Start(Node node) const { return {node, &go_, &file_}; }

  /// Declarations of a function (function_declaration) of the package of `from`.
  std::vector<GoSpot> Functions(const GoSpot& from, std::string_view name);
  /// The same in the package that `import_path` means, if the project holds it.
  std::vector<GoSpot> FunctionsOf(std::string_view import_path, std::string_view name);
  /// Declarations of methods (method_declaration) of that name: in the package of `from`, or else
  /// in those that its file imports.
  std::vector<GoSpot> Methods(const GoSpot& from, std::string_view name);
  /// Calls of a function or method of the module, outside of itself.
  std::vector<GoSpot> CallsOf(const GoSpot& function);
  /// The first value of a variable or constant of the package of `from`; null if there is none.
  GoSpot VariableValue(const GoSpot& from, std::string_view name);
  /// What is stored in fields of that name: elements of literals, with a key or by their place, and
  /// assignments in the package of `from`. With a type, only where it is that or not known.
  std::vector<GoSpot> FieldValues(const GoSpot& from, std::string_view field,
                                  std::string_view type);
  /// Declarations (field_declaration) of fields of that name in the package of `from` and in those
  /// that its file imports.
  std::vector<GoSpot> FieldDeclarations(const GoSpot& from, std::string_view field,
                                        std::string_view type);

  /// The name of the type of an expression, without package and pointer, where a declaration close
  /// by or that of a field says it; else "".
  std::string_view TypeName(const GoSpot& expression);

 private:
  std::vector<const ProjectFile*> PackageFiles(const GoSpot& from, std::string_view mentions) const;
  std::vector<const ProjectFile*> ImportedFiles(const GoSpot& from,
                                                std::string_view mentions) const;
  /// A file as it is split, and the declarations of it that are parsed.
  struct Opened {
    std::string bytes;
    std::vector<GoPart> parts;
    std::map<size_t, std::shared_ptr<const ParsedGo>> parsed;
  };
  bool IsStart(const ProjectFile& file) const {
    return file.path == file_.path && !go_.tree().is_part();
  }
  Opened& Open(const ProjectFile& file);
  /// The root of a tree with declaration number `part`; null if it does not parse.
  GoSpot Parsed(const ProjectFile& file, Opened& opened, size_t part);
  /// The root of a tree with the declaration at `offset`; null if it does not parse.
  GoSpot RootAt(const ProjectFile& file, size_t offset);
  /// Identifiers of every kind that read `name`, in declarations that mention `owner` too if it is
  /// not empty.
  std::vector<GoSpot> Occurrences(const ProjectFile& file, std::string_view name,
                                  std::string_view owner = {});
  void CallsIn(const ProjectFile& file, const GoSpot& function, std::string_view name,
               std::vector<GoSpot>* out);
  std::vector<GoSpot> ValuesByPlace(const GoSpot& from, std::string_view field,
                                    std::string_view type);
  std::vector<GoSpot> FunctionsIn(const std::vector<const ProjectFile*>& files,
                                  std::string_view name, std::string_view kind);

  const Project& project_;
  const ProjectFile& file_;
  const GoFile& go_;
  std::map<const ProjectFile*, Opened> open_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_TEXT_MODULE_H_
