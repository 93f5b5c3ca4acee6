// permissions/chmod: Chmod where it does harm on Windows: on open files, and where it takes away
// the right to write, which there protects a file from being replaced and deleted.
//
//   if err := f.Chmod(mode); err != nil {
//   	return err
//   }
//
//   if runtime.GOOS != "windows" {
//   	if err := f.Chmod(mode); err != nil {
//   		return err
//   	}
//   }

#include "re2/re2.h"
#include "transformer/facts/path_names.h"
#include "transformer/rules/guards.h"
#include "transformer/rules/native/mode_facts.h"
#include "transformer/rules/native/os_guard.h"
#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

/// Part of an abstraction of the file system: it hands the call on, whatever the system.
bool HandsOn(Node call, const GoFile& file) {
  for (Node function = file.EnclosingFunction(call); function;
       function = file.EnclosingFunction(function)) {
    if (WordsOf(function.Field("name").text()) == WordsOf("Chmod")) {
      return true;
    }
  }
  return false;
}

/// Whether a test waits for an error in the function around `node`; unknown, and so true, in a
/// helper.
bool WaitsForError(Node node, const GoFile& file) {
  static const LazyRE2 kWaits = {
      R"((?i)\.(Error|ErrorIs|ErrorAs|ErrorContains|EqualError|HasError|NotNil)f?\(|err\w* == nil|IsPermission|ErrPermission|EACCES|\w*err(or)?\w*:\s*true|(want|expect)\w*err|permission denied|should fail)"};
  bool test = false;
  for (Node function = file.EnclosingFunction(node); function;
       function = file.EnclosingFunction(function)) {
    const std::string_view text = function.text();
    const std::string_view name = function.Field("name").text();
    if (RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *kWaits)) {
      return true;
    }
    test = name.starts_with("Test") || name.starts_with("Benchmark");
    if (function.Is("func_literal") &&
        function.Field("parameters").text().find("testing.T") != std::string_view::npos) {
      return false;  // a part of a test by itself
    }
  }
  return !test;
}

/// os.Chmod in a test takes away rights in order to see an error, which Windows will not give.
void VisitTest(Node call, Node mode, const FileContext& context, std::vector<Finding>* out) {
  const auto value = ConstantMode(mode, *context.go);
  const Node path = call.Field("arguments").NamedChild(0);
  const bool dir = (SignOfName(path.text()) & sign::kUseHostName) != 0 &&
                   path.text().find("ir") != std::string_view::npos;
  if (!value || *value > 0777 || ((*value & 0400) != 0 && ((*value & 0200) != 0 || !dir)) ||
      !WaitsForError(call, *context.go)) {
    return;
  }
  Finding finding;
  finding.span = call.span();
  finding.message = "on Windows this takes no rights away, so the test sees no error";
  finding.reason = "the test is about the missing rights";
  finding.level = Level::kReview;
  const Node statement = StatementAround(call);
  const std::string_view name = TestingName(call, *context.go);
  const std::string leave =
      Cat(name, ".Skip(\"permission bits do not keep anybody out on Windows\")");
  if (name.empty() || statement.Is("defer_statement") ||
      !LeaveBefore(statement, leave, context, &finding)) {
    finding.level = Level::kSuggest;
  }
  out->push_back(std::move(finding));
}

/// Before Go knew modules it did not know how to do it on Windows either.
bool FailsOnOpenFiles(const FileContext& context) {
  return context.module == nullptr || context.module->path.empty() || !context.module->AtLeast(12);
}

}  // namespace

void ChmodGuard(const Rule&, const QueryMatch& match, const FileContext& context,
                SharedFacts& shared, std::vector<Finding>* out) {
  const Node call = match.First("site");
  const std::string callee = CalledBy(call, context, shared);
  const bool open = callee == "os.File.Chmod";
  const Node mode = call.Field("arguments").NamedChild(open ? 0 : 1);
  if ((!open && callee != "os.Chmod") || !mode || !RunsOnWindows(call, context) ||
      HandsOn(call, *context.go)) {
    return;
  }
  const OwnerWrite write = OwnerWriteOf(mode, *context.go);
  if (context.go->constraint().is_test) {
    if (!open) {
      VisitTest(call, mode, context, out);
    }
    return;
  }
  const bool read_only = write == OwnerWrite::kNo;
  if (!read_only && (!open || (write == OwnerWrite::kYes && !FailsOnOpenFiles(context)))) {
    return;
  }
  Finding finding;
  finding.span = call.span();
  finding.level = Level::kReview;
  finding.message =
      read_only ? "on Windows this makes the file read-only, and nobody can replace or delete it"
                : "on Windows this can only make the file read-only, and fails for files that are "
                  "open for reading";
  finding.reason = "the protection of the file is taken care of otherwise there";
  if (!GuardCall(call, context, &finding)) {
    finding.level = Level::kSuggest;
    finding.reason = "leave it to a helper with one file for Windows and one for the rest";
    finding.fix.reset();
  }
  out->push_back(std::move(finding));
}

}  // namespace windlass
