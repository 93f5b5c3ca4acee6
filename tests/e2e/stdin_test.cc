// `check -` answers an editor about a file that is not saved yet, with the facts of the module.

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "tests/e2e/repository.h"

namespace windlass::e2e {
namespace {

using Json = nlohmann::json;

class Stdin : public testing::Test {
 protected:
  Stdin() : project_(work_ / "app") {
    project_.Write("go.mod", "module example.test/app\n\ngo 1.21\n");
    project_.Write(".gitattributes", "* text=auto eol=lf\n");
    project_.Write("disk/disk.go",
                   "package disk\n\nimport \"os\"\n\n// Wipe removes a file.\n"
                   "func Wipe(file string) error { return os.Remove(file) }\n");
    project_.Write("use/use.go", "package use\n");
  }

  Result Run(const std::string& path, const std::string& text) const {
    return windlass::e2e::Run(
        Command{.argv = {WINDLASS_BINARY, "check", "-", "--stdin-path", path, "--format", "json"},
                .directory = project_.directory(),
                .environment = {{"XDG_CACHE_HOME", cache_}},
                .input = text});
  }

  Result Whole() const {
    return windlass::e2e::Run(Command{.argv = {WINDLASS_BINARY, "check", ".", "--format", "json"},
                                      .directory = project_.directory(),
                                      .environment = {{"XDG_CACHE_HOME", cache_}}});
  }

  Workspace work_;
  std::string cache_ = (work_ / "cache").string();
  Repository project_;
};

constexpr const char* kUse =
    "package use\n\nimport \"example.test/app/disk\"\n\n"
    "func Use(base, name string) error { return disk.Wipe(base + \"/\" + name) }\n";

TEST_F(Stdin, UsesTheTextGivenAndTheFactsOfTheModule) {
  const Result result = Run("use/use.go", kUse);
  ASSERT_TRUE(Exits(1, result));
  const Json report = Json::parse(result.out);
  ASSERT_EQ(report["findings"].size(), 1U) << result.out;
  const Json& finding = report["findings"][0];
  EXPECT_EQ(finding["path"], "use/use.go");
  EXPECT_EQ(finding["rule"], "paths/join");
  EXPECT_EQ(finding["start"]["line"], 5);
  EXPECT_FALSE(finding["fix"].is_null());
  EXPECT_EQ(project_.Read("use/use.go"), "package use\n");
}

TEST_F(Stdin, SaysWhatTheWholeTreeSaysOfThatFile) {
  project_.Write("use/use.go", kUse);
  const Result whole = Whole();
  const Result one = Run("use/use.go", kUse);
  EXPECT_EQ(Json::parse(whole.out)["findings"], Json::parse(one.out)["findings"]);
}

TEST_F(Stdin, AFileThatIsNotThereYetIsOneOfItsPackage) {
  const Result result = Run("use/new.go", kUse);
  ASSERT_TRUE(Exits(1, result));
  EXPECT_EQ(Json::parse(result.out)["findings"][0]["path"], "use/new.go");
  EXPECT_FALSE(project_.Has("use/new.go"));
}

TEST_F(Stdin, SaysNothingOfOtherFiles) {
  project_.Write("use/use.go", kUse);
  EXPECT_TRUE(Exits(0, Run("disk/disk.go", "package disk\n")));
}

TEST_F(Stdin, ASettingIsJudgedByTheGoCodeAsItIs) {
  const auto write = [&](const std::string& use) {
    project_.Write("use/use.go",
                   "package use\n\nimport (\n\t\"encoding/json\"\n\t\"os\"\n)\n\n"
                   "type Config struct {\n\tDir  string `json:\"dir\"`\n"
                   "\tName string `json:\"name\"`\n}\n\n"
                   "func Use(text []byte) error {\n\tvar c Config\n"
                   "\tif err := json.Unmarshal(text, &c); err != nil {\n\t\treturn err\n\t}\n"
                   "\treturn " +
                       use + "\n}\n");
  };
  const std::string text = "{\"dir\": \"/run/app/state\", \"name\": \"/run/app/name\"}\n";
  const auto lines = [&] {
    std::vector<std::string> rules;
    const Json report = Json::parse(Run("conf/app.json", text).out);
    for (const Json& finding : report["findings"]) {
      rules.push_back(finding["rule"]);
    }
    return rules;
  };
  write("os.Remove(c.Dir)");
  project_.Write("conf/app.json", text);
  const std::vector<std::string> one = {"settings/host-path"};
  EXPECT_EQ(lines(), one);
  EXPECT_EQ(lines(), one) << "from the cache";
  write("nil");
  EXPECT_EQ(lines(), std::vector<std::string>());
  write("os.Remove(c.Dir)");
  EXPECT_EQ(lines(), one);
}

/// The file of the cache.
fs::path FactsIn(const fs::path& cache) {
  for (const auto& entry : fs::directory_iterator(cache / "windlass" / "facts")) {
    return entry.path();
  }
  ADD_FAILURE() << "nothing is kept";
  return {};
}

TEST_F(Stdin, NoticesEveryChangeOfOtherFiles) {
  const std::string first = Run("use/use.go", kUse).out;
  EXPECT_EQ(Json::parse(first)["findings"].size(), 1U);
  // As many bytes, and the time that it had: the file is no longer removed.
  const fs::path disk = project_.directory() / "disk/disk.go";
  const auto time = fs::last_write_time(disk);
  std::string text = project_.Read("disk/disk.go");
  text.replace(text.find("os.Remove(file)"), 15, "error(nil)     ");
  project_.Write("disk/disk.go", text);
  fs::last_write_time(disk, time);
  EXPECT_TRUE(Exits(0, Run("use/use.go", kUse)));
  fs::remove(disk);
  EXPECT_TRUE(Exits(0, Run("use/use.go", kUse)));
}

TEST_F(Stdin, ADamagedCacheChangesNothing) {
  const std::string first = Run("use/use.go", kUse).out;
  const fs::path facts = FactsIn(cache_);
  const std::string kept = ReadFile(facts);
  for (const std::string& damaged : {std::string(), kept.substr(0, kept.size() / 2), kept + "more",
                                     std::string(kept.size(), 'x')}) {
    std::ofstream(facts, std::ios::binary | std::ios::trunc) << damaged;
    EXPECT_EQ(Run("use/use.go", kUse).out, first);
    EXPECT_EQ(ReadFile(facts).size(), kept.size()) << "it is not made anew";
  }
  fs::remove(facts);
  fs::create_directory(facts);  // nothing can be kept
  EXPECT_EQ(Run("use/use.go", kUse).out, first);
}

TEST_F(Stdin, ManyMayAskAtOnce) {
  const std::string first = Run("use/use.go", kUse).out;
  fs::remove_all(cache_);
  std::vector<std::thread> threads;
  std::vector<std::string> answers(8);
  for (std::string& answer : answers) {
    threads.emplace_back([&] { answer = Run("use/use.go", kUse).out; });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(answers, std::vector<std::string>(8, first));
  EXPECT_EQ(Run("use/use.go", kUse).out, first);
}

/// Processor time of all children so far, in seconds: what else the machine does is no matter.
double ChildSeconds() {
  rusage usage{};
  getrusage(RUSAGE_CHILDREN, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

TEST_F(Stdin, AnswersInATenthOfTheTimeOfTheTree) {
  // A service, many times over.
  const fs::path depot = WINDLASS_SOURCE_DIR "/corpus/depot";
  for (int i = 0; i < 40; ++i) {
    fs::copy(depot, project_.directory() / ("depot" + std::to_string(i)),
             fs::copy_options::recursive);
  }
  const auto cost = [](const std::function<Result()>& run) {
    const double before = ChildSeconds();
    EXPECT_TRUE(Exits(1, run()));
    return ChildSeconds() - before;
  };
  const double whole = cost([&] { return Whole(); });
  const std::string text = project_.Read("depot7/internal/store/store.go");
  double one = whole;
  for (int i = 0; i < 3; ++i) {
    one = std::min(one, cost([&] { return Run("depot7/internal/store/store.go", text); }));
  }
  EXPECT_LT(one, whole / 10) << "the tree takes " << whole << " s";
}

TEST_F(Stdin, ThePathMustLieBelow) {
  EXPECT_TRUE(Exits(2, Run("../x.go", "package x\n")));
  EXPECT_TRUE(Exits(2, windlass::e2e::Run(Command{.argv = {WINDLASS_BINARY, "check", "-"},
                                                  .directory = project_.directory()})));
}

}  // namespace
}  // namespace windlass::e2e
