#ifndef WINDLASS_TOOLS_WINDLASS_REPORTING_H_
#define WINDLASS_TOOLS_WINDLASS_REPORTING_H_

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "tools/windlass/commands.h"
#include "transformer/patch/baseline.h"
#include "transformer/patch/formats.h"

namespace windlass {

/// Flags of commands that report findings.
struct ReportFlags {
  std::string format = "text";
  std::string fail_level;  // empty: as configured
  std::string patch_out;
  std::string baseline;  // empty: as configured
};
void AddReportFlags(CLI::App* command, ReportFlags* flags);

/// The baseline that holds, if any; its file must be there if a flag names it.
absl::StatusOr<std::optional<Baseline>> LoadBaseline(const ReportFlags& flags,
                                                     const Config& config);
/// Path of the baseline that is configured, empty if there is none.
std::string BaselinePath(const std::string& flag, const Config& config);

/// Prints the report, writes the patch that was asked for, and says how to exit.
absl::StatusOr<ExitCode> Deliver(const CheckReport& report, FormatContext context,
                                 const CommonFlags& common, const ReportFlags& flags,
                                 const Setup& setup);

}  // namespace windlass

#endif  // WINDLASS_TOOLS_WINDLASS_REPORTING_H_
