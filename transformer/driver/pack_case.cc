#include "transformer/driver/pack_case.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>

#include "re2/re2.h"
#include "transformer/rules/names.h"
#include "transformer/text/eol.h"
#include "transformer/text/status.h"

namespace windlass {

namespace {

constexpr std::string_view kGoMod = "module example.test/app\n\ngo 1.21\n";
constexpr std::string_view kFourTargets = "linux/amd64 linux/arm64 windows/amd64 windows/arm64";

std::vector<std::string> Words(std::string_view text) {
  std::string spaced(text);
  std::ranges::replace(spaced, ',', ' ');
  std::istringstream in(spaced);
  std::vector<std::string> words;
  for (std::string word; in >> word;) {
    words.push_back(word);
  }
  return words;
}

absl::Status ReadTargets(std::string_view value, std::vector<Target>* out) {
  out->clear();
  std::string listed(value);
  RE2::GlobalReplace(&listed, R"(\ball\b)", kFourTargets);
  for (const std::string& word : Words(listed)) {
    const std::optional<Target> target = ParseTarget(word);
    if (!target) {
      return InvalidInput(Cat("`", word, "` is no target; write GOOS/GOARCH"));
    }
    out->push_back(*target);
  }
  return absl::OkStatus();
}

absl::Status ReadLevel(std::string_view value, Case* out) {
  const std::optional<Level> level = LevelFromName(value);
  if (!level || *level == Level::kSuggest) {
    return InvalidInput(Cat("`", value, "` is no level to patch; write safe or review"));
  }
  out->level = *level;
  return absl::OkStatus();
}

absl::Status ReadYes(std::string_view value, bool* out) {
  if (value != "yes") {
    return InvalidInput(Cat("`", value, "` means nothing here; write yes"));
  }
  *out = true;
  return absl::OkStatus();
}

absl::Status ReadSet(std::string_view value, StringSet* out) {
  for (std::string& word : Words(value)) {
    out->insert(std::move(word));
  }
  return absl::OkStatus();
}

using Directive = absl::Status (*)(std::string_view value, Case*);
const std::map<std::string_view, Directive>& Directives() {
  static const auto* const directives = new std::map<std::string_view, Directive>{
      {"rules",
       [](std::string_view value, Case* c) {
         c->rules = Words(value);
         return absl::OkStatus();
       }},
      {"level", &ReadLevel},
      {"tags",
       [](std::string_view value, Case* c) {
         c->tags = Words(value);
         return absl::OkStatus();
       }},
      {"targets", [](std::string_view value, Case* c) { return ReadTargets(value, &c->targets); }},
      {"build", [](std::string_view value, Case* c) { return ReadTargets(value, &c->build); }},
      {"broken", [](std::string_view value, Case* c) { return ReadTargets(value, &c->broken); }},
      {"reasons", [](std::string_view value, Case* c) { return ReadYes(value, &c->reasons); }},
      {"executable",
       [](std::string_view value, Case* c) { return ReadSet(value, &c->executable); }},
      {"crlf", [](std::string_view value, Case* c) { return ReadSet(value, &c->crlf); }},
      {"escaped", [](std::string_view value, Case* c) { return ReadSet(value, &c->escaped); }},
      {"module",
       [](std::string_view value, Case* c) {
         c->module = false;
         return value == "none" ? absl::OkStatus()
                                : InvalidInput("write none, or give an in/go.mod");
       }},
  };
  return *directives;
}

// Lines `key: value` with a key in lower case; all else is prose.
absl::Status ReadDirectives(Case* out) {
  std::istringstream lines(out->archive.comment);
  std::string line;
  for (size_t number = 1; std::getline(lines, line); ++number) {
    std::string key;
    std::string value;
    if (!RE2::FullMatch(line, R"(([a-z][a-z-]*):\s+(.*?)\s*)", &key, &value)) {
      continue;
    }
    const auto directive = Directives().find(key);
    const std::string at = Cat(out->path, ":", std::to_string(number), ": ");
    if (directive == Directives().end()) {
      std::vector<std::string_view> known;
      for (const auto& [name, read] : Directives()) {
        known.push_back(name);
      }
      return InvalidInput(Cat(at, "unknown directive `", key, "`; ", NameHint(key, known)));
    }
    if (const absl::Status status = directive->second(value, out); !status.ok()) {
      return InvalidInput(Cat(at, key, ": ", Std(status.message())));
    }
  }
  return absl::OkStatus();
}

std::string Decode(const Case& c, const TxtarFile& file) {
  if (c.escaped.contains(file.name)) {
    return Unescape(file.text);
  }
  return c.crlf.contains(file.name) ? ConvertEols(file.text, Encoding::kUtf8, Eol::kCrlf)
                                    : file.text;
}

std::string Encode(const Case& c, const std::string& section, std::string_view bytes) {
  if (c.escaped.contains(section)) {
    return Escape(bytes);
  }
  return c.crlf.contains(section) ? ConvertEols(bytes, Encoding::kUtf8, Eol::kLf)
                                  : std::string(bytes);
}

absl::Status ReadSections(Case* out) {
  StringSet gone;
  std::vector<std::pair<std::string, std::string>> changed;
  for (const TxtarFile& file : out->archive.files) {
    const std::string_view name = file.name;
    if (name.starts_with("in/")) {
      out->before[file.name.substr(3)] = Decode(*out, file);
    } else if (name.starts_with("out/")) {
      changed.emplace_back(file.name.substr(4), Decode(*out, file));
    } else if (name.starts_with("gone/")) {
      gone.insert(file.name.substr(5));
    } else if (name.starts_with("packs/")) {
      out->packs.push_back({file.name.substr(6), file.text});
    } else if (name == "findings") {
      out->findings = file.text;
    } else if (name == "error") {
      out->error = file.text;
    } else {
      return InvalidInput(Cat(out->path, ":", std::to_string(file.line), ": unknown section `",
                              name, "`; one of in/…, out/…, gone/…, packs/…, findings, error"));
    }
  }
  if (out->module && std::ranges::any_of(out->before, [](const auto& file) {
        return file.first.ends_with(".go");
      })) {
    out->before.emplace("go.mod", kGoMod);
  }
  out->after = out->before;
  for (auto& [path, text] : changed) {
    out->after[path] = std::move(text);
  }
  for (const std::string& path : gone) {
    out->after.erase(path);
  }
  return absl::OkStatus();
}

bool IsExpectation(const TxtarFile& file) {
  const std::string_view name = file.name;
  return name.starts_with("out/") || name.starts_with("gone/") || name == "findings" ||
         name == "error";
}

}  // namespace

absl::StatusOr<Case> ParseCase(std::string_view path, std::string_view text) {
  Case result;
  result.path = path;
  result.archive = ParseTxtar(text);
  WINDLASS_RETURN_IF_ERROR(ReadDirectives(&result));
  std::string family;
  if (result.rules.empty() &&
      RE2::FullMatch(result.path, "(?:.*/)?(?:patches|packs)/([^/]+)/cases/.*", &family)) {
    result.rules = {family};
  }
  WINDLASS_RETURN_IF_ERROR(ReadSections(&result));
  return result;
}

std::string UpdateCase(const Case& golden, const StringMap<std::string>& after,
                       std::string_view findings, const std::optional<std::string>& error) {
  Txtar updated = golden.archive;
  std::erase_if(updated.files, IsExpectation);
  for (const auto& [path, bytes] : after) {
    const auto before = golden.before.find(path);
    if (before == golden.before.end() || before->second != bytes) {
      const std::string section = Cat("out/", path);
      updated.files.push_back({section, Encode(golden, section, bytes), 0});
    }
  }
  for (const auto& [path, bytes] : golden.before) {
    if (!after.contains(path)) {
      updated.files.push_back({Cat("gone/", path), "", 0});
    }
  }
  if (!findings.empty()) {
    updated.files.push_back({"findings", std::string(findings), 0});
  }
  if (error) {
    updated.files.push_back({"error", *error, 0});
  }
  return FormatTxtar(updated);
}

std::vector<std::string> FindCases(const std::string& root) {
  namespace fs = std::filesystem;
  std::vector<std::string> cases;
  for (const std::string_view folder : {"patches", "tests/cases"}) {
    std::error_code error;
    for (fs::recursive_directory_iterator it(fs::path(root) / folder, error), end; it != end;
         it.increment(error)) {
      if (it->path().extension() == ".txtar") {
        cases.push_back(it->path().lexically_relative(root).generic_string());
      }
    }
  }
  std::ranges::sort(cases);
  return cases;
}

std::string Unescape(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    if (text[i] != '\\') {
      out += text[i];
    } else if (next == 'x' && i + 3 < text.size()) {
      out += static_cast<char>(std::stoi(std::string(text.substr(i + 2, 2)), nullptr, 16));
      i += 3;
    } else {
      out += next == 'r' ? "\r" : next == 't' ? "\t" : next == '\\' ? "\\" : "";
      ++i;
    }
  }
  return out;
}

std::string Escape(std::string_view bytes) {
  constexpr std::string_view kHex = "0123456789abcdef";
  const bool utf8 = DetectEncoding(bytes) == Encoding::kUtf8;
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\\' || c == '\r') {
      out += c == '\r' ? "\\r" : "\\\\";
    } else if (c == '\n' || c == '\t' || (byte >= 0x20 && byte < 0x7f) || (byte >= 0x80 && utf8)) {
      out += c;
    } else {
      out += Cat("\\x", kHex.substr(byte >> 4, 1), kHex.substr(byte & 15, 1));
    }
  }
  return out.ends_with('\n') || out.empty() ? out : Cat(out, "\\\n");
}

}  // namespace windlass
