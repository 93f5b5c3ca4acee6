// Rules of a project's own: begun, tested, shown and run by the command alone.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "re2/re2.h"
#include "re2/stringpiece.h"
#include "tests/e2e/repository.h"

namespace windlass::e2e {
namespace {

using Json = nlohmann::json;

class Packs : public testing::Test {
 protected:
  Packs() : project_(work_ / "app") {
    project_.Write("go.mod", "module example.test/app\n\ngo 1.21\n");
    project_.Write(".gitattributes", "* text=auto eol=lf\n");
  }

  Result Run(std::vector<std::string> args) const {
    return Windlass(std::move(args), project_.directory());
  }

  /// "path:line rule" of what is reported, one a line.
  std::string Found() const {
    const Result result = Run({"check", ".", "--format", "json"});
    const Json report = Json::parse(result.out, nullptr, false);
    EXPECT_TRUE(report.is_object()) << result.err;
    std::string found;
    for (const Json& finding : report["findings"]) {
      found += finding["path"].get<std::string>() + ":" + finding["start"]["line"].dump() + " " +
               finding["rule"].get<std::string>() + "\n";
    }
    return found;
  }

  void WriteExample() const {
    const std::string manual = ReadFile(fs::path(WINDLASS_SOURCE_DIR) / "tools/windlass/README.md");
    re2::StringPiece rest(manual);
    std::string path;
    std::string text;
    size_t files = 0;
    while (RE2::FindAndConsume(&rest, "(?s)\n`(\\.windlass/[a-z_./]+)`:\n\n```[a-z]+\n(.*?\n)```\n",
                               &path, &text)) {
      project_.Write(path, text);
      ++files;
    }
    EXPECT_EQ(files, 4U);
  }

  Workspace work_;
  Repository project_;
};

TEST_F(Packs, ANewRuleWorksAtOnceAndASecondOneBesideIt) {
  ASSERT_TRUE(Succeeds(Run({"rules", "new", "acme/page-size"})));
  ASSERT_TRUE(Succeeds(Run({"rules", "new", "acme/other"})));
  const Result shown = Run({"rules", "show", "acme/page-size"});
  EXPECT_TRUE(Succeeds(shown));
  EXPECT_NE(shown.out.find("-func size() int { return 2 * syscall.Getpagesize() }"),
            std::string::npos)
      << shown.out;
  // Two rules that want one place: the case of each names what it is about.
  EXPECT_TRUE(Succeeds(Run({"test"})));
  EXPECT_TRUE(Exits(2, Run({"rules", "new", "acme/page-size"})));
  EXPECT_TRUE(Exits(2, Run({"rules", "new", "paths/mine"})));
  EXPECT_TRUE(Exits(2, Run({"rules", "new", "Acme"})));
}

TEST_F(Packs, TheWorkedExampleDoesWhatItSays) {
  WriteExample();
  const Result tested = Run({"test", "acme"});
  ASSERT_TRUE(Succeeds(tested));
  EXPECT_NE(tested.out.find("1 passed, 0 failed"), std::string::npos) << tested.out;
  project_.Write("a.go",
                 "package app\n\nimport (\n\t\"os\"\n\n\t\"acme.test/storage\"\n)\n\n"
                 "func a() (string, error) { return os.MkdirTemp(\"/tmp\", \"x\") }\n\n"
                 "func b(base, name string) { storage.Fetch(base + \"/\" + name) }\n");
  EXPECT_EQ(Found(), "a.go:9 acme/temp-dir\na.go:9 environment/system-path\na.go:11 paths/join\n");
}

TEST_F(Packs, TablesOfAPackTellThePathAnalysisOfSourcesAndSinks) {
  const auto write = [&](const std::string& call) {
    project_.Write("a.go",
                   "package app\n\nimport (\n\t\"strings\"\n\n\t\"acme.test/storage\"\n)\n\n"
                   "func inside(name string) bool {\n\treturn " +
                       call + "\n}\n");
  };
  project_.Write(".windlass/packs/acme/pack.toml",
                 "[pack]\nfamily = \"acme\"\norder = 900\ntitle = \"know storage\"\n");
  project_.Write(".windlass/packs/acme/tables/path_sources.toml",
                 "[[source]]\npackage = \"acme.test/storage\"\nfunc = \"Root\"\n"
                 "results = [0]\nstyle = \"native\"\n\n"
                 "[[source]]\npackage = \"acme.test/storage\"\nfunc = \"Key\"\n"
                 "results = [0]\nstyle = \"slash\"\n");
  write("len(strings.Split(storage.Root(), \"/\")) > 1");
  EXPECT_EQ(Found(), "a.go:10 paths/separator\n");
  write("len(strings.Split(storage.Key(), \"/\")) > 1");
  EXPECT_EQ(Found(), "") << "its slashes are right";
  write("len(strings.Split(storage.Other(), \"/\")) > 1");
  EXPECT_EQ(Found(), "") << "nothing tells what it is";

  project_.Write(".windlass/packs/acme/tables/path_sinks.toml",
                 "[[sink]]\npackage = \"acme.test/storage\"\nfunc = \"Fetch\"\nargs = [0]\n");
  write("storage.Fetch(storage.Other() + \"/\" + strings.ToLower(name))");
  EXPECT_EQ(Found(), "a.go:10 paths/join\n");
  project_.Write(".windlass/packs/acme/tables/path_sources.toml",
                 "[[source]]\npackage = \"acme.test/storage\"\nfunc = \"Root\"\nresults = [0]\n");
  const Result mistake = Run({"check", "."});
  EXPECT_TRUE(Exits(2, mistake));
  EXPECT_NE(mistake.err.find("tables/path_sources.toml:1:1: `style` is missing"), std::string::npos)
      << mistake.err;
}

TEST_F(Packs, ADifferenceIsShownAndWrittenDownWhenAsked) {
  WriteExample();
  const std::string file = ".windlass/packs/acme/cases/temp_dir.txtar";
  std::string text = project_.Read(file);
  text.replace(text.find("tmp.Dir("), 8, "tmp.Nir(");
  project_.Write(file, text);
  const Result failed = Run({"test"});
  EXPECT_TRUE(Exits(1, failed));
  EXPECT_NE(failed.out.find("FAIL acme/cases/temp_dir.txtar"), std::string::npos) << failed.out;
  EXPECT_NE(failed.out.find("+func scratch() (string, error) { return tmp.Dir(\"job-*\") }"),
            std::string::npos)
      << failed.out;
  ASSERT_TRUE(Succeeds(Run({"test", "--update"})));
  EXPECT_TRUE(Succeeds(Run({"test", ".windlass/packs/acme"})));
}

TEST_F(Packs, AMistakeIsToldWithItsPlace) {
  WriteExample();
  project_.Write(".windlass/packs/acme/tables/path_sinks.toml", "[[sink]]\nfunc = \"x\"\n");
  const Result table = Run({"check", "."});
  EXPECT_TRUE(Exits(2, table));
  EXPECT_NE(table.err.find(".windlass/packs/acme/tables/path_sinks.toml:1:"), std::string::npos)
      << table.err;
  project_.Write(".windlass/packs/acme/pack.toml", "[pack]\nfamily = \"acme\"\nordr = 1\n");
  const Result manifest = Run({"check", "."});
  EXPECT_TRUE(Exits(2, manifest));
  EXPECT_NE(manifest.err.find(".windlass/packs/acme/pack.toml:3:1: unknown key"), std::string::npos)
      << manifest.err;
  EXPECT_TRUE(Exits(2, Windlass({"test"}, work_ / "")));
}

TEST_F(Packs, WindlassTomlTurnsThemOffAndTrustsThemLess) {
  WriteExample();
  project_.Write("a.go",
                 "package app\n\nimport \"os\"\n\n"
                 "func a() (string, error) { return os.MkdirTemp(\"/tmp\", \"x\") }\n");
  EXPECT_EQ(Found(), "a.go:5 acme/temp-dir\na.go:5 environment/system-path\n");
  project_.Write("windlass.toml", "[rules]\nacme = false\n");
  EXPECT_EQ(Found(), "a.go:5 environment/system-path\n");
}

}  // namespace
}  // namespace windlass::e2e
