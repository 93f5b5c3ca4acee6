#include "transformer/rules/native/setting_places.h"

#include <algorithm>
#include <utility>

#include "re2/re2.h"
#include "transformer/rules/native/go_image.h"

namespace windlass {
namespace {

constexpr size_t kMaxListed = 200;

/// Windows' backslashes and drive C as a unix path, so that both read alike.
std::string Slashed(std::string path) {
  RE2::Replace(&path, R"(^[Cc]:)", "");
  std::ranges::replace(path, '\\', '/');
  return path;
}

/// COPY of one source: the file that it makes, or the folder with the files that are known of it.
class Copies {
 public:
  Copies(const Project& project, const std::string& path, bool windows, Span span)
      : project_(project), path_(path), windows_(windows), span_(span) {}

  void Add(const std::string& source, const std::string& target, bool into, bool of_stage,
           std::vector<SettingPlace>* out) const {
    const std::string name(UnixBase(source));
    if (IsFileName(source)) {
      const std::string path = into ? UnixPath(target, name) : target;
      out->push_back({PlacePath(path, windows_), false, windows_,
                      Cat("COPY puts ", name, " at ", path), path_, span_});
      return;
    }
    out->push_back(
        {PlacePath(target, windows_), true, windows_, Cat("COPY fills ", target), path_, span_});
    for (const std::string& root : {std::string(), path_.substr(0, path_.rfind('/') + 1)}) {
      const std::string folder = of_stage ? "" : UnixPath(Cat("/", root), source).substr(1);
      size_t listed = 0;
      for (const ProjectFile& file : project_.files()) {
        if (folder.empty() || !file.path.starts_with(Cat(folder, "/")) || ++listed > kMaxListed) {
          continue;
        }
        const std::string path = UnixPath(target, file.path.substr(folder.size() + 1));
        out->push_back({PlacePath(path, windows_), false, windows_,
                        Cat("COPY puts ", UnixBase(path), " at ", path), path_, span_});
      }
    }
  }

 private:
  const Project& project_;
  const std::string& path_;
  bool windows_;
  Span span_;
};

void ReadCopy(const Dockerfile& image, const DockerInstruction& copy, const Project& project,
              const std::string& path, const std::string& workdir, std::vector<SettingPlace>* out) {
  const bool windows = image.stages.back().os == ImageOs::kWindows;
  std::vector<std::string> words;
  for (const Node word : DockerWords(copy.node)) {
    words.push_back(Slashed(word.Is("json_string") ? DockerStrings(word.parent())[words.size()]
                                                   : image.Word(word)));
  }
  if (words.size() < 2 || words.back().find('$') != std::string::npos) {
    return;
  }
  const std::string target = UnixPath(workdir, words.back());
  const bool into =
      words.size() > 2 || words.back().ends_with("/") || target == workdir || !IsFileName(target);
  words.pop_back();
  const Copies copies(project, path, windows, copy.node.span());
  for (const std::string& source : words) {
    copies.Add(source, target, into, image.Flag(copy.node, "from").has_value(), out);
  }
}

}  // namespace

bool SettingPlace::Covers(std::string_view other) const {
  return other == path || (folder && (path == "/" || other.starts_with(Cat(path, "/"))));
}

std::vector<SettingPlace> PlacesOfImage(const Dockerfile& image, const Project& project,
                                        const std::string& path, std::string* workdir) {
  std::vector<SettingPlace> places;
  workdir->assign(1, '/');
  if (image.stages.empty()) {
    return places;
  }
  const bool windows = image.stages.back().os == ImageOs::kWindows;
  for (const DockerInstruction& instruction : image.stages.back().instructions) {
    if (instruction.name == "WORKDIR") {
      *workdir = UnixPath(*workdir, Slashed(image.Word(instruction.node.Field("path"))));
    } else if (instruction.name == "COPY" || instruction.name == "ADD") {
      ReadCopy(image, instruction, project, path, *workdir, &places);
    } else if (instruction.name == "VOLUME") {
      size_t index = 0;
      for (const Node word : DockerWords(instruction.node)) {
        const std::string volume =
            word.Is("json_string") ? DockerStrings(word.parent())[index++] : image.Word(word);
        places.push_back({PlacePath(Slashed(volume), windows), true, windows,
                          Cat("VOLUME is ", volume), path, instruction.node.span()});
      }
    }
  }
  std::erase_if(places, [](const SettingPlace& place) { return place.path.empty(); });
  return places;
}

std::vector<SettingPlace> PlacesOfMounts(const YamlValue& owner, bool windows,
                                         const std::string& path) {
  std::vector<SettingPlace> places;
  const auto add = [&](const std::string& target, Node node) {
    if (std::string normal = PlacePath(target, windows); !normal.empty()) {
      places.push_back({std::move(normal), true, windows, Cat("a volume is mounted at ", target),
                        path, node.span()});
    }
  };
  for (const YamlValue& mount : owner.Get("volumeMounts").Items()) {
    add(mount.Get("mountPath").Text(), mount.Get("mountPath").node());
  }
  static const LazyRE2 kShort = {R"((?:.*:)?((?:[A-Za-z]:\\|/)[^:]*)(?::[a-zA-Z,]+)?)"};
  for (const YamlValue& mount : owner.Get("volumes").Items()) {
    std::string target = mount.Get("target").Text();
    if (mount.is_map() || RE2::FullMatch(mount.Text(), *kShort, &target)) {
      add(target, mount.node());
    }
  }
  return places;
}

bool IsFileName(std::string_view path) {
  return UnixBase(path).find('.', 1) != std::string_view::npos;
}

std::string PlacePath(std::string_view text, bool windows) {
  std::string path = Slashed(std::string(text));
  while (path.size() > 1 && path.back() == '/') {
    path.pop_back();
  }
  if (windows) {
    std::ranges::transform(path, path.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    });
  }
  static const LazyRE2 kRooted = {R"((/|[A-Za-z]:/)[^\s$:]*)"};
  return RE2::FullMatch(path, *kRooted) && path.size() > 1 ? path : "";
}

}  // namespace windlass
