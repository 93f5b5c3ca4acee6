#include "transformer/driver/output.h"

#include <filesystem>
#include <system_error>

#include "re2/re2.h"
#include "transformer/driver/files.h"
#include "transformer/text/status.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

namespace fs = std::filesystem;

bool IsOurs(const std::string& name) {
  return name == "README.md" || name == ".gitignore" || RE2::FullMatch(name, R"(\d{4}-.*\.patch)");
}

/// Makes `dir` an empty folder of ours.
absl::Status Prepare(const fs::path& dir) {
  std::error_code error;
  fs::create_directories(dir, error);
  if (error) {
    return absl::UnavailableError(
        Absl(Cat(dir.string(), ": ", error.message(), "; choose another folder with -o")));
  }
  std::vector<fs::path> old;
  for (const auto& entry : fs::directory_iterator(dir, error)) {
    if (!entry.is_regular_file() || !IsOurs(entry.path().filename().string())) {
      return absl::FailedPreconditionError(
          Absl(Cat(entry.path().string(),
                   ": not a patch of windlass; choose another folder with -o, or empty this one")));
    }
    old.push_back(entry.path());
  }
  for (const fs::path& path : old) {
    fs::remove(path, error);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<std::string>> WriteSeries(const std::string& dir,
                                                     const Migration& migration,
                                                     const SourceLookup& sources) {
  const fs::path folder(dir);
  WINDLASS_RETURN_IF_ERROR(Prepare(folder));
  WINDLASS_RETURN_IF_ERROR(WriteWhole(folder / ".gitignore", "*\n"));
  std::vector<std::string> paths;
  for (size_t i = 0; i < migration.series.commits.size(); ++i) {
    const fs::path path = folder / PatchFileName(migration.series, i);
    WINDLASS_RETURN_IF_ERROR(WriteWhole(path, FormatPatch(migration.series, i)));
    paths.push_back(path.string());
  }
  WINDLASS_RETURN_IF_ERROR(WriteWhole(
      folder / "README.md", FormatSummary(migration.series, migration.rest.findings, sources)));
  return paths;
}

absl::Status WriteReport(const std::string& path, const std::string& since,
                         const Migration& migration, const SourceLookup& sources) {
  const std::string extension = fs::path(path).extension().string();
  if (extension != ".html" && extension != ".md" && extension != ".json") {
    return InvalidInput(Cat(path, ": a report is written as .html, .md or .json"));
  }
  const std::string before = since.empty() ? path : since;
  absl::StatusOr<std::string> earlier = ReadReportData(ReadWhole(before));
  if (!since.empty() && !earlier.ok()) {
    return InvalidInput(Cat(since, ": ", Std(earlier.status().message())));
  }
  const MigrationReportInput input{
      .series = migration.series,
      .rest = migration.rest,
      .sources = sources,
      .packages = migration.packages,
      .owner = [&](std::string_view file) { return migration.owners.OwnerOf(file); },
      .earlier = earlier.ok() ? *std::move(earlier) : "",
  };
  const std::string json = MigrationReportJson(input);
  return WriteWhole(path, extension == ".html" ? MigrationReportHtml(json)
                          : extension == ".md" ? MigrationReportMarkdown(json)
                                               : json + "\n");
}

}  // namespace windlass
