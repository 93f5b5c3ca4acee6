#include "transformer/facts/path_names.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace windlass {
namespace {

constexpr std::array<std::string_view, 34> kHostWords = {
    "dir",       "dirs",     "directory", "directories", "folder",    "file",     "files",
    "filename",  "filepath", "pathname",  "cwd",         "wd",        "tmp",      "tmpdir",
    "tempdir",   "datadir",  "workdir",   "basedir",     "homedir",   "logfile",  "pidfile",
    "lockfile",  "dirname",  "home",      "localpath",   "filenames", "outdir",   "confdir",
    "configdir", "cachedir", "rootdir",   "fname",       "dirpath",   "workspace"};

constexpr auto kSlashWords = std::to_array<std::string_view>(
    {"url",        "urls",     "uri",     "uris",       "route",     "router",   "endpoint",
     "href",       "import",   "imports", "importpath", "pkgpath",   "ref",      "refs",
     "branch",     "image",    "bucket",  "blob",       "key",       "keys",     "topic",
     "domain",     "addr",     "address", "registry",   "namespace", "query",    "api",
     "scheme",     "cgroup",   "etcd",    "handler",    "hostname",  "mime",     "platform",
     "repository", "tag",      "proxy",   "link",       "urlpath",   "reqpath",  "server",
     "cidr",       "arch",     "os",      "lang",       "module",    "uripath",  "package",
     "pkg",        "packages", "pattern", "patterns",   "glob",      "template", "templates",
     "partial",    "imp",      "subject", "rawurl",     "baseurl"});

/// Words that tell wherever they stand in a name: remoteDir is no directory of this machine.
constexpr auto kForeignWords = std::to_array<std::string_view>(
    {"url", "urls", "uri", "uris", "remote", "container", "guest", "ctr", "vm", "s3", "gcs", "blob",
     "bucket", "mountpoint", "mountpath", "s3bucket", "k8s", "pod"});

constexpr auto kUnixRoots =
    std::to_array<std::string_view>({"/proc", "/sys", "/dev", "/run", "/var/run", "/cgroup",
                                     "/sysfs", "/procfs", "/var/lock", "/mnt"});

bool Has(const auto& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

}  // namespace

std::vector<std::string> WordsOf(std::string_view identifier) {
  std::vector<std::string> words;
  std::string word;
  const auto flush = [&] {
    if (!word.empty()) {
      words.push_back(word);
      word.clear();
    }
  };
  for (size_t i = 0; i < identifier.size(); ++i) {
    const auto c = static_cast<unsigned char>(identifier[i]);
    const bool upper = std::isupper(c) != 0;
    const bool previous_lower =
        i > 0 && std::isupper(static_cast<unsigned char>(identifier[i - 1])) == 0;
    const bool next_lower = i + 1 < identifier.size() &&
                            std::islower(static_cast<unsigned char>(identifier[i + 1])) != 0;
    if (c == '_' || (upper && (previous_lower || next_lower))) {
      flush();
    }
    if (c != '_') {
      word += static_cast<char>(std::tolower(c));
    }
  }
  flush();
  return words;
}

bool IsForeignName(std::string_view name) {
  const std::vector<std::string> words = WordsOf(name);
  return std::ranges::any_of(words, [](const auto& word) { return Has(kForeignWords, word); });
}

/// dockerfile, subdir: a word that ends in what tells. A profile is no file.
bool EndsInHostWord(std::string_view word) {
  word = word.ends_with('s') ? word.substr(0, word.size() - 1) : word;
  return (word.size() > 4 && word.ends_with("file") && word != "profile") ||
         (word.size() > 4 && word.ends_with("dir"));
}

sign::Set SignOfName(std::string_view name) {
  constexpr sign::Set kSlash = sign::kUseSlashName | sign::kFromSlashName;
  if (IsForeignName(name)) {
    return kSlash;
  }
  const std::vector<std::string> words = WordsOf(name);
  // The last word that tells anything names the thing: keyFile is a file, fileKey a key.
  for (auto word = words.rbegin(); word != words.rend(); ++word) {
    if (Has(kHostWords, *word) || EndsInHostWord(*word)) {
      return sign::kUseHostName | sign::kFromHostName;
    }
    if (Has(kSlashWords, *word)) {
      return kSlash;
    }
  }
  return 0;
}

bool IsListName(std::string_view name) {
  constexpr auto kNames = std::to_array<std::string_view>(
      {"PATH", "GOPATH", "XDG_DATA_DIRS", "XDG_CONFIG_DIRS", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH",
       "LIBRARY_PATH", "CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH", "PKG_CONFIG_PATH",
       "MANPATH", "INFOPATH", "CDPATH", "CLASSPATH", "PYTHONPATH", "NODE_PATH", "PERL5LIB",
       "GEM_PATH"});
  return Has(kNames, name);
}

bool HasDrive(std::string_view text) {
  return text.size() > 2 && std::isalpha(static_cast<unsigned char>(text[0])) != 0 &&
         text[1] == ':' &&
         (text[2] == '\\' || (text[2] == '/' && !text.substr(3).starts_with('/')));
}

sign::Set SignOfText(std::string_view text) {
  if (text.find("://") != std::string_view::npos) {
    return sign::kFromSlash;
  }
  if (HasDrive(text)) {
    return sign::kFromHost;
  }
  if (const size_t assigns = text.find('=');
      assigns != std::string_view::npos && IsListName(text.substr(0, assigns))) {
    return sign::kFromList;
  }
  if (text.starts_with(R"(\\.\)") || text.starts_with(R"(\\?\)") || text.starts_with("//./")) {
    return sign::kFromDevice;
  }
  constexpr std::array<std::string_view, 5> kHives = {R"(SOFTWARE\)", R"(Software\)", R"(SYSTEM\)",
                                                      R"(System\CurrentControlSet)", "HKEY_"};
  if (std::ranges::any_of(kHives, [&](std::string_view hive) { return text.starts_with(hive); })) {
    return sign::kFromDevice;
  }
  constexpr auto kSlashRoots = std::to_array<std::string_view>(
      {"refs/", "github.com/", "gitlab.com/", "bitbucket.org/", "golang.org/", "google.golang.org/",
       "gopkg.in/", "k8s.io/", "sigs.k8s.io/", "go.uber.org/"});
  if (std::ranges::any_of(kSlashRoots,
                          [&](std::string_view root) { return text.starts_with(root); })) {
    return sign::kFromSlash;
  }
  for (const std::string_view root : kUnixRoots) {
    if (text.starts_with(root) && (text.size() == root.size() || text[root.size()] == '/')) {
      return sign::kFromUnix;
    }
  }
  if (text.find_first_of(" \t\n\"'`=<>|;,(){}?&") != std::string_view::npos ||
      text.starts_with('-')) {
    return sign::kFromText;
  }
  if (text.find_first_of("/\\") == std::string_view::npos) {
    return text.empty() ? 0 : sign::kFromWord;
  }
  return text.size() > 1 && text[0] == '/' ? sign::kFromRooted : 0;
}

bool IsCleanPath(std::string_view text) {
  if (text.empty() || (text.size() > 1 && text.ends_with('/'))) {
    return false;
  }
  if (text == "/" || text == ".") {
    return true;
  }
  bool only_parents = !text.starts_with('/');
  size_t begin = text.starts_with('/') ? 1 : 0;
  while (begin <= text.size()) {
    const size_t end = std::min(text.find('/', begin), text.size());
    const std::string_view element = text.substr(begin, end - begin);
    if (element.empty() || element == "." || (element == ".." && !only_parents)) {
      return false;
    }
    only_parents = only_parents && element == "..";
    begin = end + 1;
  }
  return true;
}

bool IsProperPath(std::string_view text) {
  const std::string_view last = text.substr(text.rfind('/') + 1);
  return IsCleanPath(text) && text != "/" && last != "." && last != "..";
}

}  // namespace windlass
