// The body of GitHub's "create a review for a pull request": comments with suggestion blocks on
// lines of the change, everything else in the review's own text.

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/patch/formats.h"
#include "transformer/patch/markdown.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

using Json = nlohmann::ordered_json;

class Github {
 public:
  Github(const CheckReport& report, const FormatContext& context)
      : report_(report), context_(context) {
    const PlaceFilter everywhere = [](std::string_view, size_t, size_t) { return true; };
    plan_ = PlanSuggestions(report.findings, context.sources,
                            context.commentable ? context.commentable : everywhere);
    rest_.insert(plan_.rest.begin(), plan_.rest.end());
  }

  std::string Run() {
    Json comments = Json::array();
    for (const SuggestedPlace& place : plan_.places) {
      comments.push_back(SuggestionComment(place));
    }
    std::vector<const Finding*> outside;
    for (size_t i = 0; i < report_.findings.size(); ++i) {
      const Finding& finding = report_.findings[i];
      if (finding.refusal == Refusal::kSuppressed || told_.contains(i)) {
        continue;
      }
      if (const size_t line = CommentableLine(finding); line > 0) {
        comments.push_back(PlainComment(finding, line, rest_.contains(i)));
      } else {
        outside.push_back(&finding);
      }
    }
    Json review{{"event", "COMMENT"}, {"body", Body(outside)}, {"comments", std::move(comments)}};
    if (!context_.commit.empty()) {
      review["commit_id"] = context_.commit;
    }
    return review.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
  }

 private:
  Json CommentAt(std::string_view path, size_t first, size_t last, std::string body) const {
    Json comment{{"path", Cat(context_.prefix, path)}, {"line", last}, {"side", "RIGHT"}};
    if (first < last) {
      comment["start_line"] = first;
      comment["start_side"] = "RIGHT";
    }
    comment["body"] = std::move(body);
    return comment;
  }

  Json SuggestionComment(const SuggestedPlace& place) {
    std::string body;
    std::string others;
    for (const size_t i : place.findings) {
      const Finding& finding = report_.findings[i];
      const size_t line = LineOf(finding);
      if (finding.path == place.path && place.first_line <= line && line <= place.last_line) {
        body += FindingMarkdown(finding);
        told_.insert(i);
      } else {
        others += Cat(others.empty() ? "" : ", ",
                      InlineCode(Cat(context_.prefix, finding.path, ":", std::to_string(line))));
      }
    }
    if (!others.empty()) {
      body += Cat("Goes with the change of ", others, ".\n");
    }
    std::string text;
    for (const std::string& line : place.lines) {
      text += Cat(line, "\n");
    }
    body += Cat("\n", CodeBlock(text, "suggestion"));
    return CommentAt(place.path, place.first_line, place.last_line, std::move(body));
  }

  Json PlainComment(const Finding& finding, size_t line, bool in_patch) const {
    std::string body = FindingMarkdown(finding);
    if (in_patch) {
      body += "\nThe change reaches lines that no suggestion can; it is in the patch.\n";
    }
    return CommentAt(finding.path, line, line, std::move(body));
  }

  /// 0: the source is not at hand.
  size_t LineOf(const Finding& finding) const {
    const SourceFile* source = context_.sources(finding.path);
    return source != nullptr && finding.span.begin <= source->size()
               ? source->PositionAt(finding.span.begin).line
               : 0;
  }

  /// 0 if nobody can comment there.
  size_t CommentableLine(const Finding& finding) const {
    const size_t line = LineOf(finding);
    const bool allowed =
        line > 0 && (!context_.commentable || context_.commentable(finding.path, line, line));
    return allowed ? line : 0;
  }

  std::string Body(const std::vector<const Finding*>& outside) const {
    std::string body = SummaryMarkdown(report_);
    if (!outside.empty()) {
      body += "\nOn lines outside of the change:\n\n";
    }
    for (const Finding* finding : outside) {
      const size_t line = LineOf(*finding);
      body += Cat("- ",
                  InlineCode(Cat(context_.prefix, finding->path, line > 0 ? ":" : "",
                                 line > 0 ? std::to_string(line) : "")),
                  " ", FindingLine(*finding), "\n");
    }
    if (!plan_.rest.empty()) {
      body += Cat("\n", std::to_string(plan_.rest.size()),
                  " of the fixes reach beyond what suggestions can hold; the patch has them.\n");
    }
    return body;
  }

  const CheckReport& report_;
  const FormatContext& context_;
  SuggestionPlan plan_;
  std::set<size_t> rest_;
  std::set<size_t> told_;
};

}  // namespace

std::string FormatGithub(const CheckReport& report, const FormatContext& context) {
  return Github(report, context).Run();
}

}  // namespace windlass
