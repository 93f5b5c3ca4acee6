#include "transformer/rules/pack.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "transformer/rules/describe.h"
#include "transformer/rules/native/table.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

// A sound pack of one rule; the mistakes below are made by changing a piece of it.
constexpr std::string_view kHeader = "[pack]\nfamily = \"fam\"\norder = 1\ntitle = \"t\"\n";
constexpr std::string_view kBare =
    "[[rule]]\nid = \"one\"\nlanguage = \"go\"\nlevel = \"safe\"\nsummary = \"s\"\n";
constexpr std::string_view kQueryKey = "query = \"queries/q.scm\"\n";
constexpr std::string_view kQuery = "(selector_expression) @site\n";

absl::StatusOr<std::vector<std::unique_ptr<Pack>>> Load(std::string_view manifest,
                                                        std::string_view query) {
  const std::vector<PackFile> files = {{"README.md", "passed over"},
                                       {"fam/README.md", "page"},
                                       {"fam/pack.toml", std::string(manifest)},
                                       {"fam/queries/q.scm", std::string(query)},
                                       {"fam/tables/t.toml", "x = 1\n"},
                                       {"fam/templates/good.tmpl", "package @package\n"},
                                       {"fam/templates/bad.tmpl", "package p\n\n// @nosuch\n"},
                                       {"fam/templates/lone.tmpl", "package p\n\n// a @ b\n"}};
  return LoadPacks(files, "patches");
}

TEST(PackTest, LoadsEveryField) {
  const auto packs = Load(R"toml(
[pack]
family = "fam"
order = 7
title = "do things"

[[rule]]
id = "one"
language = "go"
level = "review"
summary = "it is so"
disabled = "nobody wants it"
paths = ["*_x.go", "cmd/**"]
prefilter = 'os\.Op'
query = "queries/q.scm"
where = { import = "os", not_constraint = ["windows", "!windows"], not_test = true, go_at_least = "1.20", text = { a = "x+" }, resolves = { f = ["os.Open", "path/filepath.Join"] } }
replace = "@filepath.Join(@a)"
imports = ["path/filepath"]
message = "no @f"
reason = "if @package allows"
new_files = [{ path = "@dir/x.go", template = "templates/good.tmpl", executable = true }]
)toml",
                          "(call_expression function: (_) @f arguments: (_) @a) @site");
  ASSERT_TRUE(packs.ok()) << packs.status();
  ASSERT_EQ(packs->size(), 1U);
  const Pack& pack = *packs->front();
  EXPECT_EQ(pack.family, "fam");
  EXPECT_EQ(pack.order, 7);
  EXPECT_EQ(pack.title, "do things");
  EXPECT_EQ(pack.origin, "patches/fam");
  EXPECT_EQ(pack.page, "page");
  EXPECT_EQ(pack.files.count("tables/t.toml"), 1U);
  EXPECT_EQ(pack.files.count("queries/q.scm"), 0U);
  ASSERT_EQ(pack.rules.size(), 1U);
  const Rule& rule = *pack.rules.front();
  EXPECT_EQ(rule.id, "fam/one");
  EXPECT_EQ(rule.family, "fam");
  EXPECT_EQ(rule.language, Language::kGo);
  EXPECT_EQ(rule.level, Level::kReview);
  EXPECT_EQ(rule.summary, "it is so");
  EXPECT_EQ(rule.disabled, "nobody wants it");
  EXPECT_EQ(rule.page, "page");
  EXPECT_EQ(rule.path_patterns.size(), 2U);
  EXPECT_EQ(rule.prefilter.size(), 1U);
  EXPECT_EQ(rule.where.import, std::vector<std::string>{"os"});
  EXPECT_EQ(rule.where.not_constraint.size(), 2U);
  EXPECT_TRUE(rule.where.not_test);
  EXPECT_EQ(rule.where.go_at_least, 20);
  ASSERT_EQ(rule.where.resolves.size(), 1U);
  EXPECT_EQ(rule.where.resolves[0].second.size(), 2U);
  ASSERT_EQ(rule.imports.size(), 1U);
  EXPECT_EQ(rule.imports[0].hole, "filepath");
  ASSERT_EQ(rule.new_files.size(), 1U);
  EXPECT_TRUE(rule.new_files[0].executable);
}

TEST(PackTest, SortsByOrderThenFamily) {
  std::vector<PackFile> files;
  for (const auto& [family, order] : {std::pair{"b", "2"}, {"c", "1"}, {"a", "2"}}) {
    files.push_back({Cat(family, "/pack.toml"),
                     Cat("[pack]\nfamily = \"", family, "\"\norder = ", order, "\ntitle = \"t\"\n",
                         kBare, kQueryKey, "replace = \"x\"\n")});
    files.push_back({Cat(family, "/queries/q.scm"), std::string(kQuery)});
  }
  const auto packs = LoadPacks(files, "");
  ASSERT_TRUE(packs.ok()) << packs.status();
  std::string order;
  for (const auto& pack : *packs) {
    order += pack->family;
  }
  EXPECT_EQ(order, "cab");
}

TEST(PackTest, TheCatalogueLoads) {
  const auto packs = LoadEmbeddedPacks();
  ASSERT_TRUE(packs.ok()) << packs.status();
  std::vector<std::string_view> used;
  for (const auto& pack : *packs) {
    EXPECT_NE(pack->page.find(RuleTableMarkdown(*pack)), std::string::npos)
        << "patches/" << pack->family << "/README.md lacks its table of rules:\n"
        << RuleTableMarkdown(*pack);
    for (const auto& rule : pack->rules) {
      if (rule->native != nullptr) {
        used.push_back(rule->native->name);
      }
    }
  }
  for (const NativeRule& row : NativeRules()) {
    EXPECT_NE(std::ranges::find(used, row.name), used.end())
        << row.name << " stands in rules/native/table.cc and no pack uses it";
  }
}

TEST(PackTest, APackHasRulesOrTables) {
  const std::string header = "[pack]\nfamily = \"fam\"\norder = 1\ntitle = \"t\"\n";
  std::vector<PackFile> files = {{"fam/pack.toml", header}};
  const auto empty = LoadPacks(files, "patches");
  EXPECT_EQ(Std(empty.status().message()),
            "patches/fam/pack.toml:1:2: there is no [[rule]]; add one or remove the folder");
  files.push_back({"fam/tables/t.toml", "x = 1\n"});
  EXPECT_TRUE(LoadPacks(files, "patches").ok());
}

// One mistake: what the pack says, and what the error must be.
struct Mistake {
  std::string name;
  std::string manifest;
  std::string error;
  std::string query = std::string(kQuery);
};

void PrintTo(const Mistake& mistake, std::ostream* out) {
  *out << mistake.name;
}

// A whole manifest with `lines` added to the rule, which has a query and nothing else to do.
std::string WithLines(std::string_view lines) {
  return Cat(kHeader, kBare, kQueryKey, lines);
}

class MistakeTest : public testing::TestWithParam<Mistake> {};

TEST_P(MistakeTest, IsAnErrorWithItsPlace) {
  const auto packs = Load(GetParam().manifest, GetParam().query);
  ASSERT_FALSE(packs.ok());
  EXPECT_EQ(Std(packs.status().message()), Cat("patches/fam/", GetParam().error));
}

const Mistake kMistakes[] = {
    // The manifest as a whole.
    {"Syntax", "[pack]\nfamily = fam\n",
     "pack.toml:2:12: Error while parsing boolean: expected 'false', saw 'fam'; mend the TOML"},
    {"UnknownTopKey", Cat(kHeader, "[[rules]]\nid = \"x\"\n"),
     "pack.toml:5:3: unknown key `rules` in the manifest; did you mean `rule`?"},
    {"NoPack", Cat(kBare, kQueryKey), "pack.toml:1:1: there is no [pack]; begin with one"},
    // [pack].
    {"UnknownPackKey", Cat(kHeader, "ordre = 3\n", kBare),
     "pack.toml:5:1: unknown key `ordre` in [pack]; did you mean `order`?"},
    {"NoTitle", Cat("[pack]\nfamily = \"fam\"\norder = 1\n", kBare),
     "pack.toml:1:1: [pack] has no `title`; add title = \"…\""},
    {"EmptyTitle", Cat("[pack]\nfamily = \"fam\"\norder = 1\ntitle = \"\"\n", kBare),
     "pack.toml:4:10: `title` is empty; write something"},
    {"NoOrder", Cat("[pack]\nfamily = \"fam\"\ntitle = \"t\"\n", kBare),
     "pack.toml:1:1: `order` must be an integer of at least 0: the place of the commits in a "
     "series"},
    {"OrderIsText", Cat("[pack]\nfamily = \"fam\"\norder = \"1\"\ntitle = \"t\"\n", kBare),
     "pack.toml:3:9: `order` is a TOML string; it must be an integer"},
    {"OtherFamily", Cat("[pack]\nfamily = \"fan\"\norder = 1\ntitle = \"t\"\n", kBare),
     "pack.toml:2:11: family `fan` lies in the folder `fam`; give both one name"},
    // Fields of a rule.
    {"UnknownKey", WithLines("replce = \"x\"\n"),
     "pack.toml:11:1: unknown key `replce` in [[rule]]; did you mean `replace`?"},
    {"NoId", Cat(kHeader, "[[rule]]\nlanguage = \"go\"\nlevel = \"safe\"\nsummary = \"s\"\n"),
     "pack.toml:5:1: [[rule]] has no `id`; add id = \"…\""},
    {"DuplicateId", Cat(WithLines("replace = \"x\"\n"), kBare, kQueryKey, "replace = \"y\"\n"),
     "pack.toml:13:1: rule `fam/one` is already defined at patches/fam/pack.toml:6:1; rename "
     "one"},
    {"IdOfOtherFamily", Cat(kHeader, "[[rule]]\nid = \"maf/one\"\nlanguage = \"go\"\n"),
     "pack.toml:6:7: rule `maf/one` lies in the family `fam`; begin its id with \"fam/\""},
    {"IdWithCapitals", Cat(kHeader, "[[rule]]\nid = \"One\"\nlanguage = \"go\"\n"),
     "pack.toml:6:7: `One` is no id; write \"fam/name\" with lower-case letters, digits and "
     "hyphens"},
    {"UnknownLanguage",
     Cat(kHeader, "[[rule]]\nid = \"one\"\nlanguage = \"golang\"\nlevel = \"safe\"\n",
         "summary = \"s\"\n"),
     "pack.toml:7:13: unknown language `golang`; one of text, go, gomod, yaml, json, toml, "
     "powershell, dockerfile, dotenv"},
    {"UnknownLevel",
     Cat(kHeader, "[[rule]]\nid = \"one\"\nlanguage = \"go\"\nlevel = \"revew\"\n",
         "summary = \"s\"\n"),
     "pack.toml:8:10: unknown level `revew`; did you mean `review`?"},
    {"LevelIsNumber",
     Cat(kHeader, "[[rule]]\nid = \"one\"\nlanguage = \"go\"\nlevel = 1\nsummary = \"s\"\n"),
     "pack.toml:8:9: `level` is a TOML integer; it must be a string"},
    {"EmptyDisabled", WithLines("disabled = \"\"\n"),
     "pack.toml:11:13: `disabled` is empty; say why the rule is off"},
    {"BadGlob", WithLines("paths = \"[z-a]\"\n"),
     "pack.toml:11:10: `[z-a]` is no glob; see patches/README.md"},
    {"EmptyPaths", WithLines("paths = []\n"),
     "pack.toml:11:9: `paths` is a TOML array; it must be a string or a non-empty array of "
     "strings"},
    {"NumberAmongPaths", WithLines("paths = [\"a\", 2]\n"),
     "pack.toml:11:15: `paths` is a TOML integer; it must be a string in each element"},
    {"BadPrefilter", WithLines("prefilter = ['ok', 'os\\.(Open']\n"),
     "pack.toml:11:21: missing ): os\\.(Open; mend the pattern (RE2 syntax)"},
    {"BadPrefilterOverLines", WithLines("prefilter = '''\nok[z-a]'''\n"),
     "pack.toml:12:4: invalid character class range: z-a; mend the pattern (RE2 syntax)"},
    // Queries.
    {"NoQueryFile", Cat(kHeader, kBare, "query = \"queries/x.scm\"\n"),
     "pack.toml:10:10: there is no patches/fam/queries/x.scm; write it or mend the name"},
    {"BrokenQuery", WithLines("replace = \"x\"\n"),
     "queries/q.scm:2:4: the grammar of go has no node `nosuch`; see its node-types.json",
     "(call_expression\n  (nosuch) @site)\n"},
    {"QueryOnText",
     Cat(kHeader, "[[rule]]\nid = \"one\"\nlanguage = \"text\"\nlevel = \"safe\"\n",
         "summary = \"s\"\n", kQueryKey),
     "pack.toml:10:10: text has no grammar to query; choose another language or `logic`"},
    {"NoCapture", WithLines("replace = \"x\"\n"),
     "queries/q.scm:1:1: the query captures nothing; mark the node in question @site",
     "(identifier)\n"},
    {"ManyCapturesNoSite", WithLines("replace = \"@a @b\"\n"),
     "queries/q.scm:1:1: the query captures several nodes; mark the one in question @site",
     "(call_expression function: (_) @a arguments: (_) @b)\n"},
    {"UnusedCapture", WithLines("replace = \"x\"\n"),
     "queries/q.scm:3:17: nothing uses `@f`; remove it, or call it `@_f`",
     "; a comment with @nothing\n(call_expression\n  function: (_) @f) @site\n"},
    {"CaptureNamedLikeVariable", WithLines("replace = \"@module\"\n"),
     "queries/q.scm:1:32: `@module` is the name of a variable; rename the capture",
     "(call_expression function: (_) @module) @site\n"},
    // Templates.
    {"UnknownHole", WithLines("replace = \"f(@stie)\"\n"),
     "pack.toml:11:14: unknown hole `@stie`; did you mean `site`? (@@ is an at sign)"},
    {"UnknownHoleInMessage", WithLines("replace = \"x\"\nmessage = 'not @that'\n"),
     "pack.toml:12:16: unknown hole `@that`; one of site, dir, file, module, module_dir, "
     "package, stem (@@ is an at sign)"},
    {"UnknownHoleInReason", WithLines("replace = \"x\"\nreason = 'not @that'\n"),
     "pack.toml:12:15: unknown hole `@that`; one of site, dir, file, module, module_dir, "
     "package, stem (@@ is an at sign)"},
    {"LoneAt", WithLines("replace = 'a @ b'\n"),
     "pack.toml:11:14: `@` begins no hole; write @name, @{name}, or @@ for an at sign"},
    {"OpenBrace", WithLines("replace = 'a @{b'\n"),
     "pack.toml:11:14: `@` begins no hole; write @name, @{name}, or @@ for an at sign"},
    // Imports.
    {"ImportOfNoName", WithLines("replace = 'x'\nimports = \"example.test/go-yaml\"\n"),
     "pack.toml:12:12: the last element of `example.test/go-yaml` cannot name a package; write "
     "its name before the path, as an import does"},
    {"ImportUnused", WithLines("replace = 'x'\nimports = [\"os\", \"path/filepath\"]\n"),
     "pack.toml:12:13: `replace` does not use this import; write @os where the package is meant"},
    {"ImportTwice", WithLines("replace = '@path2'\nimports = [\"a/path2\", \"b/path2\"]\n"),
     "pack.toml:12:24: `@path2` would stand for this import and for something else; rename the "
     "capture, or drop the import"},
    {"ImportLikeVariable", WithLines("replace = '@stem'\nimports = [\"x/stem\"]\n"),
     "pack.toml:12:13: `@stem` would stand for this import and for something else; rename the "
     "capture, or drop the import"},
    {"ImportWithCapture", WithLines("replace = '@x'\nimports = [\"@site/x\"]\n"),
     "pack.toml:12:13: unknown hole `@site`; one of dir, file, module, module_dir, package, stem "
     "(@@ is an at sign)"},
    {"ImportsWithoutReplace",
     WithLines("imports = [\"os\"]\nnew_files = [{ path = \"x\", template = "
               "\"templates/good.tmpl\" }]\n"),
     "pack.toml:11:13: `imports` serve `replace`; add it or remove them"},
    {"ImportsOutsideGo",
     Cat(kHeader, "[[rule]]\nid = \"one\"\nlanguage = \"json\"\nlevel = \"safe\"\n",
         "summary = \"s\"\n", kQueryKey, "replace = \"@os\"\nimports = [\"os\"]\n"),
     "pack.toml:12:13: only Go has imports and the rule is for json; remove `imports`",
     "(string) @site\n"},
    // New files.
    {"NewFilesIsTable", WithLines("new_files = { path = \"x\" }\n"),
     "pack.toml:11:13: `new_files` is a TOML table; it must be an array of tables"},
    {"NewFileHasNoPath", WithLines("new_files = [{ template = \"templates/good.tmpl\" }]\n"),
     "pack.toml:11:14: new_files has no `path`; add path = \"…\""},
    {"NewFileUnknownKey",
     WithLines("new_files = [{ path = \"x\", templat = \"templates/good.tmpl\" }]\n"),
     "pack.toml:11:28: unknown key `templat` in new_files; did you mean `template`?"},
    {"TemplateElsewhere", WithLines("new_files = [{ path = \"x\", template = \"good.tmpl\" }]\n"),
     "pack.toml:11:40: `good.tmpl` does not lie below templates/; move it"},
    {"NoTemplateFile",
     WithLines("new_files = [{ path = \"x\", template = \"templates/x.tmpl\" }]\n"),
     "pack.toml:11:40: there is no patches/fam/templates/x.tmpl; write it or mend the name"},
    {"UnknownHoleInFile",
     WithLines("new_files = [{ path = \"x\", template = \"templates/bad.tmpl\" }]\n"),
     "templates/bad.tmpl:3:4: unknown hole `@nosuch`; one of site, dir, file, module, module_dir, "
     "package, stem (@@ is an at sign)"},
    {"LoneAtInFile",
     WithLines("new_files = [{ path = \"x\", template = \"templates/lone.tmpl\" }]\n"),
     "templates/lone.tmpl:3:6: `@` begins no hole; write @name, @{name}, or @@ for an at sign"},
    {"UnknownHoleInPath",
     WithLines("new_files = [{ path = \"@dri/x\", template = \"templates/good.tmpl\" }]\n"),
     "pack.toml:11:24: unknown hole `@dri`; did you mean `dir`? (@@ is an at sign)"},
    {"ExecutableIsText",
     WithLines("new_files = [{ path = \"x\", template = \"templates/good.tmpl\", executable = "
               "\"yes\" }]\n"),
     "pack.toml:11:75: `executable` is a TOML string; it must be true or false"},
    // Guards.
    {"UnknownGuard", WithLines("where = { imports = \"os\" }\n"),
     "pack.toml:11:11: unknown key `imports` in where; did you mean `import`?"},
    {"WhereIsText", WithLines("where = \"os\"\n"),
     "pack.toml:11:9: `where` is a TOML string; it must be a table"},
    {"NotTestIsText", WithLines("where = { not_test = \"yes\" }\n"),
     "pack.toml:11:22: `not_test` is a TOML string; it must be true or false"},
    {"GoVersion", WithLines("where = { go_at_least = \"1.20.3\" }\n"),
     "pack.toml:11:26: `1.20.3` is no release of Go; write it like \"1.20\""},
    {"Constraint", WithLines("where = { constraint = \"windows &&\" }\n"),
     "pack.toml:11:25: `windows &&` is no build constraint: column 11: unexpected end of the "
     "build expression; write tags joined by &&, || and !, such as linux && !arm64"},
    {"TextPattern", WithLines("where = { text = { site = 'a)' } }\n"),
     "pack.toml:11:28: unexpected ): a); mend the pattern (RE2 syntax)"},
    {"TwoPatterns", WithLines("where = { text = { site = ['a', 'b'] } }\n"),
     "pack.toml:11:34: one pattern a capture; join alternatives with |"},
    {"UnknownScope", WithLines("scope = \"function\"\nprefilter = 'a'\n"),
     "pack.toml:11:10: unknown scope `function`; write declaration or file"},
    {"ScopeOfNothing", WithLines("scope = \"declaration\"\n"),
     "pack.toml:11:10: a rule needs a prefilter to tell which declarations it looks at"},
    {"GuardOnNoCapture", WithLines("replace = 'x'\nwhere = { text = { stie = 'a' } }\n"),
     "pack.toml:12:20: the query captures no `@stie`; did you mean `site`?"},
    {"ResolvesToNothing", WithLines("where = { resolves = { site = \"os/exec\" } }\n"),
     "pack.toml:11:32: `os/exec` names nothing that can be resolved; write \"import/path.Name\""},
    {"GoGuardOnYaml",
     Cat(kHeader, "[[rule]]\nid = \"one\"\nlanguage = \"yaml\"\nlevel = \"safe\"\n",
         "summary = \"s\"\n", kQueryKey, "where = { import = \"os\" }\n"),
     "pack.toml:11:11: the guard `import` asks about Go and the rule is for yaml; remove it",
     "(block_mapping) @site\n"},
    // What fields say of each other.
    {"NeitherQueryNorLogic", Cat(kHeader, kBare, "replace = \"x\"\n"),
     "pack.toml:6:1: the rule has neither `query` nor `logic`; add one"},
    {"NothingToDo", WithLines(""),
     "pack.toml:6:1: a safe rule must change something; add `replace`, `new_files` or `logic`, "
     "or make it suggest"},
    {"SuggestReplaces",
     Cat(kHeader, "[[rule]]\nid = \"one\"\nlanguage = \"go\"\nlevel = \"suggest\"\n",
         "summary = \"s\"\n", kQueryKey, "replace = \"x\"\n"),
     "pack.toml:6:1: a suggest rule changes nothing; remove `replace` and `new_files`, or make "
     "it review"},
    {"ReviewWithoutReason",
     Cat(kHeader, "[[rule]]\nid = \"one\"\nlanguage = \"go\"\nlevel = \"review\"\n",
         "summary = \"s\"\n", kQueryKey, "replace = \"x\"\n"),
     "pack.toml:6:1: a review rule must name its precondition; add reason = \"…\""},
    {"UnknownLogic", Cat(kHeader, kBare, "logic = \"write_git_attribute\"\n"),
     "pack.toml:10:10: unknown logic `write_git_attribute`; did you mean `write_git_attributes`? "
     "(rules/native/table.cc)"},
    {"LogicAndReplace", Cat(kHeader, kBare, "logic = \"write_git_attributes\"\nreplace = \"x\"\n"),
     "pack.toml:10:10: a rule has either `logic` or `replace`, `imports` and `new_files`; remove "
     "one kind"},
    {"LogicNeedsNoQuery", WithLines("logic = \"write_git_attributes\"\n"),
     "pack.toml:11:10: this logic looks at whole files or projects; remove the `query`"},
};

INSTANTIATE_TEST_SUITE_P(All, MistakeTest, testing::ValuesIn(kMistakes),
                         [](const auto& test) { return test.param.name; });

TEST(PackTest, AFolderNeedsAManifest) {
  const std::vector<PackFile> files = {{"fam/queries/q.scm", ""}};
  EXPECT_EQ(Std(LoadPacks(files, "here").status().message()),
            "here/fam/pack.toml:1:1: there is no such file; each folder of packs needs one");
}

}  // namespace
}  // namespace windlass
