// Scores what windlass thinks of the labelled places in corpus/judgement (its README says what the
// labels mean). The score is printed and may not fall.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "transformer/rules/native/path_explain.h"
#include "transformer/rules/pack.h"

namespace windlass {
namespace {

namespace fs = std::filesystem;

// Of a hundred places: how many must come out as labelled, and how many at most that are no host
// paths may be taken for one.
constexpr double kLeastRight = 0.82;
constexpr double kMostFalseHosts = 0.015;

std::string Slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Label {
  std::string path;
  size_t line;
  std::string domains;  // "host", "text|slash"
  std::string expression;
};

bool Asked(Node node, const GoFile& go) {
  if (node.Is("binary_expression")) {
    const std::string_view op = node.Field("operator").text();
    return op == "+" ||
           ((op == "==" || op == "!=") && node.text().find('/') != std::string_view::npos);
  }
  const auto callee = node.Is("call_expression") ? go.Callee(node) : std::nullopt;
  if (!callee) {
    return false;
  }
  if (callee->path == "path" || callee->path == "path/filepath") {
    return !callee->name.starts_with("Walk");
  }
  return (callee->path == "fmt" && callee->name.starts_with("Sprint")) ||
         (callee->path == "strings" &&
          node.Field("arguments").text().find_first_of("/:\\") != std::string_view::npos);
}

/// The labelled expression, as the README says.
Node Find(Node node, Span line, const Label& label, const GoFile& go) {
  const Span span = node.span();
  if (span.begin >= line.end || span.end <= line.begin) {
    return {};
  }
  if (span.begin >= line.begin) {
    if (label.expression.empty() ? Asked(node, go) : node.text() == label.expression) {
      return node;
    }
  }
  for (const Node child : node.NamedChildren()) {
    if (const Node found = Find(child, line, label, go)) {
      return found;
    }
  }
  return {};
}

/// The first literal with a separator on a line that has nothing else to ask about.
Node FindLiteral(Node node, Span line) {
  const Span span = node.span();
  if (span.begin >= line.end || span.end <= line.begin) {
    return {};
  }
  const std::optional<std::string> text = GoStringValue(node);
  if (text && text->find_first_of("/:\\") != std::string::npos) {
    return node;
  }
  for (const Node child : node.NamedChildren()) {
    if (const Node found = FindLiteral(child, line)) {
      return found;
    }
  }
  return {};
}

class Judgement {
 public:
  Judgement() : root_(fs::path(WINDLASS_SOURCE_DIR) / "corpus/judgement") {
    std::vector<ProjectFile> files;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root_)) {
      const std::string path = entry.path().lexically_relative(root_).generic_string();
      ProjectFile file;
      file.path = path;
      file.language = LanguageForPath(path);
      if (file.language == Language::kGo) {
        const std::string bytes = Slurp(entry.path());
        file.size = bytes.size();
        file.skim = std::make_shared<const GoSkim>(SkimGo(path, bytes));
        ReadLabels(path, bytes);
      }
      if (entry.is_regular_file()) {
        files.push_back(std::move(file));
      }
    }
    project_ = std::make_unique<Project>(
        std::move(files),
        [this](std::string_view path) { return absl::StatusOr<std::string>(Slurp(root_ / path)); },
        DefaultTargets());
    packs_ = *LoadEmbeddedPacks();
    shared_ = std::make_unique<SharedFacts>(*project_, [this](std::string_view family) {
      const auto found = std::ranges::find(packs_, family, [](const auto& p) { return p->family; });
      return found == packs_.end() ? nullptr : found->get();
    });
  }

  const std::vector<Label>& labels() const { return labels_; }

  /// The domain's name; "" if the place is not one that the flow knows.
  std::string Ask(const Label& label) {
    const ProjectFile* file = project_->Find(label.path);
    const auto parsed = *project_->ParseGo(label.path);
    const FileContext context{*project_,        *file,
                              *parsed->source,  parsed->tree.get(),
                              parsed->go.get(), project_->ModuleOf(label.path)};
    const PathScene scene(context, *shared_);
    const Span line = parsed->source->LineSpan(label.line);
    Node node = Find(parsed->tree->root(), line, label, *parsed->go);
    if (!node) {
      node = FindLiteral(parsed->tree->root(), line);
    }
    if (!scene.active() || !node) {
      return "";
    }
    const Verdict verdict = JudgeExpression(scene, node);
    const bool named = verdict.domain == Domain::kHost && verdict.weight == Weight::kName;
    return named ? "unknown" : std::string(DomainName(verdict.domain));
  }

 private:
  void ReadLabels(const std::string& path, const std::string& bytes) {
    const SourceFile source(path, bytes);
    for (size_t line = 1; line <= source.line_count(); ++line) {
      const std::string_view text = source.Text(source.LineSpan(line));
      const size_t mark = text.find("//@ ");
      if (mark == std::string_view::npos) {
        continue;
      }
      const std::string_view label = text.substr(mark + 4);
      const size_t blank = label.find(' ');
      labels_.push_back(
          {path, line, std::string(label.substr(0, blank)),
           blank == std::string_view::npos ? "" : std::string(label.substr(blank + 1))});
    }
  }

  fs::path root_;
  std::vector<Label> labels_;
  std::unique_ptr<Project> project_;
  std::vector<std::unique_ptr<Pack>> packs_;
  std::unique_ptr<SharedFacts> shared_;
};

TEST(PathJudgementTest, TheScoreDoesNotFall) {
  Judgement judgement;
  std::map<std::string, std::pair<int, int>> scores;  // right, all
  int right = 0;
  int hosts = 0;
  int others = 0;
  for (const Label& label : judgement.labels()) {
    const std::string answer = judgement.Ask(label);
    // Nothing known of a text is all there is to know.
    const bool is_right = (label.domains.find(answer) != std::string::npos && !answer.empty()) ||
                          (answer == "unknown" && label.domains.find("text") != std::string::npos);
    const bool is_host = label.domains == "host";
    others += is_host ? 0 : 1;
    if (answer == "host" && !is_host) {
      ++hosts;
      std::cout << "taken for a host path: " << label.path << ":" << label.line << " "
                << label.domains << " " << label.expression << "\n";
    } else if (!is_right && std::getenv("WINDLASS_SHOW_MISSES") != nullptr) {
      std::cout << "missed: " << label.path << ":" << label.line << " " << label.domains << " is "
                << answer << " " << label.expression << "\n";
    }
    right += is_right ? 1 : 0;
    scores[label.domains].first += is_right ? 1 : 0;
    scores[label.domains].second += 1;
  }
  for (const auto& [domain, score] : scores) {
    std::cout << domain << " " << score.first << "/" << score.second << "\n";
  }
  const auto all = static_cast<double>(judgement.labels().size());
  std::cout << "right " << right << "/" << all << ", false hosts " << hosts << "/" << others
            << "\n";
  EXPECT_GT(all, 300);
  EXPECT_GE(right / all, kLeastRight);
  EXPECT_LE(hosts / static_cast<double>(others), kMostFalseHosts);
}

}  // namespace
}  // namespace windlass
