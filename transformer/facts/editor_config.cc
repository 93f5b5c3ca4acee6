#include "transformer/facts/editor_config.h"

#include <algorithm>
#include <cctype>

namespace windlass {
namespace {

std::string Lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::string_view Trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r");
  return begin == std::string_view::npos
             ? std::string_view()
             : text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

bool IsBelow(std::string_view path, std::string_view dir) {
  return dir.empty() ||
         (path.size() > dir.size() && path.starts_with(dir) && path[dir.size()] == '/');
}

/// The brace that closes the one at `open`, or npos.
size_t ClosingBrace(std::string_view glob, size_t open) {
  int depth = 0;
  for (size_t i = open; i < glob.size(); ++i) {
    if (glob[i] == '\\') {
      ++i;
    } else if (glob[i] == '{') {
      ++depth;
    } else if (glob[i] == '}' && --depth == 0) {
      return i;
    }
  }
  return std::string_view::npos;
}

/// `inside` at its commas, those of inner braces aside.
std::vector<std::string_view> Alternatives(std::string_view inside) {
  std::vector<std::string_view> out;
  int depth = 0;
  size_t begin = 0;
  for (size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == '\\') {
      ++i;
    } else if (inside[i] == '{') {
      ++depth;
    } else if (inside[i] == '}') {
      --depth;
    } else if (inside[i] == ',' && depth == 0) {
      out.push_back(inside.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  out.push_back(inside.substr(begin));
  return out;
}

/// Writes a glob as a regular expression; numbers of {a..b} become groups.
class GlobWriter {
 public:
  explicit GlobWriter(std::vector<std::pair<int, int>>* ranges) : ranges_(ranges) {}

  std::string Write(std::string_view glob) {
    std::string out;
    for (size_t i = 0; i < glob.size();) {
      i += One(glob.substr(i), &out);
    }
    return out;
  }

 private:
  /// The first part of `glob`; returns its length.
  size_t One(std::string_view glob, std::string* out) {
    switch (glob[0]) {
      case '\\':
        *out += RE2::QuoteMeta(std::string(glob.substr(glob.size() > 1 ? 1 : 0, 1)));
        return std::min<size_t>(2, glob.size());
      case '*':
        *out += glob.starts_with("**") ? ".*" : "[^/]*";
        return glob.starts_with("**") ? 2 : 1;
      case '/':
        if (glob.starts_with("/**/")) {
          *out += "(?:/|/.*/)";
          return 4;
        }
        break;
      case '?':
        *out += "[^/]";
        return 1;
      case '[':
        return Class(glob, out);
      case '{':
        return Braces(glob, out);
      default:
        break;
    }
    *out += RE2::QuoteMeta(std::string(glob.substr(0, 1)));
    return 1;
  }

  static size_t Class(std::string_view glob, std::string* out) {
    const size_t close = glob.find(']', 2);
    const std::string_view inside = glob.substr(1, close == std::string_view::npos ? 0 : close - 1);
    if (inside.empty() || inside.find('/') != std::string_view::npos) {
      *out += "\\[";
      return 1;
    }
    *out += inside[0] == '!' ? "[^/" : "[";
    for (const char c : inside.substr(inside[0] == '!' ? 1 : 0)) {
      *out += c == '-' ? "-" : RE2::QuoteMeta(std::string(1, c));
    }
    *out += "]";
    return close + 1;
  }

  size_t Braces(std::string_view glob, std::string* out) {
    const size_t close = ClosingBrace(glob, 0);
    if (close == std::string_view::npos) {
      *out += "\\{";
      return 1;
    }
    const std::string_view inside = glob.substr(1, close - 1);
    int first = 0;
    int last = 0;
    static const RE2 kRange(R"(([+-]?\d{1,9})\.\.([+-]?\d{1,9}))");
    if (RE2::FullMatch(re2::StringPiece(inside.data(), inside.size()), kRange, &first, &last)) {
      ranges_->emplace_back(std::min(first, last), std::max(first, last));
      *out += "([+-]?(?:0|[1-9]\\d{0,8}))";
      return close + 1;
    }
    const std::vector<std::string_view> parts = Alternatives(inside);
    if (parts.size() == 1) {
      *out += Cat("\\{", Write(inside), "\\}");
      return close + 1;
    }
    std::string joined;
    for (const std::string_view part : parts) {
      joined += Cat(joined.empty() && part.data() == inside.data() ? "" : "|", Write(part));
    }
    *out += Cat("(?:", joined, ")");
    return close + 1;
  }

  std::vector<std::pair<int, int>>* ranges_;
};

}  // namespace

EditorGlob::EditorGlob(std::string_view glob) {
  std::string anchored;
  if (glob.find('/') == std::string_view::npos) {
    anchored = "(?:.*/)?";
  } else if (glob.starts_with('/')) {
    glob.remove_prefix(1);
  }
  RE2::Options options;
  options.set_log_errors(false);
  options.set_dot_nl(true);
  // "**/" at the front also stands for no folder at all.
  if (glob.starts_with("**/")) {
    anchored = "(?:.*/)?";
    glob.remove_prefix(3);
  }
  pattern_ = std::make_unique<RE2>(Cat(anchored, GlobWriter(&ranges_).Write(glob)), options);
}

bool EditorGlob::Matches(std::string_view path) const {
  if (!pattern_->ok()) {
    return false;
  }
  const auto groups = static_cast<size_t>(pattern_->NumberOfCapturingGroups());
  std::vector<re2::StringPiece> found(groups + 1);
  if (!pattern_->Match(re2::StringPiece(path.data(), path.size()), 0, path.size(), RE2::ANCHOR_BOTH,
                       found.data(), static_cast<int>(found.size()))) {
    return false;
  }
  for (size_t i = 0; i < groups && i < ranges_.size(); ++i) {
    int number = 0;
    if (found[i + 1].data() != nullptr &&
        (!RE2::FullMatch(found[i + 1], "\\+?(-?\\d+)", &number) || number < ranges_[i].first ||
         number > ranges_[i].second)) {
      return false;
    }
  }
  return true;
}

void EditorConfig::Add(std::string_view dir, std::string_view text) {
  File file;
  file.dir = dir;
  file.path = Cat(dir, dir.empty() ? "" : "/", ".editorconfig");
  size_t offset = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (offset < text.size()) {
    const size_t end = std::min(text.find('\n', offset), text.size());
    const std::string_view line = Trim(text.substr(offset, end - offset));
    const size_t begin = line.empty() ? offset : static_cast<size_t>(line.data() - text.data());
    offset = end + 1;
    if (line.empty() || line[0] == '#' || line[0] == ';') {
      continue;
    }
    if (line[0] == '[' && line.rfind(']') != std::string_view::npos) {
      file.sections.push_back({EditorGlob(line.substr(1, line.rfind(']') - 1)), {}});
      continue;
    }
    const size_t equals = line.find('=');
    if (equals == std::string_view::npos) {
      continue;
    }
    std::string name = Lower(Trim(line.substr(0, equals)));
    std::string value = Lower(Trim(line.substr(equals + 1)));
    value = value.substr(0, std::min(value.find(" #"), value.find(" ;")));
    value = std::string(Trim(value));
    if (file.sections.empty()) {
      file.root = file.root || (name == "root" && value == "true");
    } else {
      file.sections.back().properties.push_back(
          {std::move(name), std::move(value), Span{begin, begin + line.size()}});
    }
  }
  files_.push_back(std::move(file));
  std::ranges::stable_sort(files_, {}, [](const File& f) { return f.dir.size(); });
}

std::optional<EditorConfig::Value> EditorConfig::Get(std::string_view path,
                                                     std::string_view property) const {
  for (auto file = files_.rbegin(); file != files_.rend(); ++file) {
    if (!IsBelow(path, file->dir)) {
      continue;
    }
    const std::string_view local = path.substr(file->dir.empty() ? 0 : file->dir.size() + 1);
    for (auto section = file->sections.rbegin(); section != file->sections.rend(); ++section) {
      const auto found = std::find_if(section->properties.rbegin(), section->properties.rend(),
                                      [&](const Property& p) { return p.name == property; });
      if (found != section->properties.rend() && section->glob.Matches(local)) {
        return found->value == "unset"
                   ? std::nullopt
                   : std::optional(Value{found->value, file->path, found->span});
      }
    }
    if (file->root) {
      break;
    }
  }
  return std::nullopt;
}

bool EditorConfig::Mentions(std::string_view property) const {
  return std::ranges::any_of(files_, [&](const File& file) {
    return std::ranges::any_of(file.sections, [&](const Section& section) {
      return std::ranges::any_of(section.properties,
                                 [&](const Property& p) { return p.name == property; });
    });
  });
}

}  // namespace windlass
