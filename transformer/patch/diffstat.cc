#include "transformer/patch/diffstat.h"

#include <algorithm>
#include <cstddef>

#include "transformer/patch/git_path.h"
#include "transformer/text/eol.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

constexpr size_t kWidth = 72;
constexpr size_t kMinGraph = 6;
constexpr size_t kFrame = 6;  // blanks and the bar around name, number and graph

struct Row {
  std::string name;
  DiffStat stat;
  std::string binary;  // "Bin 12 -> 14 bytes", or empty
  size_t changed() const { return stat.added + stat.removed; }
};

bool IsBinary(const FileChange& change) {
  return DetectEncoding(change.BeforeBytes()) == Encoding::kBinary ||
         DetectEncoding(change.AfterBytes()) == Encoding::kBinary;
}

Row MakeRow(const FileChange& change) {
  Row row;
  row.name = QuotePath(change.path);
  if (change.renamed()) {
    row.name = Cat(QuotePath(change.old_path), " => ", row.name);
  }
  if (IsBinary(change)) {
    row.binary = Cat("Bin ", std::to_string(change.BeforeBytes().size()), " -> ",
                     std::to_string(change.AfterBytes().size()), " bytes");
  } else {
    row.stat = StatOf(change);
  }
  return row;
}

/// The end of a name that is too long, from a slash on if there is one.
std::string Shorten(const std::string& name, size_t width) {
  if (name.size() <= width) {
    return name + std::string(width - name.size(), ' ');
  }
  std::string end = name.substr(name.size() - (width - 3));
  end.erase(0, std::min(end.find('/'), end.size() - 1) % end.size());
  return Cat("...", end, std::string(width - 3 - end.size(), ' '));
}

/// `n` of `most` changes in at most `width` marks, but at least one.
size_t Scale(size_t n, size_t width, size_t most) {
  return n == 0 ? 0 : 1 + n * (width - 1) / most;
}

std::string Graph(const Row& row, size_t width, size_t most) {
  size_t added = row.stat.added;
  size_t removed = row.stat.removed;
  if (width <= most) {
    const bool both = added > 0 && removed > 0;
    const size_t total = std::max<size_t>(Scale(row.changed(), width, most), both ? 2 : 0);
    size_t& smaller = added < removed ? added : removed;
    size_t& larger = added < removed ? removed : added;
    smaller = Scale(smaller, width, most);
    larger = total - smaller;
  }
  return std::string(added, '+') + std::string(removed, '-');
}

std::string Count(size_t n, std::string_view noun, std::string_view mark) {
  return Cat(", ", std::to_string(n), " ", noun, n == 1 ? "" : "s", mark);
}

std::string Sums(const std::vector<Row>& rows) {
  DiffStat sum;
  for (const Row& row : rows) {
    sum.added += row.stat.added;
    sum.removed += row.stat.removed;
  }
  std::string out =
      Cat(" ", std::to_string(rows.size()), rows.size() == 1 ? " file" : " files", " changed");
  if (sum.added > 0 || sum.removed == 0) {
    out += Count(sum.added, "insertion", "(+)");
  }
  if (sum.removed > 0 || sum.added == 0) {
    out += Count(sum.removed, "deletion", "(-)");
  }
  return out + "\n";
}

std::string Comings(const std::vector<FileChange>& changes) {
  std::string out;
  for (const FileChange& change : changes) {
    const std::string_view mode = change.executable ? "100755 " : "100644 ";
    if (change.created()) {
      out += Cat(" create mode ", mode, QuotePath(change.path), "\n");
    } else if (change.deleted()) {
      out += Cat(" delete mode ", mode, QuotePath(change.path), "\n");
    } else if (change.renamed()) {
      out += Cat(" rename ", QuotePath(change.old_path), " => ", QuotePath(change.path), "\n");
    }
  }
  return out;
}

}  // namespace

std::string FormatDiffStat(const std::vector<FileChange>& changes) {
  std::vector<Row> rows;
  size_t most = 0;
  size_t name_width = 0;
  for (const FileChange& change : changes) {
    rows.push_back(MakeRow(change));
    most = std::max(most, rows.back().changed());
    name_width = std::max(name_width, rows.back().name.size());
  }
  // As git divides the line: up to three eighths are for numbers and graph if not all fits.
  const size_t number_width = std::to_string(most).size();
  const size_t room = kWidth - number_width - kFrame;
  size_t graph_width = most;
  if (name_width + graph_width > room) {
    graph_width = std::min(most, std::max(kMinGraph, kWidth * 3 / 8 - number_width - kFrame));
    name_width = std::min(name_width, room - graph_width);
    graph_width = room - name_width;
  }
  std::string out;
  for (const Row& row : rows) {
    const std::string number = std::to_string(row.changed());
    const std::string graph = Graph(row, graph_width, most);
    out += Cat(" ", Shorten(row.name, name_width), " | ");
    if (!row.binary.empty()) {
      out += Cat(row.binary, "\n");
    } else {
      out += Cat(std::string(number_width - number.size(), ' '), number, graph.empty() ? "" : " ",
                 graph, "\n");
    }
  }
  return Cat(out, Sums(rows), Comings(changes));
}

}  // namespace windlass
