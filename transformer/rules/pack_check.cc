#include <algorithm>
#include <variant>

#include "re2/re2.h"
#include "re2/stringpiece.h"
#include "transformer/rules/names.h"
#include "transformer/rules/pack_rule.h"
#include "transformer/rules/variables.h"
#include "transformer/text/status.h"

namespace windlass {

namespace {

using Names = std::vector<std::string_view>;

bool Contains(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

Names CaptureNames(const Rule& rule) {
  if (rule.query == nullptr) {
    return {};
  }
  return {rule.query->capture_names().begin(), rule.query->capture_names().end()};
}

// An `@name` in the text of a query, outside comments and strings.
struct CaptureUse {
  std::string_view name;
  size_t offset;
  bool in_predicate;
};
std::vector<CaptureUse> FindCaptureUses(std::string_view query) {
  std::vector<CaptureUse> uses;
  std::vector<bool> predicates;  // one entry an open parenthesis
  static const LazyRE2 kToken = {
      R"((;[^\n]*)|("(?:[^"\\]|\\.)*")|(\(\s*#)|(\()|(\))|@([A-Za-z0-9_.\-]+)|(?s:.))"};
  re2::StringPiece rest(query.data(), query.size());
  re2::StringPiece comment;
  re2::StringPiece text;
  re2::StringPiece predicate;
  re2::StringPiece open;
  re2::StringPiece close;
  re2::StringPiece name;
  while (RE2::Consume(&rest, *kToken, &comment, &text, &predicate, &open, &close, &name)) {
    if (!predicate.empty() || !open.empty()) {
      predicates.push_back(!predicate.empty());
    } else if (!close.empty() && !predicates.empty()) {
      predicates.pop_back();
    } else if (!name.empty()) {
      const auto offset = static_cast<size_t>(name.data() - query.data());
      uses.push_back({query.substr(offset, name.size()), offset - 1,
                      !predicates.empty() && predicates.back()});
    }
  }
  return uses;
}

absl::Status CheckShape(const Rule& rule, const RuleText& text) {
  const bool acts = rule.replace.has_value() || !rule.new_files.empty();
  if (rule.native != nullptr) {
    if (acts || !rule.imports.empty()) {
      return text.logic.Error(
          "a rule has either `logic` or `replace`, `imports` and `new_files`; "
          "remove one kind");
    }
    const bool wants_query = std::holds_alternative<MatchLogic>(rule.native->logic);
    if (wants_query != (rule.query != nullptr)) {
      return text.logic.Error(
          wants_query ? "this logic looks at matches; add a `query`"
                      : "this logic looks at whole files or projects; remove the `query`");
    }
    return absl::OkStatus();
  }
  if (rule.query == nullptr) {
    return text.rule.Error("the rule has neither `query` nor `logic`; add one");
  }
  if (rule.level == Level::kSuggest && acts) {
    return text.rule.Error(
        "a suggest rule changes nothing; remove `replace` and `new_files`, or "
        "make it review");
  }
  if (rule.level != Level::kSuggest && !acts) {
    return text.rule.Error(Cat("a ", LevelName(rule.level),
                               " rule must change something; add "
                               "`replace`, `new_files` or `logic`, or make it suggest"));
  }
  if (rule.level == Level::kReview && rule.reason.empty()) {
    return text.rule.Error("a review rule must name its precondition; add reason = \"…\"");
  }
  return absl::OkStatus();
}

absl::Status CheckImports(const Rule& rule, const RuleText& text, const Names& captures) {
  if (!rule.imports.empty() && rule.language != Language::kGo) {
    return text.imports[0].place.Error(Cat("only Go has imports and the rule is for ",
                                           LanguageName(rule.language), "; remove `imports`"));
  }
  if (!rule.imports.empty() && !rule.replace) {
    return text.imports[0].place.Error("`imports` serve `replace`; add it or remove them");
  }
  Names seen;
  for (size_t i = 0; i < rule.imports.size(); ++i) {
    const std::string_view hole = rule.imports[i].hole;
    if (Contains(captures, hole) || Contains(VariableNames(), hole) || Contains(seen, hole)) {
      return text.imports[i].place.Error(
          Cat("`@", hole,
              "` would stand for this import and for something else; rename the "
              "capture, or drop the import"));
    }
    seen.push_back(hole);
    const std::vector<Template::Hole> holes = rule.replace->Holes();
    if (std::ranges::find(holes, hole, &Template::Hole::name) == holes.end()) {
      return text.imports[i].place.Error(
          Cat("`replace` does not use this import; write @", hole, " where the package is meant"));
    }
  }
  return absl::OkStatus();
}

// Every hole must be a capture, a variable or, in `replace`, an import.
absl::Status CheckHoles(const Rule& rule, const RuleText& text, const Names& captures) {
  for (const RuleText::Part& part : text.templates) {
    Names known;
    if (part.use != TemplateUse::kImport) {
      known = captures;
    }
    known.insert(known.end(), VariableNames().begin(), VariableNames().end());
    if (part.use == TemplateUse::kReplace) {
      for (const ImportTemplate& import : rule.imports) {
        known.push_back(import.hole);
      }
    }
    for (const Template::Hole& hole : part.parsed->Holes()) {
      if (!Contains(known, hole.name)) {
        return InvalidInput(Cat(part.text.place.At(part.text.value, hole.offset),
                                ": unknown hole `@", hole.name, "`; ", NameHint(hole.name, known),
                                " (@@ is an at sign)"));
      }
    }
  }
  for (const PlacedText& guard : text.guard_captures) {
    if (!Contains(captures, guard.value)) {
      return guard.place.Error(
          Cat("the query captures no `@", guard.value, "`; ", NameHint(guard.value, captures)));
    }
  }
  return absl::OkStatus();
}

bool IsUsed(const Rule& rule, const RuleText& text, std::string_view capture) {
  if (capture == "site" || capture.starts_with('_')) {
    return true;
  }
  for (const RuleText::Part& part : text.templates) {
    const std::vector<Template::Hole> holes = part.parsed->Holes();
    if (std::ranges::find(holes, capture, &Template::Hole::name) != holes.end()) {
      return true;
    }
  }
  return rule.query->capture_names().size() == 1 ||
         std::ranges::find(text.guard_captures, capture, &PlacedText::value) !=
             text.guard_captures.end();
}

absl::Status CheckCaptures(const Rule& rule, const RuleText& text, const Names& captures) {
  const std::vector<CaptureUse> uses = FindCaptureUses(text.query.value);
  if (captures.empty()) {
    return text.query.place.Error("the query captures nothing; mark the node in question @site");
  }
  if (captures.size() > 1 && !Contains(captures, "site")) {
    return text.query.place.Error(
        "the query captures several nodes; mark the one in question @site");
  }
  for (const CaptureUse& use : uses) {
    const auto error = [&](std::string_view what) {
      return InvalidInput(Cat(text.query.place.At(text.query.value, use.offset), ": ", what));
    };
    if (Contains(VariableNames(), use.name)) {
      return error(Cat("`@", use.name, "` is the name of a variable; rename the capture"));
    }
    const bool in_predicate = std::ranges::any_of(uses, [&](const CaptureUse& other) {
      return other.in_predicate && other.name == use.name;
    });
    if (!in_predicate && !IsUsed(rule, text, use.name)) {
      return error(Cat("nothing uses `@", use.name, "`; remove it, or call it `@_", use.name, "`"));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckRule(const Rule& rule, const RuleText& text) {
  WINDLASS_RETURN_IF_ERROR(CheckShape(rule, text));
  const Names captures = CaptureNames(rule);
  WINDLASS_RETURN_IF_ERROR(CheckImports(rule, text, captures));
  WINDLASS_RETURN_IF_ERROR(CheckHoles(rule, text, captures));
  if (rule.native != nullptr || rule.query == nullptr) {
    return absl::OkStatus();
  }
  return CheckCaptures(rule, text, captures);
}

}  // namespace windlass
