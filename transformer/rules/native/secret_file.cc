// permissions/secret: files for one pair of eyes, which mode bits do not protect on Windows.
//
//   os.WriteFile(keyFile, pem, 0o600)
//                              -----

#include "transformer/rules/guards.h"
#include "transformer/rules/native/secret_call.h"
#include "transformer/rules/native/table.h"

namespace windlass {

void SecretFile(const Rule&, const QueryMatch& match, const FileContext& context, SharedFacts&,
                std::vector<Finding>* out) {
  const Node call = match.First("site");
  const auto secret = ReadSecretCall(call, *context.go);
  if (!secret || !RunsOnWindows(call, context)) {
    return;
  }
  Finding finding;
  finding.span = secret->mode.span();
  finding.level = Level::kSuggest;
  finding.message =
      secret->folder
          ? "on Windows this mode keeps nobody out: the folder has the rights of the one above"
          : "on Windows this mode keeps nobody out: the file has the rights of its folder";
  const std::string known = SecretFolder(secret->path, secret->folder);
  const std::string folder = known.empty() ? "FOLDER" : known;
  finding.reason = Cat("in the Dockerfile, before USER ContainerUser: RUN ", SecretRights(folder),
                       known.empty() ? ", FOLDER being where it is kept" : "");
  out->push_back(std::move(finding));
}

}  // namespace windlass
