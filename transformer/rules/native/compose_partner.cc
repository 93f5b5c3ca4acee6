// compose.windows.yaml beside a compose.yaml for Linux, to be merged with it: the services whose
// Dockerfiles have a partner for Windows, with its platform, paths and mounts.

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "re2/re2.h"
#include "transformer/facts/manifests.h"
#include "transformer/rules/native/compose_service.h"
#include "transformer/rules/native/partner.h"
#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

/// compose.yaml → compose.windows.yaml
std::string PartnerPath(std::string_view path) {
  const size_t dot = path.rfind('.');
  return Cat(path.substr(0, dot), ".windows", path.substr(dot));
}

/// The files that Compose reads by itself, outside of tests and examples.
bool IsMainFile(std::string_view path) {
  static const LazyRE2 kMain = {R"((.*/)?(docker-)?compose\.ya?ml)"};
  static const LazyRE2 kOther = {
      R"((?i)(^|/)(\.[^/]+|[^/]*(test|example|fixture|sample|demo|bench)[^/]*|e2e|docs?|hack|contrib|vendor)/)"};
  const re2::StringPiece text(path.data(), path.size());
  return RE2::FullMatch(text, *kMain) && !RE2::PartialMatch(text, *kOther);
}

/// `path` below `dir`, "." and ".." resolved; nullopt outside of the project.
std::optional<std::string> ProjectPath(std::string_view dir, std::string_view path) {
  if (path.starts_with("/") || path.find_first_of("$:") != std::string_view::npos) {
    return std::nullopt;
  }
  const std::string whole = UnixPath(Cat("/r/", dir), path);
  if (!whole.starts_with("/r")) {
    return std::nullopt;
  }
  return whole.size() > 3 ? whole.substr(3) : "";
}

/// A mount in either form.
struct Mount {
  std::string type;  // volume, bind
  std::string source;
  std::string target;
  bool read_only = false;
};

std::optional<Mount> ReadMount(const YamlValue& volume) {
  Mount mount;
  if (volume.is_map()) {
    mount = {volume.Get("type").Text(), volume.Get("source").Text(), volume.Get("target").Text(),
             volume.Get("read_only").Text() == "true"};
    return mount.target.empty() || mount.target.find('$') != std::string::npos
               ? std::nullopt
               : std::optional(mount);
  }
  static const LazyRE2 kShort = {R"((?:([^:$]+):)?(/[^:$]*)(?::([a-zA-Z,]+))?)"};
  std::string options;
  if (!RE2::FullMatch(volume.Text(), *kShort, &mount.source, &mount.target, &options)) {
    return std::nullopt;
  }
  mount.type = mount.source.starts_with(".") || mount.source.starts_with("/") ||
                       mount.source.starts_with("~")
                   ? "bind"
                   : "volume";
  mount.read_only = RE2::FullMatch(options, "(.*,)?ro(,.*)?");
  return mount;
}

std::vector<std::pair<std::string, std::string>> VariablesOf(const YamlValue& service) {
  std::vector<std::pair<std::string, std::string>> variables;
  const YamlValue environment = service.Get("environment");
  for (const auto& [key, value] : environment.Entries()) {
    variables.emplace_back(key, value.Text());
  }
  for (const YamlValue& item : environment.Items()) {
    const std::string text = item.Text();
    if (const size_t equals = text.find('='); equals != std::string::npos) {
      variables.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
  }
  return variables;
}

class Override {
 public:
  Override(const FileContext& context, const YamlValue& document)
      : context_(context),
        document_(document),
        dir_(context.source.path().substr(0, context.source.path().find_last_of('/') + 1)) {}

  void Run(std::vector<Finding>* out) {
    for (const auto& [name, service] : document_.Get("services").Entries()) {
      if (IsComposeForWindows(service)) {
        return;
      }
      Service(name, service);
    }
    if (first_.is_null() || HasPartner()) {
      return;
    }
    const std::string path = PartnerPath(context_.source.path());
    Finding& finding = out->emplace_back();
    finding.span = first_.span();
    finding.message = "the services run on Windows only by another file of Compose";
    if (!trouble_.empty()) {
      finding.level = Level::kSuggest;
      finding.reason = Cat(path, " is a person's to write: ", trouble_);
      return;
    }
    finding.level = Level::kReview;
    finding.reason = "check that the services find their files at the paths below C:\\";
    const std::string own(UnixBase(context_.source.path()));
    finding.fix.emplace().new_files.push_back(
        {.path = path,
         .text = Cat("# The same on an engine for Windows containers, by Compose 2.24 or later:\n",
                     "#   docker compose -f ", own, " -f ", UnixBase(path), " up --build\n",
                     "services:\n", text_, Networks())});
  }

 private:
  void Fail(std::string why) {
    if (trouble_.empty()) {
      trouble_ = std::move(why);
    }
  }

  /// The Dockerfile of a service that is built here; "" if it is not.
  std::string DockerfileOf(const YamlValue& service) const {
    const YamlValue build = service.Get("build");
    const std::string context = build.is_map() ? build.Get("context").Text() : build.Text();
    const std::string name = build.Get("dockerfile").Text();
    const auto folder = build ? ProjectPath(dir_, context.empty() ? "." : context) : std::nullopt;
    const auto file = folder ? ProjectPath(*folder, name.empty() ? "Dockerfile" : name) : folder;
    return file.value_or("");
  }

  /// The partner's name as `build.dockerfile` says it; "" if the Dockerfile has none.
  std::string WindowsDockerfile(const YamlValue& service) const {
    const std::string file = DockerfileOf(service);
    std::string said = service.At("build.dockerfile").Text();
    said = said.empty() ? "Dockerfile" : said;
    if (!file.ends_with(said)) {
      return "";
    }
    const std::string folder = file.substr(0, file.size() - said.size());
    const size_t dot = said.rfind('.');
    std::vector<std::string> names = {Cat(said, ".windows")};
    if (dot != std::string::npos) {
      names.push_back(Cat(said.substr(0, dot), ".windows", said.substr(dot)));
    }
    const auto there = std::ranges::find_if(names, [&](const std::string& name) {
      return context_.project.Find(Cat(folder, name)) != nullptr;
    });
    return there == names.end() ? "" : *there;
  }

  void Service(const std::string& name, const YamlValue& service) {
    const std::string dockerfile = WindowsDockerfile(service);
    if (dockerfile.empty()) {
      const std::string image = service.Get("image").Text();
      Fail(Cat(name, service.Get("build")
                         ? " is built by a Dockerfile without a partner for Windows"
                         : Cat(" is ", image.empty() ? "of another file" : image)));
      return;
    }
    if (first_.is_null()) {
      first_ = service.holder();
    }
    text_ +=
        Cat("  ", name,
            ":\n    platform: windows/amd64\n    build:\n      dockerfile: ", dockerfile, "\n");
    for (const char* key : {"entrypoint", "command"}) {
      if (service.Get(key) && !IsPlainCommand(service.Get(key))) {
        Fail(Cat("the ", key, " of ", name, " is for a shell or speaks of files"));
      }
    }
    if (service.At("healthcheck.test")) {
      Fail(Cat("the health check of ", name, " calls a program of the image"));
    }
    if (service.Get("network_mode") || service.Get("secrets") || service.Get("configs") ||
        service.Get("extends") || service.Get("volumes_from")) {
      Fail(Cat(name, " needs the network, the files or the parts of others"));
    }
    for (const YamlValue& unknown : UnknownToWindows(service)) {
      text_ += Cat("    ", unknown.holder().Field("key").text(), ": !reset null\n");
    }
    if (service.Get("user")) {
      text_ += "    user: ContainerUser\n";
    }
    if (const std::string dir = service.Get("working_dir").Text(); dir.starts_with("/")) {
      text_ += Cat("    working_dir: ", WindowsPath(dir), "\n");
    }
    const GoModule* module = context_.project.ModuleOf(DockerfileOf(service));
    known_ = module == nullptr ? Partner() : KnownOf(context_.project, *module);
    const std::vector<Mount> mounts = Mounts(name, service);
    Environment(service, mounts);
    WriteMounts(mounts);
  }

  /// Words that are the same to a program on any system.
  static bool IsPlainCommand(const YamlValue& command) {
    static const LazyRE2 kPlain = {R"([\w.,:=@+ -]*)"};
    static const LazyRE2 kShell = {R"((ba|a|da)?sh\b.*)"};
    const auto plain = [](const YamlValue& word) {
      return RE2::FullMatch(word.Text(), *kPlain) && !RE2::FullMatch(word.Text(), *kShell);
    };
    return command.is_sequence() ? std::ranges::all_of(command.Items(), plain) : plain(command);
  }

  std::vector<Mount> Mounts(const std::string& name, const YamlValue& service) {
    std::vector<Mount> mounts;
    for (const YamlValue& volume : service.Get("volumes").Items()) {
      const auto mount = ReadMount(volume);
      const auto source =
          mount && mount->type == "bind" ? ProjectPath(dir_, mount->source) : std::nullopt;
      if (!mount || (mount->type != "volume" && mount->type != "bind")) {
        Fail(Cat("nothing here knows what the mount ", volume.node().text(), " of ", name, " is"));
      } else if (mount->type == "bind" && !source) {
        Fail(Cat(name, " needs ", mount->source, " of its host"));
      } else if (source && context_.project.Find(*source) != nullptr) {
        Fail(Cat("Windows mounts folders only, and ", mount->source, " is a file"));
      } else {
        mounts.push_back(*mount);
      }
    }
    return mounts;
  }

  /// Variables with paths below what is mounted.
  void Environment(const YamlValue& service, const std::vector<Mount>& mounts) {
    std::string text;
    for (const auto& [key, value] : VariablesOf(service)) {
      const bool mounted = std::ranges::any_of(mounts, [&](const Mount& mount) {
        return value == mount.target || value.starts_with(Cat(mount.target, "/"));
      });
      if (mounted || IsUnixFilePath(value)) {
        text += Cat("      ", key, ": ", PlaceFor(value, known_), "\n");
      }
    }
    text_ += text.empty() ? "" : Cat("    environment:\n", text);
  }

  void WriteMounts(const std::vector<Mount>& mounts) {
    text_ += mounts.empty() ? "" : "    volumes: !override\n";
    for (const Mount& mount : mounts) {
      text_ += Cat("      - type: ", mount.type, "\n");
      text_ += mount.source.empty() ? "" : Cat("        source: ", mount.source, "\n");
      text_ += Cat("        target: ", PlaceFor(mount.target, known_), "\n");
      text_ += mount.read_only ? "        read_only: true\n" : "";
    }
  }

  /// Networks of the driver bridge are of nat on Windows.
  std::string Networks() const {
    std::string text;
    for (const auto& [name, network] : document_.Get("networks").Entries()) {
      if (network.Get("driver").Text() == "bridge") {
        text += Cat("  ", name, ":\n    driver: nat\n");
      }
    }
    return text.empty() ? "" : Cat("networks:\n", text);
  }

  /// A file for Windows stands beside it already.
  bool HasPartner() const {
    return std::ranges::any_of(context_.project.files(), [&](const ProjectFile& file) {
      return file.path.starts_with(dir_) && file.path.find('/', dir_.size()) == std::string::npos &&
             IsComposeFile(file.path) &&
             RE2::PartialMatch(file.path.substr(dir_.size()),
                               R"((?i)[.-](windows|win|nanoserver)\b)");
    });
  }

  const FileContext& context_;
  const YamlValue& document_;
  const std::string dir_;  // "" or "deploy/"
  Node first_;             // the first service that has an image for Windows
  Partner known_;          // of the service that is written
  std::string text_;
  std::string trouble_;
};

}  // namespace

void ComposePartner(const Rule& /*rule*/, const FileContext& context, SharedFacts& /*shared*/,
                    std::vector<Finding>* out) {
  if (context.tree == nullptr || context.tree->has_errors() || !IsMainFile(context.source.path()) ||
      IsTemplatedYaml(context.source.bytes())) {
    return;
  }
  const std::vector<YamlValue> documents = YamlDocuments(*context.tree);
  if (documents.size() == 1) {
    Override(context, documents.front()).Run(out);
  }
}

}  // namespace windlass
