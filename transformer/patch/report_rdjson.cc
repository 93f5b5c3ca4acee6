// The Reviewdog Diagnostic Format: columns count bytes from 1, ends are exclusive. A diagnostic has
// at most one suggestion, since reviewdog takes further ones for alternatives; a fix that changes
// several places is several diagnostics.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/patch/formats.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

using Json = nlohmann::ordered_json;

std::string Dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json PositionJson(const SourceFile& source, size_t offset) {
  const Position at = source.PositionAt(offset);
  return Json{{"line", at.line}, {"column", at.column}};
}

std::string_view Severity(const Finding& finding) {
  return finding.level == Level::kSuggest || finding.refusal ? "INFO" : "WARNING";
}

class Rdjson {
 public:
  Rdjson(const CheckReport& report, const FormatContext& context)
      : report_(report), context_(context) {
    const PlaceFilter everywhere = [](std::string_view, size_t, size_t) { return true; };
    plan_ = PlanSuggestions(report.findings, context.sources, everywhere);
    for (size_t i = 0; i < plan_.places.size(); ++i) {
      // The place on which the finding itself stands is told with it.
      for (const size_t finding : plan_.places[i].findings) {
        if (Holds(plan_.places[i], report_.findings[finding])) {
          owner_.emplace(i, finding);
        }
      }
    }
  }

  std::string Run(bool lines) {
    std::vector<Json> all;
    for (size_t i = 0; i < report_.findings.size(); ++i) {
      const Finding& finding = report_.findings[i];
      if (finding.refusal != Refusal::kSuppressed) {
        all.push_back(Diagnostic(finding, PlaceOwnedBy(i)));
      }
    }
    for (size_t i = 0; i < plan_.places.size(); ++i) {
      if (!owner_.contains(i)) {
        all.push_back(Companion(plan_.places[i]));
      }
    }
    std::string out;
    if (lines) {
      for (Json& diagnostic : all) {
        diagnostic["source"] = {{"name", "windlass"}};
        out += Dump(diagnostic) + "\n";
      }
      return out;
    }
    out = R"({"source":{"name":"windlass"},"severity":"WARNING","diagnostics":[)";
    for (size_t i = 0; i < all.size(); ++i) {
      out += Cat(i == 0 ? "\n" : ",\n", Dump(all[i]));
    }
    return out + (all.empty() ? "]}\n" : "\n]}\n");
  }

 private:
  bool Holds(const SuggestedPlace& place, const Finding& finding) const {
    const SourceFile* source = context_.sources(finding.path);
    if (source == nullptr || place.path != finding.path || finding.span.end > source->size()) {
      return false;
    }
    const size_t first = source->PositionAt(finding.span.begin).line;
    const size_t last = source->PositionAt(finding.span.end).line;
    return place.first_line <= last && first <= place.last_line;
  }

  const SuggestedPlace* PlaceOwnedBy(size_t finding) const {
    for (const auto& [place, owner] : owner_) {
      if (owner == finding) {
        return &plan_.places[place];
      }
    }
    return nullptr;
  }

  Json Diagnostic(const Finding& finding, const SuggestedPlace* place) const {
    std::string message = finding.message;
    if (!finding.reason.empty()) {
      message += Cat(finding.level == Level::kReview && finding.fix ? ". To check: " : ". ",
                     finding.reason);
    }
    Json json{{"message", message}, {"location", {{"path", Cat(context_.prefix, finding.path)}}}};
    const SourceFile* source = context_.sources(finding.path);
    if (source != nullptr && finding.span.end <= source->size()) {
      json["location"]["range"] = {{"start", PositionJson(*source, finding.span.begin)},
                                   {"end", PositionJson(*source, finding.span.end)}};
    }
    json["severity"] = Severity(finding);
    json["code"] = {{"value", finding.rule}};
    if (place != nullptr) {
      json["suggestions"] = Json::array({Suggestion(*place)});
    }
    for (const Related& related : finding.also) {
      const SourceFile* there = context_.sources(related.path);
      if (there != nullptr && related.span.end <= there->size()) {
        json["related_locations"].push_back(
            {{"message", related.message},
             {"location",
              {{"path", Cat(context_.prefix, related.path)},
               {"range",
                {{"start", PositionJson(*there, related.span.begin)},
                 {"end", PositionJson(*there, related.span.end)}}}}}});
      }
    }
    return json;
  }

  /// A place that fixes need elsewhere, such as an import.
  Json Companion(const SuggestedPlace& place) const {
    const Finding& first = report_.findings[place.findings.front()];
    const size_t line = context_.sources(first.path)->PositionAt(first.span.begin).line;
    Json json{{"message", Cat("goes with the change of ", context_.prefix, first.path, ":",
                              std::to_string(line))},
              {"location", {{"path", Cat(context_.prefix, place.path)}}},
              {"severity", "INFO"},
              {"code", {{"value", first.rule}}}};
    const Json suggestion = Suggestion(place);
    json["location"]["range"] = suggestion["range"];
    json["suggestions"] = Json::array({suggestion});
    return json;
  }

  /// Whole lines: from the first column of the first to the end of the last.
  Json Suggestion(const SuggestedPlace& place) const {
    const SourceFile& source = *context_.sources(place.path);
    std::string text;
    for (size_t i = 0; i < place.lines.size(); ++i) {
      text += Cat(i == 0 ? "" : "\n", place.lines[i]);
    }
    const Span last = source.LineSpan(place.last_line);
    return Json{{"range",
                 {{"start", PositionJson(source, source.LineBegin(place.first_line))},
                  {"end", PositionJson(source, last.end)}}},
                {"text", text}};
  }

  const CheckReport& report_;
  const FormatContext& context_;
  SuggestionPlan plan_;
  std::map<size_t, size_t> owner_;  // place -> the finding that it is told with
};

}  // namespace

std::string FormatRdjson(const CheckReport& report, const FormatContext& context, bool lines) {
  return Rdjson(report, context).Run(lines);
}

}  // namespace windlass
