#include "transformer/patch/message.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <utility>

#include "transformer/patch/git_library.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

constexpr size_t kSubjectWidth = 72;
constexpr size_t kBodyWidth = 72;
constexpr size_t kMaxPreconditions = 8;

/// Breaks `text` at blanks; lines after the first begin with `indent` blanks.
std::string Wrap(const std::string& text, size_t indent) {
  std::istringstream words(text);
  std::string out;
  std::string word;
  size_t column = 0;
  while (words >> word) {
    if (column != 0 && column + 1 + word.size() > kBodyWidth) {
      out += Cat("\n", std::string(indent, ' '));
      column = indent;
    } else if (column != 0) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
  }
  return out;
}

std::string Count(size_t n, const std::string& noun) {
  return Cat(std::to_string(n), " ", noun, n == 1 ? "" : "s");
}

std::string Subject(const Pack& pack, Level level, const std::string& part) {
  const std::string end =
      Cat(part.empty() ? "" : Cat(", ", part), level == Level::kReview ? " (review)" : "");
  std::string subject = Cat(pack.family, ": ", pack.title);
  if (subject.size() + end.size() > kSubjectWidth && end.size() < kSubjectWidth) {
    subject.resize(kSubjectWidth - end.size());
    subject.resize(subject.find_last_not_of(" ,") + 1);
  }
  subject += end;
  if (subject.size() > kSubjectWidth) {
    subject.resize(kSubjectWidth);
  }
  return subject;
}

/// As Gerrit writes it.
std::string ChangeId(const PatchCommit& commit, const std::string& part) {
  std::string about = Cat(commit.family, "\n", LevelName(commit.level), "\n", part);
  for (const FileChange& file : commit.files) {
    about += Cat("\n", file.path);
  }
  return Cat("Change-Id: I", BlobId(about));
}

const Rule* FindRule(const Pack& pack, const std::string& id) {
  const auto it = std::find_if(pack.rules.begin(), pack.rules.end(),
                               [&](const auto& rule) { return rule->id == id; });
  return it == pack.rules.end() ? nullptr : it->get();
}

/// What the rules of this commit are, and how often each was applied.
std::string RuleList(const Pack& pack, const std::vector<Finding>& findings) {
  std::map<std::string, size_t> counts;
  for (const Finding& finding : findings) {
    ++counts[finding.rule];
  }
  std::string out;
  for (const auto& [id, count] : counts) {
    const Rule* rule = FindRule(pack, id);
    out += Cat(Wrap(Cat("* ", id, " (", Count(count, "place"),
                        "): ", rule != nullptr ? rule->summary : ""),
                    2),
               "\n");
  }
  return out;
}

/// The distinct preconditions that a reviewer has to check.
std::string CheckList(const std::vector<Finding>& findings) {
  std::set<std::string> reasons;
  for (const Finding& finding : findings) {
    reasons.insert(finding.reason);
  }
  std::string out;
  size_t listed = 0;
  for (const std::string& reason : reasons) {
    if (reason.empty()) {
      continue;
    }
    if (listed++ == kMaxPreconditions) {
      out += Cat("* and ", std::to_string(reasons.size() - kMaxPreconditions),
                 " more: see README.md beside the patches\n");
      break;
    }
    out += Cat(Wrap(Cat("* ", reason), 2), "\n");
  }
  return out;
}

}  // namespace

PatchCommit MakeCommit(const Pack& pack, Level level, std::vector<FileChange> files,
                       std::vector<Finding> findings, const std::string& part) {
  PatchCommit commit;
  commit.family = pack.family;
  commit.level = level;
  commit.subject = Subject(pack, level, part);
  commit.body = Cat(Count(findings.size(), "place"), " in ", Count(files.size(), "file"), ".\n\n",
                    RuleList(pack, findings), "\n");
  if (level == Level::kSafe) {
    commit.body += Wrap("Level safe: on Linux nothing changes, for any input.", 0);
  } else {
    commit.body += Cat(Wrap("Level review: right only under what windlass could not prove. "
                            "Please check:",
                            0),
                       "\n", CheckList(findings));
  }
  while (!commit.body.empty() && commit.body.back() == '\n') {
    commit.body.pop_back();
  }
  commit.files = std::move(files);
  commit.body += Cat("\n\n", ChangeId(commit, part));
  commit.findings = std::move(findings);
  return commit;
}

}  // namespace windlass
