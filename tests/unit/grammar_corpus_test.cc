// The examples of our own grammars: each text of grammars/*/test/corpus gives the tree below it.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "re2/re2.h"
#include "transformer/syntax/tree.h"

namespace windlass {
namespace {

struct Example {
  std::string title;
  std::string text;
  std::string tree;  // blanks made one
};

std::string OnOneLine(std::string text) {
  RE2::GlobalReplace(&text, R"(\s+)", " ");
  RE2::GlobalReplace(&text, R"(^ | $)", "");
  return text;
}

// ====, title, ====, text, blank line, ----, tree.
std::vector<Example> ReadExamples(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  static const LazyRE2 kExample = {
      R"((?s)={80}\n([^\n]+)\n={80}\n(.*?)\n-{80}\n(.*?)(?:$|\n(={80}\n)))"};
  std::vector<Example> examples;
  re2::StringPiece rest(bytes);
  Example example;
  re2::StringPiece next;
  while (
      RE2::FindAndConsume(&rest, *kExample, &example.title, &example.text, &example.tree, &next)) {
    example.tree = OnOneLine(example.tree);
    examples.push_back(example);
    if (!next.empty()) {
      rest = re2::StringPiece(next.data(),
                              static_cast<size_t>(bytes.data() + bytes.size() - next.data()));
    }
  }
  return examples;
}

void CheckExamples(std::string_view grammar, Language language) {
  const auto folder =
      std::filesystem::path(WINDLASS_SOURCE_DIR) / "grammars" / grammar / "test" / "corpus";
  size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    for (const Example& example : ReadExamples(entry.path())) {
      const SourceFile source("example", example.text);
      const auto tree = Tree::Parse(source, language);
      ASSERT_TRUE(tree.ok()) << example.title;
      EXPECT_EQ(OnOneLine((*tree)->root().Expression()), example.tree)
          << entry.path().filename() << ": " << example.title;
      ++count;
    }
  }
  EXPECT_GE(count, 5U);
}

TEST(GrammarCorpusTest, Dockerfile) {
  CheckExamples("dockerfile", Language::kDockerfile);
}

TEST(GrammarCorpusTest, Dotenv) {
  CheckExamples("dotenv", Language::kDotenv);
}

TEST(GrammarCorpusTest, LineEndsOfWindowsChangeNothing) {
  const std::string text =
      "# escape=`\r\nFROM a\r\nRUN b `\r\n # c\r\n d\r\nCOPY <<E /x\r\ny\r\nE\r\nCMD [\"z\"]\r\n";
  const SourceFile source("Dockerfile", text);
  const auto tree = Tree::Parse(source, Language::kDockerfile);
  ASSERT_TRUE(tree.ok());
  EXPECT_FALSE((*tree)->has_errors());
}

TEST(LanguageTest, NamesOfFilesTell) {
  for (const char* name : {"Dockerfile", "a/Dockerfile.windows", "web.Dockerfile", "dockerfile",
                           "Containerfile", "Dockerfile-alpine", "x.dockerfile"}) {
    EXPECT_EQ(LanguageForPath(name), Language::kDockerfile) << name;
  }
  for (const char* name : {".env", "a/.env.local", "prod.env", "app.ini", ".env.example"}) {
    EXPECT_EQ(LanguageForPath(name), Language::kDotenv) << name;
  }
  for (const char* name : {"Dockerfile.dockerignore", "Dockerfile.tmpl", "dockerfiles", ".envrc",
                           "Dockerfile.md", "environment", ".environment"}) {
    EXPECT_EQ(LanguageForPath(name), Language::kText) << name;
  }
  EXPECT_EQ(LanguageForPath("dockerfile.go"), Language::kGo);
  EXPECT_EQ(LanguageForPath("Dockerfile.yaml"), Language::kYaml);
}

}  // namespace
}  // namespace windlass
