// The page of `migrate --report`, as a browser without a network shows it.

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <string_view>

#include "tests/e2e/repository.h"

namespace windlass::e2e {
namespace {

/// What chromium makes of the page, scripts run. `script` is run after those of the page.
std::string Dom(const fs::path& page, const std::string& script = "") {
  const fs::path copy = page.string() + ".shown.html";
  std::ofstream(copy, std::ios::binary) << ReadFile(page) << "<script>" << script << "</script>";
  const Result result =
      Run({.argv = {"chromium", "--headless", "--no-sandbox", "--disable-gpu",
                    "--disable-background-networking", "--user-data-dir=" + page.string() + ".user",
                    "--dump-dom", "file://" + copy.string()}});
  EXPECT_TRUE(Succeeds(result));
  return result.out;
}

size_t Count(std::string_view text, std::string_view part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

bool Has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// A module with `files` files of `lines` glued paths each.
void WritePaths(const Repository& repository, int files, int lines) {
  repository.Write("go.mod", "module example.test/app\n\ngo 1.21\n");
  repository.Write(".gitattributes", "* text=auto eol=lf\n");
  repository.Write("CODEOWNERS", "* @all\n/f1.go @first\n");
  for (int f = 0; f < files; ++f) {
    const std::string name = "f" + std::to_string(f);
    std::string text = "package app\n\nimport \"os\"\n\nfunc " + name + "(dir, name string) {\n";
    for (int i = 0; i < lines; ++i) {
      text += "\tos.Remove(dir + \"/\" + name)\n";
    }
    repository.Write(name + ".go", text + "}\n");
  }
  repository.Init();
}

class ReportPage : public testing::Test {
 protected:
  ReportPage() : repository_(work_ / "app"), page_(work_ / "report.html") {}

  void WriteReport() const {
    EXPECT_TRUE(Succeeds(
        Windlass({"migrate", repository_.directory().string(), "-o", (work_ / "series").string(),
                  "--only", "paths", "--report", page_.string()})));
  }

  Workspace work_;
  Repository repository_;
  fs::path page_;
};

TEST_F(ReportPage, ShowsFiveFindings) {
  WritePaths(repository_, 5, 1);
  WriteReport();
  const std::string dom = Dom(page_);
  EXPECT_TRUE(Has(dom, "5 of 5 findings"));
  EXPECT_EQ(Count(dom, "<article>"), 5U);
  EXPECT_TRUE(Has(dom, "f1.go:6 "));
  EXPECT_TRUE(Has(dom, "Owner: @first"));
  EXPECT_TRUE(Has(dom, ">example.test/app</th>")) << "readiness";
}

TEST_F(ReportPage, ShowsFiveThousandInSteps) {
  WritePaths(repository_, 100, 50);
  WriteReport();
  const std::string dom = Dom(page_, "document.getElementById('more').click()");
  EXPECT_TRUE(Has(dom, "5000 of 5000 findings"));
  EXPECT_EQ(Count(dom, "<article>"), 200U);
}

TEST_F(ReportPage, FiltersAndOpensDiffs) {
  WritePaths(repository_, 12, 2);
  WriteReport();
  const std::string dom = Dom(page_,
                              "const f = document.getElementById('filters');"
                              "f.elements.owner.value = '@first';"
                              "f.dispatchEvent(new Event('input'));"
                              "const d = document.getElementById('commit-0'); d.open = true;"
                              "d.dispatchEvent(new Event('toggle'));"
                              "const i = d.querySelector('details'); i.open = true;"
                              "i.dispatchEvent(new Event('toggle'));");
  EXPECT_TRUE(Has(dom, "2 of 24 findings"));
  EXPECT_EQ(Count(dom, "<article>"), 2U);
  EXPECT_TRUE(Has(dom, "class=\"del\">-\tos.Remove(dir + \"/\" + name)"));
  EXPECT_TRUE(Has(dom, "class=\"add\">+\tos.Remove(filepath.Join(dir, name))"));
}

TEST_F(ReportPage, ComparesWithTheReportBefore) {
  WritePaths(repository_, 3, 1);
  WriteReport();
  EXPECT_TRUE(Has(Dom(page_), "<p id=\"trend\"></p>"));
  repository_.Write("f0.go", "package app\n");
  ASSERT_TRUE(Succeeds(repository_.Git({"commit", "--quiet", "--all", "--message=less"})));
  WriteReport();
  EXPECT_TRUE(Has(Dom(page_), "<p id=\"trend\">Since the earlier report: review -1"));
}

TEST_F(ReportPage, AnotherExtensionIsAnError) {
  WritePaths(repository_, 1, 1);
  const Result result = Windlass({"migrate", repository_.directory().string(), "-o",
                                  (work_ / "series").string(), "--report", "report.txt"});
  EXPECT_TRUE(Exits(2, result));
  EXPECT_TRUE(Has(result.err + result.out, ".html, .md or .json"));
  EXPECT_FALSE(fs::exists(work_ / "series"));
}

}  // namespace
}  // namespace windlass::e2e
