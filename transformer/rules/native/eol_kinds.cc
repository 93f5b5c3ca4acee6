#include "transformer/rules/native/eol_kinds.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "re2/re2.h"
#include "toml++/toml.h"
#include "transformer/rules/native/eol_carried.h"
#include "transformer/rules/pack.h"
#include "transformer/text/status.h"

namespace windlass {
namespace {

std::string At(std::string_view origin, const toml::source_region& place) {
  return Cat(origin, ":", std::to_string(place.begin.line), ":", std::to_string(place.begin.column),
             ": ");
}

std::vector<std::string> Strings(const toml::node* node) {
  std::vector<std::string> out;
  if (node != nullptr && node->is_array()) {
    for (const toml::node& item : *node->as_array()) {
      if (const auto text = item.value<std::string>()) {
        out.push_back(*text);
      }
    }
  }
  return out;
}

std::optional<Eol> EolNamed(const std::optional<std::string>& name) {
  if (name == "lf") {
    return Eol::kLf;
  }
  return name == "crlf" ? std::optional(Eol::kCrlf) : std::nullopt;
}

absl::StatusOr<EolKind> ReadKind(const toml::table& table, std::string_view origin) {
  const auto want = table["want"].value<std::string>();
  const auto level = LevelFromName(table["level"].value_or(std::string_view()));
  const auto name = table["name"].value<std::string>();
  if (!name || !level || (want != "lf" && want != "crlf" && want != "same")) {
    return InvalidInput(Cat(At(origin, table.source()),
                            "a kind needs name, level, and want = \"lf\", \"crlf\" or \"same\""));
  }
  EolKind kind;
  kind.name = *name;
  kind.want = EolNamed(want);
  kind.prefer = EolNamed(table["prefer"].value<std::string>());
  kind.level = *level;
  kind.why = table["why"].value_or(std::string());
  kind.globs = Strings(table.get("globs"));
  kind.interpreters = Strings(table.get("interpreters"));
  kind.attributes = Strings(table.get("attributes"));
  return kind;
}

bool AnyMatches(const std::vector<std::string>& globs, std::string_view path) {
  return std::any_of(globs.begin(), globs.end(),
                     [&](const std::string& glob) { return GitPatternMatches(glob, path); });
}

/// "bash" of `#!/usr/bin/env -S bash -e` and of `#!/bin/bash`; empty without a #! line.
std::string Interpreter(std::string_view bytes) {
  std::string name;
  if (bytes.substr(0, 2) == "#!") {
    const std::string line(bytes.substr(0, std::min<size_t>(bytes.find('\n'), 256)));
    RE2::PartialMatch(line, R"(^#!\s*(?:\S*/env\s+(?:-\S+\s+)*)?(?:\S*/)?([\w.]+))", &name);
  }
  return name;
}

/// What the project asks for goes before the table.
void AddChoices(const std::vector<ProjectSettings::EndsChoice>& choices, EolKinds* kinds) {
  std::vector<EolKind> own;
  for (const ProjectSettings::EndsChoice& choice : choices) {
    if (choice.ends == "keep") {
      kinds->protected_globs.push_back(choice.glob);
      continue;
    }
    EolKind kind;
    kind.name = choice.glob;
    kind.globs = {choice.glob};
    kind.want = choice.ends == "crlf" ? Eol::kCrlf : Eol::kLf;
    kind.why = "windlass.toml asks for it";
    kind.chosen = true;
    kind.attributes = {Cat(choice.glob, " text eol=", choice.ends)};
    own.push_back(std::move(kind));
  }
  kinds->kinds.insert(kinds->kinds.begin(), own.begin(), own.end());
}

/// .gitattributes without its misspellings, which eol/attribute puts right.
std::string AsMeant(const std::string& text) {
  EditSet edits;
  for (const AttributeTypo& typo : FindAttributeTypos(text)) {
    edits.Add(typo.span, typo.meant).IgnoreError();
  }
  return edits.Apply(text);
}

void AddConfig(std::string_view dir, std::string_view name, const std::string& text,
               EolFacts* facts) {
  if (name == ".gitattributes") {
    facts->attributes.Add(dir, AsMeant(text));
  } else {
    facts->editor.Add(dir, text);
  }
}

absl::StatusOr<EolKinds> KindsOf(const Pack& pack) {
  const auto table = pack.files.find("tables/consumers.toml");
  return table == pack.files.end() ? EolKinds() : ParseEolKinds(table->second, table->first);
}

std::unique_ptr<const EolFacts> MakeEolFacts(SharedFacts& shared) {
  auto facts = std::make_unique<EolFacts>();
  if (auto kinds = KindsOf(*shared.FindPack("eol")); kinds.ok()) {
    facts->kinds = *std::move(kinds);
  }
  const Project& project = shared.project();
  AddChoices(project.settings().ends, &facts->kinds);
  for (const ProjectFile& file : project.files()) {
    const size_t slash = file.path.rfind('/');
    const std::string_view name =
        std::string_view(file.path).substr(slash == std::string::npos ? 0 : slash + 1);
    if (name == ".gitattributes" || name == ".editorconfig") {
      if (const auto text = project.Read(file.path); text.ok()) {
        AddConfig(file.path.substr(0, slash == std::string::npos ? 0 : slash), name, *text,
                  facts.get());
      }
    } else if (file.skim && file.skim->Imports("embed")) {
      for (const CarriedFiles& carried : EmbeddedFiles(project, file)) {
        for (const ProjectFile* embedded : carried.files) {
          facts->embedded.insert(embedded->path);
        }
      }
    }
  }
  return facts;
}

}  // namespace

const EolKind* EolKinds::Of(std::string_view path, std::string_view bytes) const {
  for (const EolKind& kind : kinds) {
    if (AnyMatches(kind.globs, path)) {
      return &kind;
    }
  }
  const std::string interpreter = Interpreter(bytes);
  for (const EolKind& kind : kinds) {
    if (!interpreter.empty() && std::find(kind.interpreters.begin(), kind.interpreters.end(),
                                          interpreter) != kind.interpreters.end()) {
      return &kind;
    }
  }
  return nullptr;
}

bool EolKinds::Protects(std::string_view path) const {
  const std::string slashed = Cat("/", path);
  return AnyMatches(protected_globs, path) ||
         std::any_of(protected_folders.begin(), protected_folders.end(),
                     [&](const std::string& folder) {
                       return slashed.find(Cat("/", folder, "/")) != std::string::npos;
                     });
}

absl::StatusOr<EolKinds> ParseEolKinds(std::string_view text, std::string_view origin) {
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) {
    return InvalidInput(Cat(At(origin, parsed.error().source()), parsed.error().description()));
  }
  const toml::table& table = parsed.table();
  EolKinds out;
  if (const toml::array* kinds = table["kind"].as_array()) {
    for (const toml::node& node : *kinds) {
      if (!node.is_table()) {
        return InvalidInput(Cat(At(origin, node.source()), "[[kind]] must be a table"));
      }
      WINDLASS_ASSIGN_OR_RETURN(EolKind kind, ReadKind(*node.as_table(), origin));
      out.kinds.push_back(std::move(kind));
    }
  }
  out.protected_globs = Strings(table["protected"]["globs"].node());
  out.protected_folders = Strings(table["protected"]["folders"].node());
  out.protected_attributes = Strings(table["protected"]["attributes"].node());
  out.binary_attributes = Strings(table["binary"]["attributes"].node());
  return out;
}

absl::StatusOr<EolFacts> LoadEolFacts(const Pack& pack, const std::vector<std::string>& dirs,
                                      const ProjectSettings& settings, const FileReader& read) {
  EolFacts facts;
  WINDLASS_ASSIGN_OR_RETURN(facts.kinds, KindsOf(pack));
  AddChoices(settings.ends, &facts.kinds);
  for (const std::string& dir : dirs) {
    for (const std::string_view name : {".gitattributes", ".editorconfig"}) {
      if (const auto text = read(Cat(dir, dir.empty() ? "" : "/", name)); text.ok()) {
        AddConfig(dir, name, *text, &facts);
      }
    }
  }
  return facts;
}

const EolFacts& EolFactsOf(SharedFacts& shared) {
  return shared.Get<EolFacts>(MakeEolFacts);
}

}  // namespace windlass
