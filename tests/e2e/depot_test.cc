// The main job, end to end: depot is migrated, the series applied with plain git, and the result
// built, tested and run on Linux and, under Wine, on Windows. corpus/README.md says what is wrong
// with it.

#include <gtest/gtest.h>

#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/e2e/service.h"

namespace windlass::e2e {
namespace {

using Seen = std::map<std::string, std::string>;

// What a Windows program answers before; after, it has to answer what a Linux program does.
const Seen kMisbehaviour = {
    {"absolute state directory", "made=false"},
    {"blob count", "5"},
    {"import", "400 stored=false,false"},
    {"list", ""},
    {"log parts kept",
     "depot-20200101T000000.000.log depot-20210101T000000.000.log depot-20220101T000000.000.log "
     "depot-of-the-other-company.log"},
    {"put into a frozen bucket", "201"},
    {"put into a new directory", "404 stored=false"},
    {"uploads kept", "put-fresh put-stale"},
    {"usage", "{}"},
};

bool EndsLinesIn(std::string_view ending, std::string_view text) {
  for (size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    if (!text.substr(0, at + 1).ends_with(ending)) {
      return false;
    }
  }
  return true;
}

class Depot : public ServiceTest {
 protected:
  Depot() : ServiceTest("depot") {}

  Seen ProbeOn(const Platform& platform, const std::string& name,
               const std::string& go = kOldGo) const {
    return Probe(work_, Build(repository_.directory(), "depot", work_ / name, platform, go),
                 platform);
  }
};

TEST_F(Depot, BuiltForAmd64OnlyBefore) {
  for (const std::string& go : GoCommands()) {
    for (const Platform& platform : {kLinux, kWindows}) {
      EXPECT_TRUE(Succeeds(Go(go, {"build", "./..."}, repository_.directory(), platform)));
    }
    for (const Platform& platform : {kLinuxArm, kWindowsArm}) {
      const Result result = Go(go, {"build", "./..."}, repository_.directory(), platform);
      EXPECT_NE(result.exit_code, 0) << platform.Name();
      EXPECT_NE(result.err.find("undefined: Hasher"), std::string::npos) << result.err;
    }
  }
}

TEST_F(Depot, BuildsAndVetsOnEveryPlatformAfter) {
  MigrateAndApply();
  for (const std::string& go : GoCommands()) {
    for (const Platform& platform : Platforms()) {
      for (const char* verb : {"build", "vet"}) {
        EXPECT_TRUE(Succeeds(Go(go, {verb, "./..."}, repository_.directory(), platform)))
            << platform.Name();
      }
    }
  }
  EXPECT_EQ(Unformatted(repository_.directory()), "");
}

TEST_F(Depot, BuildsAfterEveryCommit) {
  for (const fs::path& patch : Migrate(repository_, work_ / "series")) {
    Am(repository_, {patch});
    for (const Platform& platform : {kLinux, kWindows}) {
      EXPECT_TRUE(Succeeds(Go("go", {"vet", "./..."}, repository_.directory(), platform)))
          << platform.Name() << " after " << patch;
    }
  }
}

TEST_F(Depot, PassesItsOwnTestsBeforeAndAfter) {
  for (const std::string& go : GoCommands()) {
    EXPECT_TRUE(Succeeds(Go(go, {"test", "./..."}, repository_.directory())));
  }
  MigrateAndApply();
  // The tests as they were, whatever the series did to them, and then as they are.
  const Repository mixed(work_ / "mixed");
  mixed.CopyFrom(repository_.directory());
  ASSERT_TRUE(Succeeds(mixed.Git({"checkout", "before", "--", "*_test.go"})));
  for (const std::string& go : GoCommands()) {
    EXPECT_TRUE(Succeeds(Go(go, {"test", "./..."}, mixed.directory())));
    EXPECT_TRUE(Succeeds(Go(go, {"test", "./..."}, repository_.directory())));
  }
}

TEST_F(Depot, MisbehavesOnWindowsBefore) {
  Seen seen = ProbeOn(kWindows, "before.exe");
  for (const auto& [what, answer] : kMisbehaviour) {
    EXPECT_EQ(seen[what], answer) << what;
  }
  EXPECT_NE(seen["log names"].find(R"(\\logs\\depot-20220101T000000.000.log)"), std::string::npos)
      << seen["log names"];
}

TEST_F(Depot, BehavesOnWindowsAsOnLinuxAfter) {
  const Seen want = ProbeOn(kLinux, "before");
  MigrateAndApply();
  for (const std::string& go : GoCommands()) {
    Seen seen = ProbeOn(
        kWindows, "after-" + fs::path(go).parent_path().parent_path().filename().string() + ".exe",
        go);
    for (const auto& [what, answer] : want) {
      EXPECT_EQ(seen[what], answer) << what << " with " << go;
    }
    for (const auto& [what, wrong] : kMisbehaviour) {
      EXPECT_NE(seen[what], wrong) << what << " with " << go;
    }
    EXPECT_EQ(seen.size(), want.size());
  }
}

TEST_F(Depot, BehavesOnLinuxAsBefore) {
  const Seen before = ProbeOn(kLinux, "before");
  ASSERT_GE(before.size(), kMisbehaviour.size());
  MigrateAndApply();
  EXPECT_EQ(ProbeOn(kLinux, "after"), before);
}

TEST_F(Depot, LeavesEverythingAloneThatIsNoHostPath) {
  const auto before = repository_.Files();
  MigrateAndApply();
  auto after = repository_.Files();
  for (const char* file : {".gitignore",
                           "Dockerfile",
                           "Makefile",
                           "README.md",
                           "cmd/depot/main.go",
                           "cmd/depot/serve.go",
                           "cmd/depot/serve_linux.go",
                           "go.mod",
                           "internal/config/env.go",
                           "internal/config/testdata/crlf.env",
                           "internal/config/yaml.go",
                           "conf/frozen.txt",
                           "internal/digest/digest_amd64.go",
                           "internal/hostinfo/hostinfo.go",
                           "internal/hostinfo/rss_linux.go",
                           "internal/hostinfo/rss_other.go",
                           "internal/hostinfo/site_unix.go",
                           "internal/mirror/mirror.go",
                           "internal/mirror/mirror_test.go",
                           "internal/web/blobs.go",
                           "internal/web/server.go",
                           "internal/web/static/app.js",
                           "internal/web/static/index.html",
                           "internal/web/static/logo.png",
                           "internal/web/ui.go",
                           "scripts/reload.sh"}) {
    ASSERT_TRUE(before.count(file)) << file;
    EXPECT_EQ(after[file], before.at(file)) << file;
  }
  for (const auto& [file, object] : before) {
    EXPECT_EQ(after[file].substr(0, 6), object.substr(0, 6)) << "mode of " << file;
  }
}

TEST_F(Depot, KeepsTheRolesWithinOneFile) {
  MigrateAndApply();
  const std::string archive = repository_.Read("internal/store/archive.go");
  for (const char* kept :
       {R"(path.Base(hdr.Name) == meta)", R"(name := bucket + "/" + filepath.ToSlash(e.Name))",
        R"(zw.Create(path.Join(bucket, filepath.ToSlash(e.Name))))"}) {
    EXPECT_NE(archive.find(kept), std::string::npos) << kept;
  }
  const std::string store = repository_.Read("internal/store/store.go");
  for (const char* kept :
       {R"(key := bucket + "/" + name)", R"(s.sums[bucket+"/"+name])",
        R"(fs.ValidPath(bucket+"/"+name))", R"(range strings.Split(bucket+"/"+name, "/"))"}) {
    EXPECT_NE(store.find(kept), std::string::npos) << kept;
  }
  const std::string config = repository_.Read("internal/config/config.go");
  for (const char* kept :
       {R"(item = item + "/32")", R"(mime = "application" + "/" + mime)",
        R"(strings.Trim(values["mirror.prefix"], "/"))", R"(cfg.PublicURL.Path = "/")"}) {
    EXPECT_NE(config.find(kept), std::string::npos) << kept;
  }
}

TEST_F(Depot, RewritesEveryGluedHostPath) {
  MigrateAndApply();
  const std::map<std::string, std::vector<std::string>> gone = {
      {"internal/config/config.go",
       {R"(dir + "/depot.yaml")", R"(fmt.Sprintf("%s/%s", dir)", "!path.IsAbs(dir)"}},
      {"internal/digest/digest.go", {R"(dir + "/" + name)"}},
      {"internal/hostinfo/site_windows.go", {R"("C:\\depot\\site\\" + name)"}},
      {"internal/pidfile/pidfile.go", {R"(= path.Join(dir)", R"(dir + "/" + name)"}},
      {"internal/rotate/rotate.go",
       {R"(w.dir + "/" + w.name)", R"(w.dir+"/"+w.name)", R"(fmt.Sprintf("%s/%s-%s.log")"}},
      {"internal/store/store.go",
       {R"((root+"/"+incoming)", R"((s.root+"/"+incoming)", R"(s.root + "/" + bucket)",
        R"(fmt.Sprintf("%s/%s/%s", s.root)", "= path.Join(s.root", "(path.Dir(target)"}},
      {"internal/store/archive.go", {R"((target, dir+"/"))", "(path.Join(s.root"}},
  };
  for (const auto& [file, fragments] : gone) {
    const std::string before = ReadFile(fs::path(WINDLASS_SOURCE_DIR) / "corpus/depot" / file);
    const std::string after = repository_.Read(file);
    for (const std::string& fragment : fragments) {
      ASSERT_NE(before.find(fragment), std::string::npos) << file << ": " << fragment;
      const size_t at = after.find(fragment);
      const bool wrapped = at != std::string::npos && after.substr(0, at).ends_with("FromSlash(");
      EXPECT_TRUE(at == std::string::npos || wrapped) << file << ": " << fragment;
    }
  }
}

TEST_F(Depot, LineEndingsSuitTheirReaders) {
  MigrateAndApply();
  EXPECT_EQ(repository_.Read("scripts/backup.sh").find('\r'), std::string::npos);
  const std::string attributes = repository_.Read(".gitattributes");
  for (const char* line : {"*.go", "*.sh", "*.bat", "testdata/**"}) {
    EXPECT_NE(attributes.find(line), std::string::npos) << line;
  }
  // What counts is what the next clone gets, and that git sees no change in it.
  const Repository clone(work_ / "clone");
  ASSERT_TRUE(Succeeds(repository_.Git({"clone", "--quiet", ".", clone.directory().string()})));
  EXPECT_EQ(clone.Read("scripts/backup.sh").find('\r'), std::string::npos);
  EXPECT_TRUE(EndsLinesIn("\r\n", clone.Read("scripts/install.bat")));
  const std::string yaml = clone.Read("conf/depot.yaml");
  EXPECT_TRUE(EndsLinesIn("\r\n", yaml) || yaml.find('\r') == std::string::npos);
  for (const char* untouched :
       {"internal/config/testdata/crlf.env", "internal/web/static/logo.png"}) {
    EXPECT_EQ(clone.Read(untouched), repository_.Read(untouched)) << untouched;
  }
  EXPECT_EQ(clone.Status(), "");
  // What was converted agrees with the attributes that came with it: normalizing finds nothing to
  // do.
  const Result converted = clone.Git({"diff", "--name-only", "before", "HEAD"});
  ASSERT_TRUE(Succeeds(clone.Git({"add", "--renormalize", "."})));
  const Result wrong = clone.Git({"diff", "--name-only", "--cached"});
  std::istringstream names(wrong.out);
  for (std::string name; std::getline(names, name);) {
    EXPECT_EQ(converted.out.find(name + "\n"), std::string::npos) << name;
  }
}

TEST_F(Depot, SecondMigrationFindsNothing) {
  MigrateAndApply();
  EXPECT_EQ(Migrate(repository_, work_ / "again"), std::vector<fs::path>());
}

TEST_F(Depot, SeriesDependsOnNothingButTheTree) {
  const auto series = [&](const std::string& out, std::vector<std::string> flags) {
    Seen files;
    Migrate(repository_, work_ / out, std::move(flags));
    for (const auto& entry : fs::directory_iterator(work_ / out)) {
      files[entry.path().filename().string()] = ReadFile(entry.path());
    }
    return files;
  };
  const Seen first = series("first", {});
  EXPECT_TRUE(first.count("README.md"));
  EXPECT_GE(first.size(), 4U);
  EXPECT_EQ(series("second", {}), first);
  EXPECT_EQ(series("one", {"-j1"}), first);
  EXPECT_EQ(series("four", {"-j4"}), first);
  EXPECT_EQ(repository_.Status(), "") << "migrate -o wrote into the repository";
}

}  // namespace
}  // namespace windlass::e2e
