// Each finding is turned into JSON and text by itself, on a line of its own: memory does not grow
// with a tree of the whole report, and two reports can be compared line by line.

#include <string>
#include <utility>

#include "nlohmann/json.hpp"
#include "transformer/patch/report.h"
#include "transformer/patch/series.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kSchema = 1;

/// Bytes that are no UTF-8 become U+FFFD: a report is valid JSON whatever a repository holds.
std::string Dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// `source` may be null: then only the byte is known.
Json Place(const SourceFile* source, size_t byte) {
  Position at;
  if (source != nullptr && byte <= source->size()) {
    at = source->PositionAt(byte);
  }
  return Json{{"line", at.line}, {"column", at.column}, {"byte", byte}};
}

Json FixJson(const Fix& fix) {
  Json edits = Json::array();
  for (const auto& [path, set] : fix.edits) {
    for (const Edit& edit : set.edits()) {
      edits.push_back(Json{{"path", path},
                           {"start_byte", edit.span.begin},
                           {"end_byte", edit.span.end},
                           {"text", edit.text}});
    }
  }
  Json new_files = Json::array();
  for (const NewFile& file : fix.new_files) {
    new_files.push_back(Json{{"path", file.path}, {"text", file.text}});
  }
  Json json{{"edits", std::move(edits)}, {"new_files", std::move(new_files)}};
  if (!fix.renames.empty()) {
    Json& renames = json["renames"] = Json::array();
    for (const auto& [from, to] : fix.renames) {
      renames.push_back(Json{{"from", from}, {"to", to}});
    }
  }
  return json;
}

Json FindingJson(const Finding& finding, const SourceLookup& sources) {
  const SourceFile* source = sources(finding.path);
  Json json{{"rule", finding.rule},
            {"family", finding.family},
            {"level", LevelName(finding.level)},
            {"path", finding.path},
            {"start", Place(source, finding.span.begin)},
            {"end", Place(source, finding.span.end)},
            {"message", finding.message},
            {"reason", finding.reason},
            {"fix", nullptr},
            {"refusal", nullptr},
            {"also", Json::array()}};
  if (finding.fix) {
    json["fix"] = FixJson(*finding.fix);
  }
  if (finding.refusal) {
    json["refusal"] = RefusalName(*finding.refusal);
  }
  for (const Related& related : finding.also) {
    const SourceFile* there = sources(related.path);
    json["also"].push_back(Json{{"path", related.path},
                                {"start", Place(there, related.span.begin)},
                                {"end", Place(there, related.span.end)},
                                {"message", related.message}});
  }
  return json;
}

Json FilesJson(const CheckReport& report) {
  Json skipped = Json::array();
  for (const Skipped& one : report.skipped) {
    skipped.push_back(Json{{"path", one.path}, {"reason", one.reason}});
  }
  return Json{{"seen", report.files_seen},
              {"parsed", report.files_parsed},
              {"skipped", std::move(skipped)}};
}

}  // namespace

std::string FormatJson(const CheckReport& report, const SourceLookup& sources) {
  Json targets = Json::array();
  for (const Target& target : report.targets) {
    targets.push_back(target.Name());
  }
  Json timings = Json::object();
  for (const auto& [name, milliseconds] : report.timings_ms) {
    timings[name] = milliseconds;
  }
  std::string out = Cat("{\"schema\":", std::to_string(kSchema), ",\n\"version\":", Dump(Version()),
                        ",\n\"root\":", Dump(report.root), ",\n\"targets\":", Dump(targets),
                        ",\n\"files\":", Dump(FilesJson(report)), ",\n\"findings\":[");
  std::string_view separator = "\n";
  for (const Finding& finding : report.findings) {
    out += Cat(separator, Dump(FindingJson(finding, sources)));
    separator = ",\n";
  }
  return Cat(out, report.findings.empty() ? "" : "\n", "],\n\"timings_ms\":", Dump(timings), "}\n");
}

}  // namespace windlass
