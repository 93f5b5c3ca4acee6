#ifndef WINDLASS_TRANSFORMER_DRIVER_OUTPUT_H_
#define WINDLASS_TRANSFORMER_DRIVER_OUTPUT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/driver/transform.h"

namespace windlass {

/// Writes the series and its README.md into the folder `dir`, made if needed and kept out of git by
/// a .gitignore of its own. Patches of an earlier run are removed first; any other content of `dir`
/// is an error (kFailedPrecondition), so that nothing of the user's is lost. Returns the paths of
/// the patches, in order.
absl::StatusOr<std::vector<std::string>> WriteSeries(const std::string& dir,
                                                     const Migration& migration,
                                                     const SourceLookup& sources);

/// Writes the report on a migration to the file `path`: one page of HTML, Markdown or JSON, by its
/// extension (.html, .md, .json; kInvalidArgument for any other). It is compared with the report in
/// the file `since`, or, if that is empty, with the one that `path` held before.
absl::Status WriteReport(const std::string& path, const std::string& since,
                         const Migration& migration, const SourceLookup& sources);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_OUTPUT_H_
