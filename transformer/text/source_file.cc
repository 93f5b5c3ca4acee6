#include "transformer/text/source_file.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace windlass {
namespace {

// Offsets right after every LF, 0 first.
std::vector<size_t> FindLineStarts(std::string_view bytes, Encoding encoding, size_t count) {
  std::vector<size_t> starts;
  starts.reserve(count + 1);
  starts.push_back(0);
  const std::string_view lf = EolBytes(Eol::kLf, encoding);
  for (size_t at = bytes.find(lf); at != std::string_view::npos; at = bytes.find(lf, at)) {
    at += lf.size();
    if (at % lf.size() == 0) {
      starts.push_back(at);
    } else {
      at -= lf.size() - 1;  // the halves of two UTF-16 units
    }
  }
  return starts;
}

}  // namespace

SourceFile::SourceFile(std::string path, std::string bytes)
    : path_(std::move(path)), bytes_(std::move(bytes)), encoding_(DetectEncoding(bytes_)) {}

const SourceFile::LineIndex& SourceFile::Lines() const {
  std::call_once(lines_once_, [this] {
    lines_.eols = CountEols(bytes_, encoding_);
    lines_.starts = FindLineStarts(bytes_, encoding_, lines_.eols.lf + lines_.eols.crlf);
  });
  return lines_;
}

const EolProfile& SourceFile::eols() const {
  return Lines().eols;
}

std::string_view SourceFile::Text(Span span) const {
  assert(span.begin <= span.end && span.end <= bytes_.size());
  return std::string_view(bytes_).substr(span.begin, span.size());
}

size_t SourceFile::LineOf(size_t offset) const {
  assert(offset <= bytes_.size());
  const std::vector<size_t>& starts = Lines().starts;
  return static_cast<size_t>(std::ranges::upper_bound(starts, offset) - starts.begin());
}

Position SourceFile::PositionAt(size_t offset) const {
  const size_t line = LineOf(offset);
  return {line, offset - LineBegin(line) + 1};
}

size_t SourceFile::LineBegin(size_t line) const {
  const std::vector<size_t>& starts = Lines().starts;
  if (line > starts.size()) {
    return bytes_.size();
  }
  return line == 0 ? 0 : starts[line - 1];
}

Span SourceFile::LineSpan(size_t line) const {
  Span span{LineBegin(line), LineBegin(line + 1)};
  for (const Eol eol : {Eol::kLf, Eol::kCr}) {
    const std::string_view end = EolBytes(eol, encoding_);
    const bool complete = line < line_count();
    if (complete && Text(span).ends_with(end)) {
      span.end -= end.size();
    }
  }
  return span;
}

Eol SourceFile::EolOfLine(size_t line) const {
  const size_t end = LineBegin(line + 1);
  const std::string_view whole = Text({LineBegin(line), end});
  return whole.ends_with(EolBytes(Eol::kCrlf, encoding_)) ? Eol::kCrlf : Eol::kLf;
}

std::string_view SourceFile::EolAt(size_t offset) const {
  // Only the last line lacks an end, so "the nearest line before" is at most one away.
  const size_t line = std::min(LineOf(offset), line_count() - 1);
  if (line > 0) {
    return EolBytes(EolOfLine(line), encoding_);
  }
  return EolBytes(eols().Dominant(), encoding_);
}

}  // namespace windlass
