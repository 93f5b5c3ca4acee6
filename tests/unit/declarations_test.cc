#include "transformer/facts/declarations.h"

#include <memory>

#include "absl/status/status.h"
#include "gtest/gtest.h"

namespace windlass {
namespace {

using Files = StringMap<std::string>;

std::unique_ptr<Project> ProjectOf(const Files& files) {
  std::vector<ProjectFile> listed;
  for (const auto& [path, text] : files) {
    ProjectFile& file = listed.emplace_back();
    file.path = path;
    file.size = text.size();
    file.language = LanguageForPath(path);
    file.vendored = path.starts_with("vendor/");
    if (file.language == Language::kGo) {
      file.skim = std::make_shared<const GoSkim>(SkimGo(path, text));
    }
  }
  const FileReader reader = [files](std::string_view path) -> absl::StatusOr<std::string> {
    const auto found = files.find(path);
    if (found == files.end()) {
      return absl::NotFoundError("no such file");
    }
    return found->second;
  };
  return std::make_unique<Project>(std::move(listed), reader, DefaultTargets());
}

/// "Name: targets <- users" of everything that may be missing.
std::string MissingIn(const Files& files) {
  const auto project = ProjectOf(files);
  const ProjectDecls decls(*project);
  std::string out;
  for (const PackageDecls& package : decls.packages()) {
    for (const MissingDecl& missing : FindMissing(decls, package)) {
      out +=
          Cat(missing.entry->receiver, missing.entry->receiver.empty() ? "" : ".",
              missing.entry->name, ": ", TargetNames(missing.lacking, project->targets()), " <-");
      for (const ProjectFile* user : missing.users) {
        out += Cat(" ", user->path);
      }
      out += "\n";
    }
  }
  return out;
}

TEST(DeclarationsTest, TellsWhatOtherTargetsMayLack) {
  EXPECT_EQ(MissingIn({{"go.mod", "module m\n\ngo 1.21\n"},
                       {"a.go", "package m\n\nfunc A() { b(); c() }\n"},
                       {"b_linux.go", "package m\n\nfunc b() {}\n"},
                       {"c_amd64.go", "package m\n\nfunc c() {}\n"},
                       {"d_linux.go", "package m\n\nfunc d() {}\n"}}),
            "b: windows, darwin <- a.go\n"
            "c: linux/arm64, windows/arm64, darwin/arm64 <- a.go\n");
}

TEST(DeclarationsTest, ListsMethodsOfTypesThatExistThere) {
  EXPECT_EQ(MissingIn({{"go.mod", "module m\n\ngo 1.21\n"},
                       {"a.go", "package m\n\ntype T struct{}\n\nfunc A(t T) { t.b() }\n"},
                       {"b_linux.go", "package m\n\nfunc (T) b() {}\n"}}),
            "T.b: windows, darwin <- a.go\n");
}

TEST(DeclarationsTest, CountsImportersForExportedNamesOnly) {
  EXPECT_EQ(MissingIn({{"go.mod", "module m\n\ngo 1.21\n"},
                       {"a.go", "package m\n\nimport \"m/d\"\n\nfunc A() { d.Free(); d.free() }\n"},
                       {"d/d_linux.go", "package d\n\nfunc Free() {}\n\nfunc free() {}\n"}}),
            "Free: windows, darwin <- a.go\n");
}

TEST(DeclarationsTest, KeepsModulesOfOneNameApart) {
  const std::string user = "package m\n\nimport \"m/d\"\n\nfunc A() { d.Free() }\n";
  EXPECT_EQ(MissingIn({{"one/go.mod", "module m\n\ngo 1.21\n"},
                       {"one/a.go", user},
                       {"one/d/d.go", "package d\n\nfunc Free() {}\n"},
                       {"two/go.mod", "module m\n\ngo 1.21\n"},
                       {"two/a.go", user},
                       {"two/d/d_linux.go", "package d\n\nfunc Free() {}\n"}}),
            "Free: windows, darwin <- two/a.go\n");
}

TEST(DeclarationsTest, PassesOverWhatIsNoPartOfTheBuild) {
  const std::string user = "package m\n\nfunc A() { b() }\n";
  const std::string linux_only = "package m\n\nfunc b() {}\n";
  for (const char* dir : {"vendor/x/", "testdata/", "_old/", ".hidden/"}) {
    EXPECT_EQ(MissingIn({{"go.mod", "module m\n\ngo 1.21\n"},
                         {Cat(dir, "a.go"), user},
                         {Cat(dir, "b_linux.go"), linux_only}}),
              "")
        << dir;
  }
  EXPECT_EQ(MissingIn({{"a_test.go", user}, {"b_linux.go", linux_only}}), "") << "tests";
  EXPECT_EQ(MissingIn({{"a.go", Cat("//go:build ignore\n\n", user)}, {"b_linux.go", linux_only}}),
            "")
      << "ignored";
  EXPECT_EQ(MissingIn({{"a_linux.go", user}, {"b_linux.go", linux_only}}), "") << "Linux alone";
  EXPECT_EQ(MissingIn({{"a.go", user},
                       {"b_linux.go", Cat("package m\n\nimport \"C\"\n\nfunc b() {}\n")}}),
            "")
      << "cgo";
}

TEST(DeclarationsTest, RestrictTakesTargetsAway) {
  const auto project = ProjectOf({{"go.mod", "module m\n\ngo 1.21\n"},
                                  {"a.go", "package m\n\nfunc A() { b() }\n\nfunc b() {}\n"}});
  PackageDecls decls(project->modules().front().packages.front(), project->targets(), {}, true);
  ASSERT_NE(decls.Find("b"), nullptr);
  EXPECT_EQ(TargetNames(decls.Find("b")->where, project->targets()), "linux, windows, darwin");
  decls.Restrict("b", BuildExpr::Tag("linux"), 0b11);
  EXPECT_EQ(TargetNames(decls.Find("b")->where, project->targets()), "linux");
  EXPECT_EQ(decls.Find("b")->only.ToString(), "linux");
}

}  // namespace
}  // namespace windlass
