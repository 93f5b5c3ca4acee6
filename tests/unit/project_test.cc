#include "transformer/facts/project.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "tests/unit/go_tool.h"

namespace windlass {
namespace {

using Texts = std::map<std::string, std::string, std::less<>>;

/// A project over texts in memory, which counts how often they are read.
class MemoryProject {
 public:
  explicit MemoryProject(Texts texts) : texts_(std::move(texts)) {
    std::vector<ProjectFile> files;
    for (const auto& [path, text] : texts_) {
      ProjectFile file;
      file.path = path;
      file.size = text.size();
      file.language = LanguageForPath(path);
      if (file.language == Language::kGo) {
        file.skim = std::make_shared<GoSkim>(SkimGo(path, text));
      }
      files.push_back(std::move(file));
    }
    std::ranges::reverse(files);
    project_ = std::make_unique<Project>(
        std::move(files),
        [this](std::string_view path) -> absl::StatusOr<std::string> {
          ++reads_;
          const auto found = texts_.find(path);
          if (found == texts_.end()) {
            return absl::NotFoundError("gone");
          }
          return found->second;
        },
        DefaultTargets());
    reads_ = 0;
  }

  const Project& operator*() const { return *project_; }
  const Project* operator->() const { return project_.get(); }
  int reads() const { return reads_; }

 private:
  Texts texts_;
  std::atomic<int> reads_{0};
  std::unique_ptr<Project> project_;
};

const Texts& Sample() {
  static const Texts texts = {
      {"go.mod", "module example.test/m\n\ngo 1.21\n\nrequire example.test/x v1.0.0\n"},
      {"main.go", "package main\n"},
      {"README.md", "x\n"},
      {"a/a.go", "package a\n"},
      {"a/a_linux.go", "package a\n"},
      {"a/a_test.go", "package a\n"},
      {"a/x_test.go", "package a_test\n"},
      {"a/gen.go", "//go:build ignore\n\npackage main\n"},
      {"a/broken.go", "pack\n"},
      {"a/testdata/t.go", "package t\n"},
      {"b/_c/c.go", "package c\n"},
      {"only_test/x_test.go", "package only_test\n"},
      {"nested/go.mod", "module example.test/other\n"},
      {"nested/n.go", "package n\n"},
      {"nested/deep/d.go", "package d\n"},
      {"nestedx/n.go", "package nestedx\n"},
      {"vendor/example.test/x/x.go", "package x\n"},
  };
  return texts;
}

TEST(ProjectTest, FilesAreSortedAndFound) {
  const MemoryProject project(Sample());
  EXPECT_TRUE(std::ranges::is_sorted(project->files(), {}, &ProjectFile::path));
  EXPECT_EQ(project->files().size(), Sample().size());
  EXPECT_EQ(project->Find("a/a.go")->path, "a/a.go");
  EXPECT_EQ(project->Find("a/b.go"), nullptr);
  EXPECT_EQ(project->targets(), DefaultTargets());
  EXPECT_EQ(*project->Read("README.md"), "x\n");
}

TEST(ProjectTest, ModulesEndWhereOthersBegin) {
  const MemoryProject project(Sample());
  ASSERT_EQ(project->modules().size(), 2U);
  EXPECT_EQ(project->modules()[0].path, "example.test/m");
  EXPECT_EQ(project->modules()[1].dir, "nested");
  EXPECT_EQ(project->modules()[1].go_version, "1.16");
  EXPECT_TRUE(project->modules()[0].AtLeast(21));
  EXPECT_FALSE(project->modules()[0].AtLeast(22));
  EXPECT_TRUE(project->modules()[0].Requires("example.test/x"));
  EXPECT_FALSE(project->modules()[0].Requires("example.test/y"));
  EXPECT_EQ(project->ModuleOf("nested/deep/d.go")->path, "example.test/other");
  EXPECT_EQ(project->ModuleOf("nestedx/n.go")->path, "example.test/m");
  EXPECT_EQ(project->ModuleOf("README.md")->path, "example.test/m");
}

TEST(ProjectTest, PackagesAreFolderAndName) {
  const MemoryProject project(Sample());
  std::vector<std::string> lines;
  for (const GoModule& module : project->modules()) {
    for (const GoPackage& package : module.packages) {
      std::string line =
          Cat(package.import_path, " ", package.name, package.passed_over ? " -" : "");
      for (const ProjectFile* file : package.files) {
        line += Cat(" ", file->path);
        EXPECT_EQ(project->PackageOf(file->path), &package);
      }
      lines.push_back(line);
    }
  }
  EXPECT_EQ(lines, (std::vector<std::string>{
                       "example.test/m main main.go",
                       "example.test/m/a a a/a.go a/a_linux.go a/a_test.go",
                       "example.test/m/a_test a_test a/x_test.go",
                       "example.test/m/a main a/gen.go",
                       "example.test/m/a/testdata t - a/testdata/t.go",
                       "example.test/m/b/_c c - b/_c/c.go",
                       "example.test/m/nestedx nestedx nestedx/n.go",
                       "example.test/m/only_test_test only_test only_test/x_test.go",
                       "example.test/x x - vendor/example.test/x/x.go",
                       "example.test/other n nested/n.go",
                       "example.test/other/deep d nested/deep/d.go",
                   }));
  EXPECT_EQ(project->PackageOf("README.md"), nullptr);
  EXPECT_EQ(project->PackageOf("a/broken.go"), nullptr);
  EXPECT_EQ(project->PackageOf("no.go"), nullptr);
}

TEST(ProjectTest, FindsPackagesByImportPath) {
  const MemoryProject project(Sample());
  EXPECT_EQ(project->FindPackage("example.test/m/a", "")->name, "a");
  EXPECT_EQ(project->FindPackage("example.test/m", "")->name, "main");
  EXPECT_EQ(project->FindPackage("example.test/other/deep", "")->dir, "nested/deep");
  EXPECT_EQ(project->FindPackage("example.test/mx", ""), nullptr);
  EXPECT_EQ(project->FindPackage("example.test/m/only_test", ""), nullptr);
  EXPECT_EQ(project->FindPackage("os", ""), nullptr);
}

TEST(ProjectTest, FindsPackagesOfTheImportersOwnModuleFirst) {
  const MemoryProject project({{"one/go.mod", "module m\n"},
                               {"one/a/a.go", "package a\n"},
                               {"two/go.mod", "module m\n"},
                               {"two/a/a.go", "package a\n"}});
  EXPECT_EQ(project->FindPackage("m/a", "one/m.go")->dir, "one/a");
  EXPECT_EQ(project->FindPackage("m/a", "two/m.go")->dir, "two/a");
  EXPECT_EQ(project->FindPackage("m/a", "three/m.go")->dir, "one/a");
}

TEST(ProjectTest, FilesOutsideAnyModule) {
  const MemoryProject project({{"x/x.go", "package x\n"},
                               {"m/go.mod", "module m\n"},
                               {"m/m.go", "package m\n"},
                               {"e/go.mod", ""},
                               {"e/e.go", "package e\n"}});
  EXPECT_EQ(project->ModuleOf("x/x.go"), nullptr);
  EXPECT_EQ(project->ModuleOf("e/e.go"), nullptr) << "a go.mod without a module line";
  EXPECT_EQ(project->PackageOf("x/x.go")->import_path, "");
  EXPECT_EQ(project->PackageOf("e/e.go")->import_path, "");
  ASSERT_EQ(project->modules().size(), 3U);
  EXPECT_EQ(project->modules()[0].path, "");
  EXPECT_EQ(project->modules()[0].packages.size(), 1U);
}

TEST(ProjectTest, StandardLibraryPathsAreBare) {
  const MemoryProject project({{"src/go.mod", "module std\n"}, {"src/os/file.go", "package os\n"}});
  EXPECT_EQ(project->FindPackage("os", ""), project->PackageOf("src/os/file.go"));
}

// Import paths and the folders passed over are those of go list.
TEST(ProjectTest, AgreesWithGoList) {
  const ScratchFolder folder;
  for (const auto& [path, text] : Sample()) {
    if (path != "a/broken.go" && !path.starts_with("vendor/")) {
      folder.Write(path, path == "go.mod" ? "module example.test/m\n\ngo 1.21\n" : text);
    }
  }
  const MemoryProject project(Sample());
  std::set<std::string> expected;
  for (const GoPackage& package : project->modules()[0].packages) {
    if (!package.passed_over && !package.name.ends_with("_test")) {
      expected.insert(package.import_path);
    }
  }
  expected.insert("example.test/m/only_test");
  std::istringstream output(
      Shell("cd '" + folder.path() + "' && GOTOOLCHAIN=local GOFLAGS=-mod=mod go list -e ./..."));
  std::set<std::string> listed;
  for (std::string line; std::getline(output, line);) {
    listed.insert(line);
  }
  EXPECT_EQ(listed, expected);
}

TEST(ProjectTest, ParsesOnceWhileSomebodyHoldsTheResult) {
  const MemoryProject project(Sample());
  const auto first = project->ParseGo("a/a.go");
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ((*first)->go->package_name(), "a");
  EXPECT_EQ((*first)->source->path(), "a/a.go");
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(project->ParseGo(i % 2 == 0 ? "main.go" : "nested/n.go").ok());
  }
  EXPECT_EQ(project->ParseGo("a/a.go")->get(), first->get());
  EXPECT_EQ(project.reads(), 3);
}

TEST(ProjectTest, ForgetsParsesThatNobodyHolds) {
  Texts texts;
  for (int i = 0; i < 100; ++i) {
    texts[Cat("f", std::to_string(i), ".go")] = "package p\n";
  }
  const MemoryProject project(texts);
  const std::weak_ptr<const ParsedGo> first = *project->ParseGo("f0.go");
  EXPECT_FALSE(first.expired()) << "the last few stay";
  for (const auto& [path, text] : texts) {
    ASSERT_TRUE(project->ParseGo(path).ok());
  }
  EXPECT_TRUE(first.expired());
  EXPECT_TRUE(project->ParseGo("f0.go").ok());
}

TEST(ProjectTest, RemembersFailures) {
  const MemoryProject project({{"bin.go", std::string("package p\0\0", 11)}});
  EXPECT_EQ(project->ParseGo("bin.go").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(project->ParseGo("bin.go").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(project.reads(), 1);
  EXPECT_EQ(project->ParseGo("none.go").status().code(), absl::StatusCode::kNotFound);
}

TEST(ProjectTest, ParsesFromManyThreads) {
  Texts texts;
  for (int i = 0; i < 40; ++i) {
    texts[Cat("f", std::to_string(i), ".go")] = "package p\n\nfunc f() { g(1, \"x\") }\n";
  }
  const MemoryProject project(texts);
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (const auto& [path, text] : texts) {
        const auto parsed = project->ParseGo(path);
        good += parsed.ok() && (*parsed)->source->bytes() == text ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(good, 160);
}

}  // namespace
}  // namespace windlass
