// What is read of the files around the Go code: Dockerfiles, YAML, settings.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "transformer/facts/config_values.h"
#include "transformer/facts/dockerfile.h"
#include "transformer/facts/manifests.h"
#include "transformer/facts/yaml_view.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

struct Parsed {
  Parsed(std::string_view text, Language language)
      : source("file", std::string(text)), tree(Tree::Parse(source, language).value_or(nullptr)) {}

  SourceFile source;
  std::unique_ptr<Tree> tree;
};

TEST(DockerfileTest, StagesAreTiedAndVariablesPutIn) {
  const Parsed parsed(
      "ARG TAG=ltsc2022\nARG BASE=mcr.microsoft.com/windows/nanoserver:$TAG\n"
      "FROM --platform=$BUILDPLATFORM golang AS Build\nFROM ${BASE} AS base\n"
      "FROM base\nCOPY --from=build /a C:/a\nWORKDIR \"C:\\x\"\nENV A=b\\ c\n",
      Language::kDockerfile);
  const Dockerfile file = Dockerfile::Read(*parsed.tree);
  ASSERT_EQ(file.stages.size(), 3U);
  EXPECT_EQ(file.stages[0].name, "build");
  EXPECT_EQ(file.stages[0].os, ImageOs::kLinux);
  EXPECT_EQ(file.stages[1].image, "mcr.microsoft.com/windows/nanoserver:ltsc2022");
  EXPECT_EQ(file.stages[2].base, 1U);
  EXPECT_EQ(file.stages[2].os, ImageOs::kWindows);
  EXPECT_TRUE(IsNanoServer(file.stages[2].root_image));
  EXPECT_EQ(file.FindStage("BUILD"), 0U);
  EXPECT_EQ(file.FindStage("1"), 1U);
  EXPECT_EQ(file.FindStage("alpine"), std::nullopt);
  const DockerStage& last = file.stages[2];
  EXPECT_EQ(file.Flag(last.Last("COPY")->node, "from"), "build");
  EXPECT_EQ(file.Word(last.Last("WORKDIR")->node.Field("path")), "C:\\x");
  EXPECT_EQ(file.Word(last.Last("ENV")->node.NamedChild(0).Field("value")), "b c");
}

TEST(DockerfileTest, ImagesTellTheirSystem) {
  for (const char* image : {"mcr.microsoft.com/windows/servercore:ltsc2022",
                            "golang:1.22-nanoserver-1809", "example.test/x:1-windows-amd64"}) {
    EXPECT_EQ(ImageOsOf(image), ImageOs::kWindows) << image;
  }
  for (const char* image : {"alpine", "gcr.io/distroless/static", "golang:1.22-bookworm"}) {
    EXPECT_EQ(ImageOsOf(image), ImageOs::kLinux) << image;
  }
  EXPECT_EQ(ImageOsOf("golang:1.22"), ImageOs::kUnknown);
  EXPECT_EQ(ImageOsOf("scratch"), ImageOs::kUnknown);
}

TEST(YamlViewTest, AliasesAndMergeKeysAreFollowed) {
  const Parsed parsed(
      "base: &base\n  a: 'it''s'\n  b: \"x\\ty\"\none:\n  <<: *base\n  b: [1, {c: *base}]\n"
      "---\nsecond: true\n",
      Language::kYaml);
  const std::vector<YamlValue> documents = YamlDocuments(*parsed.tree);
  ASSERT_EQ(documents.size(), 2U);
  EXPECT_EQ(documents[0].At("one.a").Text(), "it's");
  EXPECT_EQ(documents[0].At("base.b").Text(), "x\ty");
  EXPECT_EQ(documents[0].At("one.b").Items()[1].At("c.a").Text(), "it's");
  EXPECT_FALSE(documents[0].At("one.none.more"));
  EXPECT_EQ(documents[1].Get("second").Text(), "true");
}

TEST(YamlViewTest, AnAliasOfItselfEnds) {
  const Parsed parsed("a: &a\n  <<: *a\n  b: *a\n", Language::kYaml);
  EXPECT_FALSE(YamlDocuments(*parsed.tree)[0].At("a.none"));
  EXPECT_LT(ReadConfig(*parsed.tree).size(), 10U);
}

TEST(ManifestsTest, TemplatesAreTold) {
  EXPECT_TRUE(IsTemplatedYaml("a: {{ .Values.x }}\n"));
  EXPECT_TRUE(IsTemplatedYaml("{{- if eq 1 1 }}\n"));
  EXPECT_FALSE(IsTemplatedYaml("a: {b: {c: d}}\n"));
}

std::string Joined(const std::vector<ConfigValue>& values) {
  std::string text;
  for (const ConfigValue& value : values) {
    for (const std::string& key : value.keys) {
      text += Cat(key, ".");
    }
    text += Cat("=", value.text, "\n");
  }
  return text;
}

TEST(ConfigValuesTest, EveryLanguageGivesKeysAndTexts) {
  const Parsed toml("a = \"x\"\n[b.c]\n\"d e\" = '''y'''\n[[f]]\ng.h = [\"1\", \"2\"]\n",
                    Language::kToml);
  EXPECT_EQ(Joined(ReadConfig(*toml.tree)), "a.=x\nb.c.d e.=y\nf.g.h.=1\nf.g.h.=2\n");
  const Parsed json(R"({"a": {"b": ["x", 1, {"c": "C:\\y"}]}})", Language::kJson);
  EXPECT_EQ(Joined(ReadConfig(*json.tree)), "a.b.=x\na.b.c.=C:\\y\n");
  const Parsed yaml("a: x\nb:\n  - c: 'y'\n  - z\n", Language::kYaml);
  EXPECT_EQ(Joined(ReadConfig(*yaml.tree)), "a.=x\nb.c.=y\nb.=z\n");
  const Parsed dotenv("export A='x'\n[s]\nB=C:\\y\nD=\n", Language::kDotenv);
  EXPECT_EQ(Joined(ReadConfig(*dotenv.tree)), "A.=x\ns.B.=C:\\y\n");
}

}  // namespace
}  // namespace windlass
