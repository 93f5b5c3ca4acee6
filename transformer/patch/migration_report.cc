#include "transformer/patch/migration_report.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "nlohmann/json.hpp"
#include "transformer/text/status.h"
#include "transformer/text/strings.h"

namespace windlass {

/// The page of report.html, in which kDataMark stands for the data.
std::string_view ReportPage();

namespace {

using Json = nlohmann::ordered_json;

constexpr int kSchema = 1;
constexpr std::string_view kDataMark = "\"@data@\"";
constexpr std::string_view kDataBegin = "<script id=\"data\" type=\"application/json\">";
constexpr std::string_view kDataEnd = "</script>";
constexpr size_t kDiffContext = 3;
constexpr size_t kMaxDiff = size_t{256} << 10;

std::string Dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Minutes of a reviewer for one place, by what was done about it.
struct Minutes {
  std::string_view status;
  double each;
  std::string_view what;
};
constexpr std::array<Minutes, 5> kMinutes = {{{"safe", 0.5, "read a safe edit"},
                                              {"review", 3, "check the precondition of an edit"},
                                              {"suggested", 15, "decide on a suggestion"},
                                              {"refused", 10, "change a refused place by hand"},
                                              {"suppressed", 0, "nothing: somebody decided"}}};

/// What became of a finding: one of kMinutes' names.
std::string_view StatusOf(const Finding& finding) {
  if (finding.fix) {
    return finding.level == Level::kSafe ? "safe" : "review";
  }
  if (finding.refusal == Refusal::kSuppressed) {
    return "suppressed";
  }
  return finding.refusal ? "refused" : "suggested";
}

class Builder {
 public:
  explicit Builder(const MigrationReportInput& input) : input_(input) {}

  std::string Build() {
    for (const PatchCommit& commit : input_.series.commits) {
      AddCommit(commit);
    }
    for (const Finding& finding : input_.rest.findings) {
      AddFinding(finding, input_.sources(finding.path), "");
    }
    Json json;
    json["schema"] = kSchema;
    json["version"] = Version();
    json["date"] = input_.series.date;
    json["totals"] = totals_;
    json["families"] = families_;
    json["trend"] = Trend();
    json["effort"] = Effort();
    json["packages"] = Packages();
    json["commits"] = std::move(commits_);
    json["findings"] = std::move(findings_);
    json["skipped"] = Skips();
    json["files_seen"] = input_.rest.files_seen;
    return Dump(json);
  }

 private:
  void AddCommit(const PatchCommit& commit) {
    Json files = Json::array();
    std::map<std::string, SourceFile> before;
    for (const FileChange& file : commit.files) {
      const DiffStat stat = StatOf(file);
      std::string diff = TextDiff(file, true, kDiffContext);
      const bool cut = diff.size() > kMaxDiff;
      files.push_back({{"path", file.path},
                       {"added", stat.added},
                       {"removed", stat.removed},
                       {"owner", input_.owner(file.path)},
                       {"diff", cut ? "" : std::move(diff)},
                       {"cut", cut}});
      if (file.before) {
        before.try_emplace(file.old_path.empty() ? file.path : file.old_path, file.path,
                           *file.before);
      }
    }
    const std::string id = std::to_string(commits_.size());
    commits_.push_back({{"subject", commit.subject},
                        {"body", commit.body},
                        {"family", commit.family},
                        {"level", LevelName(commit.level)},
                        {"files", std::move(files)}});
    for (const Finding& finding : commit.findings) {
      const auto source = before.find(finding.path);
      AddFinding(finding, source == before.end() ? nullptr : &source->second, id);
    }
  }

  static size_t LineOf(const SourceFile* source, size_t byte) {
    return source != nullptr && byte <= source->size() ? source->PositionAt(byte).line : 0;
  }

  void AddFinding(const Finding& finding, const SourceFile* source, const std::string& commit) {
    const std::string status(StatusOf(finding));
    Json evidence = Json::array();
    for (const Related& related : finding.also) {
      const SourceFile* there =
          related.path == finding.path ? source : input_.sources(related.path);
      evidence.push_back({{"path", related.path},
                          {"line", LineOf(there, related.span.begin)},
                          {"what", related.message}});
    }
    findings_.push_back({{"rule", finding.rule},
                         {"family", finding.family},
                         {"level", LevelName(finding.level)},
                         {"status", status},
                         {"path", finding.path},
                         {"line", LineOf(source, finding.span.begin)},
                         {"owner", input_.owner(finding.path)},
                         {"message", finding.message},
                         {"reason", finding.reason},
                         {"refusal", finding.refusal ? RefusalName(*finding.refusal) : ""},
                         {"evidence", std::move(evidence)},
                         {"commit", commit}});
    Count(&totals_, status);
    Count(&families_[finding.family], status);
  }

  static void Count(Json* counts, const std::string& status) {
    Json& count = (*counts)[status];
    count = count.is_null() ? 1 : count.get<size_t>() + 1;
  }

  Json Effort() const {
    double minutes = 0;
    Json parts = Json::array();
    for (const Minutes& kind : kMinutes) {
      const size_t count = totals_.value(std::string(kind.status), size_t{0});
      if (count > 0 && kind.each > 0) {
        minutes += kind.each * static_cast<double>(count);
        parts.push_back({{"what", kind.what}, {"count", count}, {"minutes_each", kind.each}});
      }
    }
    return {
        {"minutes", minutes},
        {"parts", std::move(parts)},
        {"method",
         "Places times minutes of a reviewer who knows the code, by what was done about them. "
         "The minutes are a guess, the same for every project; tests and roll-out are not in it."}};
  }

  /// The totals now and in the earlier report; null without one.
  Json Trend() const {
    const Json earlier = Json::parse(input_.earlier, nullptr, false);
    if (!earlier.is_object() || !earlier.contains("totals")) {
      return nullptr;
    }
    return {{"date", earlier.value("date", int64_t{0})}, {"totals", earlier["totals"]}};
  }

  Json Packages() const {
    Json packages = Json::array();
    for (const PackageReadiness& package : input_.packages) {
      Json targets = Json::array();
      for (const TargetReadiness& target : package.targets) {
        targets.push_back({{"target", target.target},
                           {"files", target.files},
                           {"patched", target.patched},
                           {"open", target.open}});
      }
      packages.push_back({{"path", package.path}, {"targets", std::move(targets)}});
    }
    return packages;
  }

  Json Skips() const {
    Json skipped = Json::array();
    for (const Skipped& one : input_.rest.skipped) {
      skipped.push_back({{"path", one.path}, {"reason", one.reason}});
    }
    return skipped;
  }

  const MigrationReportInput& input_;
  Json totals_ = Json::object();
  Json families_ = Json::object();
  Json commits_ = Json::array();
  Json findings_ = Json::array();
};

std::string Replaced(std::string text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

/// Text within a cell of a Markdown table.
std::string Cell(const Json& value) {
  const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
  return Replaced(Replaced(Replaced(text, "\n", " "), "|", "\\|"), "<", "&lt;");
}

/// The state of a package on a target in a word.
std::string State(const Json& target) {
  if (target.value("files", 0) == 0) {
    return "no files";
  }
  const int open = target.value("open", 0);
  const int patched = target.value("patched", 0);
  return open > 0      ? Cat(std::to_string(open), " open")
         : patched > 0 ? Cat(std::to_string(patched), " patched")
                       : std::string("ready");
}

std::string CountsTable(const Json& json) {
  std::string out = "| family |";
  std::string rule = "|---|";
  for (const Minutes& kind : kMinutes) {
    out += Cat(" ", kind.status, " |");
    rule += "---:|";
  }
  out += Cat("\n", rule, "\n");
  for (const auto& [family, counts] : json["families"].items()) {
    out += Cat("| ", family, " |");
    for (const Minutes& kind : kMinutes) {
      out += Cat(" ", std::to_string(counts.value(std::string(kind.status), size_t{0})), " |");
    }
    out += "\n";
  }
  return out;
}

std::string PackagesTable(const Json& packages) {
  if (packages.empty()) {
    return "";
  }
  std::string out = "\n## Readiness\n\n| package |";
  std::string rule = "|---|";
  for (const Json& target : packages[0]["targets"]) {
    out += Cat(" ", Cell(target["target"]), " |");
    rule += "---|";
  }
  out += Cat("\n", rule, "\n");
  for (const Json& package : packages) {
    out += Cat("| ", Cell(package["path"]), " |");
    for (const Json& target : package["targets"]) {
      out += Cat(" ", State(target), " |");
    }
    out += "\n";
  }
  return out;
}

std::string FindingLine(const Json& finding) {
  std::string out =
      Cat("- ", Cell(finding["path"]), ":", finding["line"].dump(), " ", Cell(finding["rule"]),
          " (", Cell(finding["status"]), "): ", Cell(finding["message"]));
  if (!finding["reason"].get<std::string>().empty()) {
    out += Cat("; ", Cell(finding["reason"]));
  }
  return out + "\n";
}

}  // namespace

std::string MigrationReportJson(const MigrationReportInput& input) {
  return Builder(input).Build();
}

std::string MigrationReportHtml(std::string_view json) {
  // Nothing in the data may end the script element.
  return Replaced(std::string(ReportPage()), kDataMark,
                  Replaced(std::string(json), "<", "\\u003c"));
}

std::string MigrationReportMarkdown(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) {
    return "";
  }
  std::string out = Cat("# Port to Windows\n\n", CountsTable(json));
  const Json& effort = json["effort"];
  out +=
      Cat("\nAbout ", std::to_string(static_cast<int>(effort.value("minutes", 0.0) / 60.0 + 0.5)),
          " hours of review. ", Cell(effort["method"]), "\n");
  if (json["trend"].is_object()) {
    out += Cat("\nIn the earlier report: ", Cell(json["trend"]["totals"]),
               "; now: ", Cell(json["totals"]), "\n");
  }
  out += PackagesTable(json["packages"]);
  out += "\n## Findings\n\n";
  for (const Json& finding : json["findings"]) {
    out += FindingLine(finding);
  }
  out += "\n## Skipped files\n\n";
  for (const Json& skipped : json["skipped"]) {
    out += Cat("- ", Cell(skipped["path"]), ": ", Cell(skipped["reason"]), "\n");
  }
  return out;
}

absl::StatusOr<std::string> ReadReportData(std::string_view report) {
  if (const size_t begin = report.find(kDataBegin); begin != std::string_view::npos) {
    report.remove_prefix(begin + kDataBegin.size());
    report = report.substr(0, report.find(kDataEnd));
  }
  const Json json = Json::parse(report, nullptr, false);
  if (!json.is_object() || json.value("schema", 0) != kSchema || !json.contains("totals")) {
    return InvalidInput("not a report of windlass migrate");
  }
  return std::string(report);
}

}  // namespace windlass
