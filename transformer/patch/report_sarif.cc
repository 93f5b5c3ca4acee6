// SARIF 2.1.0 (OASIS standard): one run; columns in UTF-16 code units, as every viewer assumes, and
// byte offsets beside them.

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/patch/fingerprint.h"
#include "transformer/patch/formats.h"
#include "transformer/patch/series.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

using Json = nlohmann::ordered_json;

/// A path as a relative URI reference: RFC 3986 wants all but these percent-encoded.
std::string UriOf(std::string_view path) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/!$&'()*+,;=@";
  std::string uri;
  for (const char c : path) {
    if (kPlain.find(c) != std::string_view::npos) {
      uri += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      uri += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return uri;
}

/// UTF-16 code units in UTF-8 text.
size_t Utf16Length(std::string_view text) {
  size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    units += (byte & 0xC0) == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1;
  }
  return units;
}

size_t ColumnAt(const SourceFile& source, size_t offset) {
  return 1 + Utf16Length(source.Text({source.LineBegin(source.PositionAt(offset).line), offset}));
}

std::string_view SarifLevel(const Finding& finding) {
  return finding.level == Level::kSuggest || finding.refusal ? "note" : "warning";
}

class Sarif {
 public:
  Sarif(const CheckReport& report, const FormatContext& context)
      : report_(report), context_(context) {}

  std::string Run() {
    const Json results = Results();  // first: it tells which rules are named
    Json run{{"tool", {{"driver", Driver()}}},
             {"originalUriBaseIds",
              {{"SRCROOT", {{"description", {{"text", "the top of the repository"}}}}}}},
             {"columnKind", "utf16CodeUnits"},
             {"invocations", Json::array({Invocation()})},
             {"results", results}};
    if (!context_.commit.empty()) {
      run["properties"] = {{"commit", context_.commit}};
    }
    const Json log{{"$schema",
                    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
                    "sarif-schema-2.1.0.json"},
                   {"version", "2.1.0"},
                   {"runs", Json::array({run})}};
    return log.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
  }

 private:
  Json Results() {
    Json results = Json::array();
    const std::vector<std::string> prints = Fingerprints(report_.findings, context_.sources);
    for (size_t i = 0; i < report_.findings.size(); ++i) {
      results.push_back(Result(report_.findings[i], prints[i]));
    }
    return results;
  }

  Json Result(const Finding& finding, const std::string& print) {
    const std::string text =
        finding.reason.empty() ? finding.message : Cat(finding.message, ". ", finding.reason);
    Json result{{"ruleId", finding.rule},
                {"ruleIndex", IndexOf(finding.rule)},
                {"level", SarifLevel(finding)},
                {"message", {{"text", text}}},
                {"locations", Json::array({Location(finding.path, finding.span)})},
                {"partialFingerprints", {{"windlassFinding/v1", print}}}};
    for (const Related& related : finding.also) {
      Json location = Location(related.path, related.span);
      location["id"] = result["relatedLocations"].size() + 1;
      location["message"] = {{"text", related.message}};
      result["relatedLocations"].push_back(std::move(location));
    }
    if (finding.fix && !finding.fix->empty()) {
      if (Json changes = Changes(*finding.fix); !changes.empty()) {
        result["fixes"] = Json::array(
            {{{"description", {{"text", FixText(finding)}}}, {"artifactChanges", changes}}});
      }
    }
    if (finding.refusal == Refusal::kSuppressed) {
      result["suppressions"] =
          Json::array({{{"kind", "inSource"}, {"justification", finding.reason}}});
    }
    Json& properties = result["properties"] = {{"level", LevelName(finding.level)}};
    if (finding.refusal) {
      properties["refusal"] = RefusalName(*finding.refusal);
    }
    return result;
  }

  static std::string FixText(const Finding& finding) {
    return finding.level == Level::kReview && !finding.reason.empty()
               ? Cat("To check: ", finding.reason)
               : std::string("Same behaviour on Linux, right on Windows");
  }

  Json ArtifactLocation(std::string_view path) const {
    return {{"uri", UriOf(Cat(context_.prefix, path))}, {"uriBaseId", "SRCROOT"}};
  }

  Json Region(const SourceFile& source, Span span) const {
    const Position begin = source.PositionAt(span.begin);
    const Position end = source.PositionAt(span.end);
    Json region{{"startLine", begin.line}};
    if (!IsUtf16(source.encoding())) {
      region["startColumn"] = ColumnAt(source, span.begin);
      region["endLine"] = end.line;
      region["endColumn"] = ColumnAt(source, span.end);
    }
    region["byteOffset"] = span.begin;
    region["byteLength"] = span.size();
    return region;
  }

  Json Location(std::string_view path, Span span) const {
    Json physical{{"artifactLocation", ArtifactLocation(path)}};
    const SourceFile* source = context_.sources(path);
    if (source != nullptr && span.end <= source->size()) {
      physical["region"] = Region(*source, span);
    }
    return {{"physicalLocation", std::move(physical)}};
  }

  Json Changes(const Fix& fix) const {
    Json changes = Json::array();
    for (const auto& [path, set] : fix.edits) {
      const SourceFile* source = context_.sources(path);
      if (source == nullptr || set.empty()) {
        continue;
      }
      Json replacements = Json::array();
      for (const Edit& edit : set.edits()) {
        // The content may be missing where nothing is inserted, but readers look for it.
        replacements.push_back({{"deletedRegion", Region(*source, edit.span)},
                                {"insertedContent", {{"text", edit.text}}}});
      }
      changes.push_back({{"artifactLocation", ArtifactLocation(path)},
                         {"replacements", std::move(replacements)}});
    }
    for (const NewFile& file : fix.new_files) {
      const Json replacement{{"deletedRegion", {{"charOffset", 0}, {"charLength", 0}}},
                             {"insertedContent", {{"text", file.text}}}};
      changes.push_back({{"artifactLocation", ArtifactLocation(file.path)},
                         {"replacements", Json::array({replacement})}});
    }
    return changes;
  }

  size_t IndexOf(const std::string& rule) {
    const auto known = std::ranges::find(rules_, rule);
    const auto index = static_cast<size_t>(known - rules_.begin());
    if (known == rules_.end()) {
      rules_.push_back(rule);
    }
    return index;
  }

  Json Driver() const {
    Json rules = Json::array();
    for (const std::string& id : rules_) {
      rules.push_back(Descriptor(id));
    }
    return {{"name", "windlass"},
            {"version", Version()},
            {"semanticVersion", Version()},
            {"rules", std::move(rules)}};
  }

  Json Descriptor(const std::string& id) const {
    Json descriptor{{"id", id}};
    for (const auto& pack : context_.packs) {
      for (const auto& rule : pack->rules) {
        if (rule->id == id) {
          descriptor["shortDescription"] = {{"text", rule->summary}};
          descriptor["help"] = {{"text", Cat("windlass rules show ", id)}};
          if (!rule->page.empty()) {
            descriptor["help"]["markdown"] = rule->page;
          }
          descriptor["defaultConfiguration"] = {
              {"level", rule->level == Level::kSuggest ? "note" : "warning"}};
          descriptor["properties"] = {{"tags", Json::array({pack->family})},
                                      {"level", LevelName(rule->level)}};
        }
      }
    }
    return descriptor;
  }

  Json Invocation() const {
    Json invocation{{"executionSuccessful", true}};
    for (const Skipped& skipped : report_.skipped) {
      invocation["toolExecutionNotifications"].push_back(
          {{"level", "note"},
           {"message", {{"text", Cat("skipped: ", skipped.reason)}}},
           {"locations",
            Json::array({{{"physicalLocation",
                           {{"artifactLocation", ArtifactLocation(skipped.path)}}}}})}});
    }
    return invocation;
  }

  const CheckReport& report_;
  const FormatContext& context_;
  std::vector<std::string> rules_;  // in the order in which results name them
};

}  // namespace

std::string FormatSarif(const CheckReport& report, const FormatContext& context) {
  return Sarif(report, context).Run();
}

}  // namespace windlass
