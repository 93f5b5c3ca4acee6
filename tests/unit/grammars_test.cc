#include <tree_sitter/api.h>

#include <memory>
#include <ostream>
#include <string_view>

#include "grammars/languages.h"
#include "gtest/gtest.h"

namespace windlass {
namespace {

struct Sample {
  std::string_view name;
  const TSLanguage* (*language)();
  std::string_view text;
  std::string_view root;
};

std::ostream& operator<<(std::ostream& out, const Sample& sample) {
  return out << sample.name;
}

class GrammarTest : public testing::TestWithParam<Sample> {};

TEST_P(GrammarTest, LoadsAndParses) {
  const Sample& sample = GetParam();
  std::unique_ptr<TSParser, decltype(&ts_parser_delete)> parser(ts_parser_new(), &ts_parser_delete);
  ASSERT_TRUE(ts_parser_set_language(parser.get(), sample.language()));
  std::unique_ptr<TSTree, decltype(&ts_tree_delete)> tree(
      ts_parser_parse_string(parser.get(), nullptr, sample.text.data(),
                             static_cast<uint32_t>(sample.text.size())),
      &ts_tree_delete);
  ASSERT_NE(tree, nullptr);
  const TSNode root = ts_tree_root_node(tree.get());
  EXPECT_EQ(ts_node_type(root), sample.root);
  EXPECT_FALSE(ts_node_has_error(root));
  EXPECT_GT(ts_node_named_child_count(root), 0U);
}

INSTANTIATE_TEST_SUITE_P(
    All, GrammarTest,
    testing::Values(
        Sample{"dockerfile", &tree_sitter_dockerfile,
               "FROM golang AS build\nRUN <<EOF\ngo build\nEOF\nCMD [\"x\"]\n", "source_file"},
        Sample{"dotenv", &tree_sitter_dotenv, "# c\nexport A=\"b\nc\"\n[s]\nd = e\n",
               "source_file"},
        Sample{"go", &tree_sitter_go, "package p\n\nfunc f() string { return a + \"/\" + b }\n",
               "source_file"},
        Sample{"gomod", &tree_sitter_gomod, "module example.test/m\n\ngo 1.22\n", "source_file"},
        Sample{"json", &tree_sitter_json, R"({"a": [1, true, null, "x"]})", "document"},
        Sample{"powershell", &tree_sitter_powershell, "Get-Item $env:TEMP | Remove-Item -Force\n",
               "program"},
        Sample{"toml", &tree_sitter_toml, "[a]\nb = \"\"\"\nx\n\"\"\"\n", "document"},
        Sample{"yaml", &tree_sitter_yaml, "a:\n  - b: |\n      text\n    c: 'x'\n", "stream"}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace windlass
