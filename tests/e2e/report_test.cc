// The page of `migrate --report`, as a browser without a network shows it.

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <string_view>
#include <utility>

#include "tests/e2e/repository.h"

namespace windlass::e2e {
namespace {

/// What chromium makes of a page, scripts run.
std::string Shown(const fs::path& page) {
  const Result result =
      Run({.argv = {"chromium", "--headless", "--no-sandbox", "--disable-gpu",
                    "--disable-background-networking", "--user-data-dir=" + page.string() + ".user",
                    "--virtual-time-budget=5000", "--dump-dom", "file://" + page.string()}});
  EXPECT_TRUE(Succeeds(result));
  return result.out;
}

/// The same of the report, with `script` run after its own.
std::string Dom(const fs::path& page, const std::string& script = "") {
  const fs::path copy = page.string() + ".shown.html";
  std::ofstream(copy, std::ios::binary) << ReadFile(page) << "<script>" << script << "</script>";
  return Shown(copy);
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

/// Tells what is wrong with the page: wider than the window, a control without a name or
/// out of the keyboard's reach, a part or a table without one, texts that are hard to read by day
/// or night.
constexpr const char* kLook = R"js(
const wrong = [];
const width = document.documentElement.scrollWidth;
if (width > innerWidth) wrong.push("is " + width + " wide in " + innerWidth);
for (const e of document.querySelectorAll("select, input, button, a, summary, .scroll")) {
  if (e.closest("[hidden]")) continue;
  const name = e.labels?.[0]?.textContent || e.textContent || e.getAttribute("aria-labelledby");
  if (!name?.trim()) wrong.push("no name: " + e.outerHTML);
  if (e.tabIndex < 0) wrong.push("no way by keyboard: " + e.outerHTML);
}
for (const e of document.querySelectorAll("section, [role=region], nav"))
  if (!e.ariaLabel && !document.getElementById(e.getAttribute("aria-labelledby"))?.textContent)
    wrong.push("a part without a name");
for (const e of document.querySelectorAll("th")) if (!e.scope) wrong.push("a head without scope");
let last = 0;
for (const e of document.querySelectorAll("h1, h2, h3")) {
  if (e.tagName[1] - last > 1) wrong.push("a heading too deep: " + e.textContent);
  last = +e.tagName[1];
}
const light = colour => {
  const probe = document.createElement("i");
  probe.style.color = colour;
  document.body.append(probe);
  const parts = getComputedStyle(probe).color.match(/\d+/g).slice(0, 3).map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  probe.remove();
  return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
};
const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort(); return (y + 0.05) / (x + 0.05); };
const rules = [...document.styleSheets[0].cssRules];
const roots = [rules.find(r => r.selectorText === ":root"),
  rules.find(r => r.conditionText?.includes("dark")).cssRules[0]];
for (const root of roots) {
  const of = name => root.style.getPropertyValue("--" + name).trim();
  for (const ink of ["ink", "dim", "safe", "review", "suggested", "refused", "link"])
    for (const paper of ["paper", "card", ...(ink === "ink" ? ["add", "del"] : [])])
      if (contrast(of(ink), of(paper)) < 4.5) wrong.push(ink + " on " + paper);
}
parent.postMessage(innerWidth + " wide: " + (wrong.join("; ") || "well"), "*");
)js";

/// What kLook says of the page in a frame so many pixels wide; no window gets as narrow as a phone.
std::string Look(const fs::path& page, int width) {
  const fs::path copy = page.string() + ".shown.html";
  const fs::path frame = page.string() + ".frame.html";
  std::ofstream(copy, std::ios::binary) << ReadFile(page) << "<script>" << kLook << "</script>";
  std::ofstream(frame) << "<script>onmessage = e => document.title = e.data</script>"
                       << "<iframe style='width: " << width << "px; height: 800px; border: 0' src='"
                       << copy.filename().string() << "'></iframe>";
  const std::string dom = Shown(frame);
  const size_t begin = dom.find("<title>") + 7;
  return dom.substr(begin, dom.find('<', begin) - begin);
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

TEST_F(ReportPage, IsReadableOnAPhoneByKeyboardAndAtNight) {
  for (const auto& [files, lines] : {std::pair(5, 1), std::pair(100, 50)}) {
    fs::remove_all(repository_.directory());
    WritePaths(repository_, files, lines);
    WriteReport();
    for (const int width : {360, 1280}) {
      EXPECT_EQ(Look(page_, width), std::to_string(width) + " wide: well");
    }
  }
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
