// The habits of the code base that a compiler does not check: who may include whom, and how long
// things may be.

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "re2/re2.h"

namespace windlass {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 6> kLayers = {"text",  "syntax", "facts",
                                                     "rules", "patch",  "driver"};
constexpr size_t kMaxFileLines = 600;
constexpr size_t kMaxFunctionLines = 60;

struct Source {
  std::string path;
  std::vector<std::string> lines;
};

std::vector<Source> SourcesBelow(std::initializer_list<std::string_view> folders) {
  std::vector<Source> sources;
  const fs::path root = WINDLASS_SOURCE_DIR;
  for (const std::string_view folder : folders) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / folder)) {
      const std::string extension = entry.path().extension().string();
      if (extension != ".cc" && extension != ".h" && extension != ".c") {
        continue;
      }
      Source& source = sources.emplace_back();
      source.path = entry.path().lexically_relative(root).generic_string();
      std::ifstream in(entry.path());
      for (std::string line; std::getline(in, line);) {
        source.lines.push_back(line);
      }
    }
  }
  return sources;
}

std::string Place(const Source& source, size_t line_index) {
  return source.path + ":" + std::to_string(line_index + 1);
}

/// The position of a layer in kLayers, or one past the end for anything that is no layer.
size_t Rank(std::string_view layer) {
  return static_cast<size_t>(std::ranges::find(kLayers, layer) - kLayers.begin());
}

TEST(LayeringTest, LayersIncludeOnlyThoseBeforeThem) {
  const RE2 own(R"(^transformer/(\w+)/)");
  const RE2 include(R"re(^\s*#\s*include\s+"((?:transformer|tools|tests)/(\w+)/?[^"]*)")re");
  for (const Source& source : SourcesBelow({"transformer"})) {
    std::string layer;
    ASSERT_TRUE(RE2::PartialMatch(source.path, own, &layer)) << source.path;
    ASSERT_LT(Rank(layer), kLayers.size()) << source.path << " is in no layer";
    for (size_t i = 0; i < source.lines.size(); ++i) {
      std::string path;
      std::string other;
      if (RE2::PartialMatch(source.lines[i], include, &path, &other)) {
        EXPECT_LE(Rank(other), Rank(layer)) << Place(source, i) << ": " << path << " is above";
      }
    }
  }
}

TEST(LayeringTest, OnlySyntaxIncludesTreeSitter) {
  const RE2 include(R"(^\s*#\s*include\s+["<](?:tree_sitter/|grammars/))");
  for (const Source& source : SourcesBelow({"transformer", "tools"})) {
    for (size_t i = 0; i < source.lines.size(); ++i) {
      EXPECT_TRUE(source.path.starts_with("transformer/syntax/") ||
                  !RE2::PartialMatch(source.lines[i], include))
          << Place(source, i) << ": tree-sitter is for transformer/syntax/ alone";
    }
  }
}

TEST(SizeTest, NoFileIsAbove600Lines) {
  for (const Source& source : SourcesBelow({"transformer", "tools", "tests"})) {
    EXPECT_LE(source.lines.size(), kMaxFileLines) << source.path;
  }
}

// In clang-format's layout a function at namespace or class level ends with a lone brace, and
// starts at the last line before it of the same indentation.
TEST(SizeTest, NoFunctionIsAbove60Lines) {
  const RE2 closing("^( {0,2})}$");
  const RE2 comment_or_macro(R"(^\s*(//|#|$))");
  for (const Source& source : SourcesBelow({"transformer", "tools", "tests"})) {
    for (size_t end = 0; end < source.lines.size(); ++end) {
      std::string indent;
      if (!RE2::FullMatch(source.lines[end], closing, &indent)) {
        continue;
      }
      size_t start = end;
      while (start > 0 && (RE2::PartialMatch(source.lines[start - 1], comment_or_macro) ||
                           source.lines[start - 1].find_first_not_of(' ') > indent.size())) {
        --start;
      }
      start -= start > 0 ? 1 : 0;
      EXPECT_LE(end - start + 1, kMaxFunctionLines)
          << Place(source, start) << ": " << source.lines[start];
    }
  }
}

}  // namespace
}  // namespace windlass
