#include "transformer/driver/verify.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "transformer/driver/go_tree.h"
#include "transformer/text/status.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

constexpr size_t kMinAttempts = 10;

using Steps = std::vector<std::vector<FileChange>>;

/// What a commit breaks.
struct Break {
  size_t commit;
  GoCheck check;
  StringSet what;  // as in GoOutcome::failing
  std::string output;

  /// Those that the go command may be asked about alone; none if there is no such.
  StringSet Packages() const {
    StringSet packages;
    for (const std::string& one : what) {
      packages.insert(GoOutcome::PackageOf(one));
    }
    return IsMessage(*what.begin()) ? StringSet() : packages;
  }
  static bool IsMessage(const std::string& what) { return what.find(' ') != std::string::npos; }
};

std::string FirstError(const std::string& output) {
  size_t begin = 0;
  while (begin < output.size() && output[begin] == '#') {
    begin = std::min(output.find('\n', begin), output.size() - 1) + 1;
  }
  return output.substr(begin, output.find('\n', begin) - begin);
}

class Verifier {
 public:
  Verifier(const Packs& packs, const RunOptions& options, Verify verify)
      : packs_(packs), options_(options), verify_(verify) {}

  absl::StatusOr<VerifiedMigration> Run() {
    VerifiedMigration result;
    WINDLASS_ASSIGN_OR_RETURN(result.migration, Migrate(packs_, options_));
    if (verify_ < Verify::kBuild || result.migration.series.commits.empty()) {
      return result;
    }
    WINDLASS_RETURN_IF_ERROR(Begin(result.migration));
    const size_t attempts = kMinAttempts + 2 * result.migration.series.commits.size();
    for (size_t attempt = 0; attempt < attempts; ++attempt) {
      WINDLASS_ASSIGN_OR_RETURN(std::optional<Break> broken, FindBreak(result.migration));
      if (!broken) {
        result.dropped = options_.dropped.size();
        result.notes = Notes();
        return result;
      }
      WINDLASS_RETURN_IF_ERROR(Drop(result.migration, *broken));
      WINDLASS_ASSIGN_OR_RETURN(result.migration, Migrate(packs_, options_));
    }
    return absl::FailedPreconditionError(
        "--verify: fixes break something again and again, whatever is left out");
  }

 private:
  absl::Status Begin(const Migration& migration) {
    const auto tags = options_.settings ? options_.settings->tags : std::vector<std::string>();
    WINDLASS_ASSIGN_OR_RETURN(tree_, GoTree::Copy(options_.root, tags));
    const bool wine = verify_ == Verify::kTest && tree_->FindWine(&no_wine_);
    for (const std::string& module : migration.module_dirs) {
      for (const Target& target : options_.targets) {
        checks_.push_back({module, target, "build"});
        checks_.push_back({module, target, "vet"});
      }
      if (verify_ == Verify::kTest) {
        checks_.push_back({module, tree_->host(), "test"});
        if (wine) {
          checks_.push_back({module, {"windows", "amd64"}, "test", true});
        }
      }
    }
    for (const GoCheck& check : checks_) {
      WINDLASS_ASSIGN_OR_RETURN(before_[check], tree_->Run(check));
      Tell("before", check);
    }
    return absl::OkStatus();
  }

  void Tell(std::string_view stage, const GoCheck& check) const {
    if (options_.progress) {
      const auto at = static_cast<size_t>(std::ranges::find(checks_, check) - checks_.begin());
      options_.progress(stage, at + 1, checks_.size());
    }
  }

  /// The first commit after which something fails that worked before it. `after_` holds what is
  /// found after the last commit.
  absl::StatusOr<std::optional<Break>> FindBreak(const Migration& migration) {
    after_ = before_;
    mended_.clear();
    for (size_t i = 0; i < migration.steps.size(); ++i) {
      const Steps steps(migration.steps.begin(),
                        migration.steps.begin() + static_cast<long>(i) + 1);
      std::map<GoCheck, GoOutcome> now;
      WINDLASS_RETURN_IF_ERROR(tree_->Become(steps));
      for (const GoCheck& check : checks_) {
        if (before_[check].unknown) {
          continue;
        }
        WINDLASS_ASSIGN_OR_RETURN(now[check], tree_->Run(check));
        Tell("verify", check);
        WINDLASS_ASSIGN_OR_RETURN(const StringSet broken,
                                  NewlyFailing(steps, check, after_[check], now[check]));
        if (!broken.empty()) {
          differences_.push_back(Difference(migration, i, check, "broken", broken));
          return std::optional(Break{i, check, broken, now[check].output});
        }
      }
      for (const auto& [check, outcome] : now) {
        StringSet mended = after_[check].failing;
        std::erase_if(mended, [&](const std::string& what) { return outcome.Fails(what); });
        if (!mended.empty() && check.tool == "test" && !outcome.unknown) {
          mended_.push_back(Difference(migration, i, check, "mended", mended));
        }
      }
      for (auto& [check, outcome] : now) {
        after_[check] = std::move(outcome);
      }
    }
    return std::optional<Break>();
  }

  /// Packages that fail now and did not before the last of `steps`. Where others failed already,
  /// one that now fails may only have come to be looked at.
  absl::StatusOr<StringSet> NewlyFailing(const Steps& steps, const GoCheck& check,
                                         const GoOutcome& before, const GoOutcome& now) {
    StringSet broken = now.unknown ? StringSet() : now.failing;
    std::erase_if(broken, [&](const std::string& what) {
      return before.Fails(what) || (!before.ok() && Break::IsMessage(what));
    });
    if (broken.empty()) {
      return broken;
    }
    const StringSet packages = Break{0, check, broken, ""}.Packages();
    if (check.tool == "test") {  // a test that fails now and then is nobody's fault
      WINDLASS_ASSIGN_OR_RETURN(const GoOutcome again, tree_->Run(check, packages));
      std::erase_if(broken, [&](const std::string& what) { return !again.Fails(what); });
    }
    if (broken.empty() || before.ok()) {
      return broken;
    }
    WINDLASS_RETURN_IF_ERROR(tree_->Become({steps.begin(), steps.end() - 1}));
    for (const std::string& package : packages) {
      WINDLASS_ASSIGN_OR_RETURN(const GoOutcome alone, tree_->Run(check, {package}));
      // Where what it imports failed, nobody has looked at the package itself.
      const bool unseen = std::ranges::any_of(alone.failing, [&](const std::string& what) {
        return GoOutcome::PackageOf(what) != package;
      });
      std::erase_if(broken, [&](const std::string& what) {
        return GoOutcome::PackageOf(what) == package && (unseen || alone.Fails(what));
      });
    }
    WINDLASS_RETURN_IF_ERROR(tree_->Become(steps));
    return broken;
  }

  /// True if `broken` does not come to pass when the fixes with `keys` are left out as well.
  absl::StatusOr<bool> IsWholeWithout(const std::vector<std::string>& keys, const Migration& base,
                                      const Break& broken) {
    RunOptions trial = options_;
    for (const std::string& key : keys) {
      trial.dropped.emplace(key, "");
    }
    WINDLASS_ASSIGN_OR_RETURN(const Migration migration, Migrate(packs_, trial));
    const auto is_it = [&](size_t i) {
      const PatchCommit& commit = base.series.commits[broken.commit];
      return i < migration.series.commits.size() &&
             migration.series.commits[i].family == commit.family &&
             migration.series.commits[i].level == commit.level &&
             migration.series.commits[i].subject == commit.subject;
    };
    Steps steps;
    for (size_t i = 0; i < migration.steps.size(); ++i) {
      if (i == broken.commit && !is_it(i)) {
        break;  // nothing is left of the commit
      }
      steps.push_back(migration.steps[i]);
      if (is_it(i)) {
        break;
      }
    }
    WINDLASS_RETURN_IF_ERROR(tree_->Become(steps));
    WINDLASS_ASSIGN_OR_RETURN(const GoOutcome outcome, tree_->Run(broken.check, broken.Packages()));
    return !outcome.unknown && std::ranges::none_of(broken.what, [&](const std::string& what) {
      return outcome.Fails(what);
    });
  }

  /// Those of `suspects` without which the tree is whole, when those in `without` are left out too.
  absl::StatusOr<std::vector<std::string>> Guilty(const std::vector<std::string>& suspects,
                                                  const std::vector<std::string>& without,
                                                  const Migration& base, const Break& broken) {
    WINDLASS_ASSIGN_OR_RETURN(const bool innocent, IsWholeWithout(without, base, broken));
    if (innocent) {
      return std::vector<std::string>();
    }
    if (suspects.size() == 1) {
      return suspects;
    }
    const auto middle = suspects.begin() + static_cast<long>(suspects.size() / 2);
    const std::vector<std::string> first(suspects.begin(), middle);
    const std::vector<std::string> second(middle, suspects.end());
    std::vector<std::string> others = without;
    others.insert(others.end(), second.begin(), second.end());
    WINDLASS_ASSIGN_OR_RETURN(std::vector<std::string> guilty, Guilty(first, others, base, broken));
    others = without;
    others.insert(others.end(), guilty.begin(), guilty.end());
    WINDLASS_ASSIGN_OR_RETURN(const std::vector<std::string> more,
                              Guilty(second, others, base, broken));
    guilty.insert(guilty.end(), more.begin(), more.end());
    return guilty;
  }

  absl::Status Drop(const Migration& migration, const Break& broken) {
    std::vector<std::string> suspects = migration.keys[broken.commit];
    std::ranges::sort(suspects);
    const auto twice = std::ranges::unique(suspects);
    suspects.erase(twice.begin(), twice.end());
    WINDLASS_ASSIGN_OR_RETURN(std::vector<std::string> guilty,
                              Guilty(suspects, {}, migration, broken));
    const size_t before = options_.dropped.size();
    for (const std::string& key : guilty.empty() ? suspects : guilty) {
      options_.dropped.emplace(
          key, Cat(broken.check.Name(), " fails with it: ",
                   broken.check.tool == "test" ? *broken.what.begin() : FirstError(broken.output)));
    }
    const size_t more = options_.dropped.size() - before;
    differences_.back() +=
        Cat("; ", std::to_string(more),
            more == 1 ? " fix of it was left out" : " fixes of it were left out");
    if (more == 0) {
      return absl::FailedPreconditionError(Absl(differences_.back()));
    }
    return absl::OkStatus();
  }

  static std::string State(const GoOutcome& outcome) {
    if (outcome.ok()) {
      return "passes";
    }
    StringSet packages;
    for (const std::string& what : outcome.failing) {
      packages.insert(GoOutcome::PackageOf(what));
    }
    return Cat("fails in ", std::to_string(packages.size()),
               packages.size() == 1 ? " package" : " packages");
  }

  /// One sentence that names the commit.
  static std::string Difference(const Migration& migration, size_t commit, const GoCheck& check,
                                std::string_view how, const StringSet& what) {
    constexpr size_t kNamed = 5;
    std::string names;
    size_t left = what.size();
    for (const std::string& one : what) {
      if (what.size() - left == kNamed) {
        names += Cat(" and ", std::to_string(left), " more");
        break;
      }
      names += Cat(names.empty() ? "" : ", ", one);
      --left;
    }
    return Cat(check.Name(), ": ", names, " ", how, " by commit ", std::to_string(commit + 1),
               " of ", std::to_string(migration.series.commits.size()), ", \"",
               migration.series.commits[commit].subject, "\"");
  }

  std::vector<std::string> Notes() {
    std::vector<std::string> notes;
    for (std::string& difference : differences_) {
      notes.push_back(std::move(difference));
    }
    notes.insert(notes.end(), mended_.begin(), mended_.end());
    if (!no_wine_.empty()) {
      notes.push_back(Cat("go test for windows/amd64: not verified, ", no_wine_));
    }
    for (const GoCheck& check : checks_) {
      const GoOutcome& before = before_[check];
      if (before.unknown) {
        notes.push_back(Cat(check.Name(), ": not verified, the module cache lacks what it needs (",
                            FirstError(before.output), "); run go mod download"));
      } else {
        const std::string was = State(before);
        const std::string is = State(after_[check]);
        notes.push_back(Cat(check.Name(), ": ", is, was == is ? " as before" : ", before it: ",
                            was == is ? std::string() : was));
      }
    }
    return notes;
  }

  const Packs& packs_;
  RunOptions options_;
  Verify verify_;
  std::unique_ptr<GoTree> tree_;
  std::vector<GoCheck> checks_;
  std::map<GoCheck, GoOutcome> before_;
  std::map<GoCheck, GoOutcome> after_;
  std::vector<std::string> differences_;  // what fixes broke that were dropped
  std::vector<std::string> mended_;       // what the series mends
  std::string no_wine_;                   // why Wine cannot be asked
};

}  // namespace

std::optional<Verify> VerifyFromName(std::string_view name) {
  constexpr std::array<std::string_view, 4> kNames = {"none", "parse", "build", "test"};
  const auto found = std::ranges::find(kNames, name);
  return found == kNames.end() ? std::nullopt
                               : std::optional(static_cast<Verify>(found - kNames.begin()));
}

absl::StatusOr<VerifiedMigration> MigrateVerified(const Packs& packs, const RunOptions& options,
                                                  Verify verify) {
  return Verifier(packs, options, verify).Run();
}

}  // namespace windlass
