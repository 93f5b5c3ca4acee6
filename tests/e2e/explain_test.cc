// windlass explain FILE:LINE: why a place was changed, refused or left alone, with the chain of
// evidence from source to sink.

#include <gtest/gtest.h>

#include <string>

#include "tests/e2e/repository.h"

namespace windlass::e2e {
namespace {

constexpr char kStore[] = R"(package store

import (
	"net/http"
	"os"
	"path"
)

type Store struct{ root string }

func (s *Store) Put(name string, data []byte) error {
	return os.WriteFile(s.file(name), data, 0o644)
}

func (s *Store) file(name string) string {
	return s.root + "/" + name
}

func Open(r *http.Request) (*os.File, error) {
	return os.Open(path.Clean(r.URL.Path))
}

func Link(host, name string) string {
	return "https://" + host + "/" + name
}
)";

class Explain : public testing::Test {
 protected:
  Explain() : repository_(work_ / "store") {
    repository_.Write("go.mod", "module example.test/store\n\ngo 1.19\n");
    repository_.Write("store.go", kStore);
    repository_.Init();
  }

  std::string Ask(const std::string& what) const {
    const Result result = Windlass({"explain", what}, repository_.directory());
    EXPECT_TRUE(Succeeds(result));
    return result.out;
  }

  Workspace work_;
  Repository repository_;
};

TEST_F(Explain, SaysWhatAnEditRestsOn) {
  const std::string said = Ask("store.go:16");
  EXPECT_NE(said.find("paths/join (review)"), std::string::npos) << said;
  EXPECT_NE(said.find("+ filepath.Join(s.root, name)"), std::string::npos) << said;
  EXPECT_NE(said.find("store.go:12: passed to os.WriteFile"), std::string::npos) << said;
}

TEST_F(Explain, SaysWhyAPlaceIsRefused) {
  const std::string said = Ask("store.go:20");
  EXPECT_NE(said.find("left alone, conflict"), std::string::npos) << said;
  EXPECT_NE(said.find("passed to os.Open"), std::string::npos) << said;
  EXPECT_NE(said.find("read from net/url.URL.Path"), std::string::npos) << said;
}

TEST_F(Explain, SaysWhatIsLeftAloneIs) {
  const std::string said = Ask("store.go:24");
  EXPECT_NE(said.find(": slash, proven"), std::string::npos) << said;
  EXPECT_EQ(Ask("store.go:9").find("paths/"), std::string::npos);
}

TEST_F(Explain, ShowsRulesAndKnowsWhatIsNoPlace) {
  EXPECT_NE(Ask("paths/join").find("filepath.Join"), std::string::npos);
  for (const char* wrong : {"store.go:0", "store.go:999", "store.go:x", "no.go:1", "no/rule"}) {
    EXPECT_TRUE(Exits(2, Windlass({"explain", wrong}, repository_.directory()))) << wrong;
  }
}

}  // namespace
}  // namespace windlass::e2e
