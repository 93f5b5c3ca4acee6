// environment/program: programs that Windows does not have, or that are something else there.
//
//   exec.Command("sh", "-c", script)
//                ----

#include <sstream>

#include "transformer/facts/go_values.h"
#include "transformer/rules/guards.h"
#include "transformer/rules/native/table.h"
#include "transformer/rules/pack.h"
#include "transformer/rules/shared_facts.h"

namespace windlass {
namespace {

/// What takes the place of each program: tables/programs.txt, a name and an advice a line.
struct ProgramTable {
  StringMap<std::string> advice;
};

std::unique_ptr<const ProgramTable> ReadTable(SharedFacts& shared) {
  auto table = std::make_unique<ProgramTable>();
  const Pack* pack = shared.FindPack("environment");
  const auto file = pack == nullptr ? StringMap<std::string>::const_iterator()
                                    : pack->files.find("tables/programs.txt");
  if (pack == nullptr || file == pack->files.end()) {
    return table;
  }
  std::istringstream lines(file->second);
  std::string advice;
  for (std::string line; std::getline(lines, line);) {
    const size_t colon = line.find(": ");
    if (line.starts_with('#') || colon == std::string::npos) {
      continue;
    }
    std::istringstream names(line.substr(0, colon));
    for (std::string name; names >> name;) {
      table->advice[name] = line.substr(colon + 2);
    }
  }
  return table;
}

std::string_view LastElement(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

}  // namespace

void UnixProgram(const Rule&, const QueryMatch& match, const FileContext& context,
                 SharedFacts& shared, std::vector<Finding>* out) {
  const Node call = match.First("site");
  const auto callee = context.go->Callee(call);
  if (!callee || callee->path != "os/exec") {
    return;
  }
  const bool with_context = callee->name == "CommandContext";
  if (!with_context && callee->name != "Command" && callee->name != "LookPath") {
    return;
  }
  const Node argument = call.Field("arguments").NamedChild(with_context ? 1 : 0);
  auto program = GoStringValue(argument);
  if (const Node initial = program ? Node() : GoInitialValue(argument, *context.go)) {
    program = GoStringValue(initial);
  }
  if (!program || (program->find('/') != std::string::npos && !program->starts_with('/'))) {
    return;
  }
  const ProgramTable& table = shared.Get<ProgramTable>(&ReadTable);
  const auto advice = table.advice.find(LastElement(*program));
  if (advice == table.advice.end() || !RunsOnWindows(call, context)) {
    return;
  }
  Finding finding;
  finding.span = argument.span();
  finding.level = Level::kSuggest;
  finding.message = Cat("a Windows container has no program ", *program);
  finding.reason = advice->second;
  out->push_back(std::move(finding));
}

}  // namespace windlass
