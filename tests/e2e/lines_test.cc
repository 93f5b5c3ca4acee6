// Family crlf with real Go: every form that it edits does to text in LF what it did before, and to
// the same text in CRLF what it does to LF.

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/e2e/repository.h"
#include "tests/e2e/toolchain.h"

namespace windlass::e2e {
namespace {

constexpr int kFiles = 40;

/// Text of a few lines, some of them empty; the last may lack its end.
std::string RandomText(std::mt19937& random) {
  static const std::vector<std::string> kLines = {
      "",        "key=value",  "key=",       "---", "name = two words ",
      "# note ", "key=a=b",    "\ttab\t",    "z",   "long line with key=inside",
      "",        "key=último", "Port: 8080", "y",   "\"quoted\""};
  std::string text = random() % 3 == 0 ? "---\nkey=first\n" : "first line\n";
  for (size_t lines = random() % 8; lines > 0; --lines) {
    text += kLines[random() % kLines.size()] + "\n";
  }
  return random() % 4 == 0 ? text + "end" : text;
}

std::string WithCrlf(const std::string& text) {
  std::string out;
  for (const char c : text) {
    out += c == '\n' ? "\r\n" : std::string(1, c);
  }
  return out;
}

class Lines : public testing::Test {
 protected:
  Lines() : repository_(work_ / "lines") {
    repository_.CopyFrom(fs::path(WINDLASS_SOURCE_DIR) / "tests/e2e/lines");
    repository_.Init();
    std::mt19937 random(20261126);
    for (const char* kind : {"lf", "crlf"}) {
      fs::create_directories(work_ / kind);
    }
    for (int i = 0; i < kFiles; ++i) {
      files_.push_back("text" + std::to_string(i) + ".env");
      const std::string text = RandomText(random);
      Repository(work_ / "lf").Write(files_.back(), text);
      Repository(work_ / "crlf").Write(files_.back(), WithCrlf(text));
    }
  }

  std::string BuildAs(const std::string& name, const Platform& platform) const {
    const fs::path program = work_ / name;
    EXPECT_TRUE(Succeeds(
        Go(kOldGo, {"build", "-o", program.string(), "."}, repository_.directory(), platform)));
    return program.string();
  }

  std::string Seen(const std::string& program, const std::string& kind,
                   const Platform& platform = kLinux) const {
    std::vector<std::string> args = files_;
    if (platform.os == "windows") {
      const Result result = Wine(program, std::move(args), work_ / kind);
      EXPECT_TRUE(Succeeds(result));
      return result.out;
    }
    args.insert(args.begin(), program);
    const Result result = e2e::Run({.argv = std::move(args), .directory = work_ / kind});
    EXPECT_TRUE(Succeeds(result));
    return result.out;
  }

  Workspace work_;
  Repository repository_;
  std::vector<std::string> files_;
};

/// The forms, and those of them that `a` and `b` tell differently.
std::pair<std::set<std::string>, std::set<std::string>> Compare(const std::string& a,
                                                                const std::string& b) {
  std::pair<std::set<std::string>, std::set<std::string>> out;
  std::istringstream left(a);
  std::istringstream right(b);
  for (std::string x, y; std::getline(left, x) && std::getline(right, y);) {
    const std::string form = x.substr(0, x.find('\t'));
    out.first.insert(form);
    if (x != y) {
      out.second.insert(form);
    }
  }
  return out;
}

TEST_F(Lines, EveryFormReadsBothEndingsAfter) {
  const std::string before = BuildAs("before", kLinux);
  const std::string want = Seen(before, "lf");
  const auto [forms, sensitive] = Compare(want, Seen(before, "crlf"));
  EXPECT_EQ(forms, sensitive) << "a form that shows no difference proves nothing";
  EXPECT_GE(forms.size(), 20U);

  Am(repository_, Migrate(repository_, work_ / "series", {"--only", "crlf"}));
  const std::string after = BuildAs("after", kLinux);
  EXPECT_EQ(Seen(after, "lf"), want);
  EXPECT_EQ(Compare(want, Seen(after, "crlf")).second, std::set<std::string>());
  const std::string windows = BuildAs("after.exe", kWindows);
  EXPECT_EQ(Compare(want, Seen(windows, "crlf", kWindows)).second, std::set<std::string>());
  for (const Platform& platform : Platforms()) {
    EXPECT_TRUE(Succeeds(Go("go", {"vet", "./..."}, repository_.directory(), platform)));
  }
  EXPECT_EQ(Unformatted(repository_.directory()), "");
}

TEST_F(Lines, AProjectChoosesTheHelper) {
  const std::string want = Seen(BuildAs("before", kLinux), "lf");
  repository_.Write("windlass.toml", "[rules]\n\"crlf/helper\" = true\n");
  ASSERT_TRUE(Succeeds(repository_.Git({"add", "."})));
  ASSERT_TRUE(Succeeds(repository_.Git({"commit", "--quiet", "-m", "choose"})));
  Am(repository_, Migrate(repository_, work_ / "series", {"--only", "crlf"}));
  EXPECT_TRUE(repository_.Has("internal/winport/text.go"));
  EXPECT_TRUE(repository_.Has("internal/winport/bytes.go"));
  EXPECT_NE(repository_.Read("forms.go").find("strings.Split(winport.LFString(read(path)), "),
            std::string::npos);
  const std::string after = BuildAs("after", kLinux);
  EXPECT_EQ(Seen(after, "lf"), want);
  EXPECT_EQ(Compare(want, Seen(after, "crlf")).second, std::set<std::string>());
}

}  // namespace
}  // namespace windlass::e2e
