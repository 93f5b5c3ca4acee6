#include "transformer/facts/skim_record.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "transformer/text/byte_record.h"

namespace windlass {
namespace {

constexpr uint64_t kGenerated = 1;
constexpr uint64_t kImportsC = 2;
constexpr uint64_t kHasBody = 8;  // of a declaration, above its kind

void WriteImports(const GoSkim& skim, ByteWriter* writer) {
  writer->Number(skim.imports.size());
  std::string texts;
  for (const GoSkim::Import& import : skim.imports) {
    writer->Number(import.path.size());
    writer->Number(import.name.size());
    texts += import.path;
    texts += import.name;
  }
  writer->Text(texts);
}

bool ReadImports(ByteReader* reader, GoSkim* skim) {
  std::vector<std::pair<size_t, size_t>> sizes;
  size_t total = 0;
  for (uint64_t left = reader->Number(); left > 0 && reader->ok(); --left) {
    const size_t path = reader->Number();
    const size_t name = reader->Number();
    sizes.emplace_back(path, name);
    total += path + name;
  }
  const std::string_view texts = reader->Text();
  if (!reader->ok() || texts.size() != total) {
    return false;
  }
  const std::shared_ptr<char[]> copy(new char[total + 1]);
  std::ranges::copy(texts, copy.get());
  const char* place = copy.get();
  for (const auto& [path, name] : sizes) {
    if (path > total || name > total - path) {
      return false;
    }
    skim->imports.push_back({{place, path}, {place + path, name}});
    place += path + name;
  }
  skim->import_text = copy;
  return true;
}

void ReadDecls(ByteReader* reader, GoSkim* skim) {
  uint64_t offset = 0;
  for (uint64_t left = reader->Number(); left > 0 && reader->ok(); --left) {
    GoSkim::Decl decl;
    const uint64_t kind = reader->Number();
    decl.kind = static_cast<GoSkim::Decl::Kind>(
        std::min<uint64_t>(kind & ~kHasBody, static_cast<uint64_t>(GoSkim::Decl::Kind::kVar)));
    decl.has_body = (kind & kHasBody) != 0;
    offset += reader->Number();
    decl.offset = static_cast<uint32_t>(offset);
    decl.name = reader->Text();
    decl.receiver = reader->Text();
    skim->decls.Add(decl);
  }
}

}  // namespace

std::string_view HeaderForRecord(const GoSkim& skim, std::string_view bytes) {
  const FileConstraint& constraint = skim.constraint;
  const bool constrained =
      constraint.has_go_build_line || constraint.has_plus_build_line || constraint.broken;
  return constrained ? bytes.substr(0, GoHeaderEnd(bytes)) : std::string_view();
}

std::string RecordOf(const GoSkim& skim, std::string_view header) {
  std::string record;
  ByteWriter writer(&record);
  writer.Number((skim.generated ? kGenerated : 0) | (skim.imports_c ? kImportsC : 0));
  writer.Text(header);
  writer.Text(skim.package_name);
  WriteImports(skim, &writer);
  writer.Number(skim.decls.size());
  uint32_t offset = 0;
  for (const GoSkim::Decl decl : skim.decls) {
    writer.Number(static_cast<uint64_t>(decl.kind) | (decl.has_body ? kHasBody : 0));
    writer.Number(decl.offset - offset);
    writer.Text(decl.name);
    writer.Text(decl.receiver);
    offset = decl.offset;
  }
  writer.Text({reinterpret_cast<const char*>(skim.identifiers.data()),
               skim.identifiers.size() * sizeof skim.identifiers[0]});
  return record;
}

std::shared_ptr<const GoSkim> SkimFromRecord(std::string_view path, std::string_view record,
                                             std::string* header) {
  ByteReader reader(record);
  auto skim = std::make_shared<GoSkim>();
  const uint64_t flags = reader.Number();
  *header = reader.Text();
  skim->constraint = ReadConstraint(path, *header);
  skim->generated = (flags & kGenerated) != 0;
  skim->imports_c = (flags & kImportsC) != 0;
  skim->constraint.needs_cgo = skim->imports_c;
  skim->package_name = reader.Text();
  if (!ReadImports(&reader, skim.get())) {
    return nullptr;
  }
  ReadDecls(&reader, skim.get());
  skim->decls.ShrinkToFit();
  const std::string_view words = reader.Text();
  if (!reader.done()) {
    return nullptr;
  }
  skim->identifiers.resize(words.size() / sizeof skim->identifiers[0]);
  if (!skim->identifiers.empty()) {
    std::memcpy(skim->identifiers.data(), words.data(),
                skim->identifiers.size() * sizeof skim->identifiers[0]);
  }
  return skim;
}

}  // namespace windlass
