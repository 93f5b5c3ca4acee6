#include "transformer/rules/native/compose_service.h"

#include <string>

#include "re2/re2.h"
#include "transformer/facts/dockerfile.h"

namespace windlass {

bool IsComposeFile(std::string_view path) {
  static const LazyRE2 kCompose = {R"((?i)(.*/)?(docker-)?compose([.-][^/]*)?\.ya?ml)"};
  return RE2::FullMatch(re2::StringPiece(path.data(), path.size()), *kCompose);
}

bool IsComposeForWindows(const YamlValue& service) {
  return service.Get("platform").Text().starts_with("windows") ||
         ImageOsOf(service.Get("image").Text()) == ImageOs::kWindows ||
         !service.Get("isolation").Text().empty() ||
         service.At("build.dockerfile").Text().find("windows") != std::string::npos;
}

std::vector<YamlValue> UnknownToWindows(const YamlValue& service) {
  std::vector<YamlValue> unknown;
  for (const std::string_view key : {"privileged",
                                     "cap_add",
                                     "cap_drop",
                                     "security_opt",
                                     "sysctls",
                                     "shm_size",
                                     "tmpfs",
                                     "ulimits",
                                     "userns_mode",
                                     "pid",
                                     "ipc",
                                     "devices",
                                     "init",
                                     "read_only",
                                     "mem_reservation",
                                     "memswap_limit",
                                     "mem_swappiness",
                                     "oom_kill_disable",
                                     "oom_score_adj",
                                     "pids_limit",
                                     "blkio_config",
                                     "cpu_period",
                                     "cpu_quota",
                                     "cpuset",
                                     "cgroup_parent"}) {
    const YamlValue value = service.Get(key);
    const auto holds = [&](std::string_view text) {
      return value.node().text().find(text) != std::string_view::npos;
    };
    // `!reset null` is how a file on top of another one takes it back.
    const bool none = value.Text() == "false" || value.Text() == "null";
    if (value && !none && !(key == "security_opt" && holds("credentialspec")) &&
        !(key == "devices" && holds("class/"))) {
      unknown.push_back(value);
    }
  }
  return unknown;
}

}  // namespace windlass
