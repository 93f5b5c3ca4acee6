#include "transformer/rules/native/host_settings_record.h"

#include <utility>

#include "transformer/text/byte_record.h"

namespace windlass {
namespace {

void Write(const Related& related, ByteWriter* writer) {
  writer->Text(related.path);
  writer->Number(related.span.begin);
  writer->Number(related.span.end);
  writer->Text(related.message);
}

Related ReadRelated(ByteReader* reader) {
  Related related;
  related.path = reader->Text();
  related.span.begin = reader->Number();
  related.span.end = reader->Number();
  related.message = reader->Text();
  return related;
}

void Write(const HostSettings::Field& field, ByteWriter* writer) {
  writer->Text(field.name);
  writer->Number(field.keys.size());
  for (const std::string& key : field.keys) {
    writer->Text(key);
  }
  writer->Text(field.env);
  writer->Text(field.type);
  writer->Number(field.host ? 1 : 0);
  Write(field.witness, writer);
  Write(field.fallback, writer);
}

HostSettings::Field ReadField(ByteReader* reader) {
  HostSettings::Field field;
  field.name = reader->Text();
  for (uint64_t left = reader->Number(); left > 0 && reader->ok(); --left) {
    field.keys.emplace_back(reader->Text());
  }
  field.env = reader->Text();
  field.type = reader->Text();
  field.host = reader->Number() != 0;
  field.witness = ReadRelated(reader);
  field.fallback = ReadRelated(reader);
  return field;
}

}  // namespace

std::string RecordOf(const HostSettings& settings) {
  std::string record;
  ByteWriter writer(&record);
  writer.Number(settings.structs.size());
  for (const auto& [type, found] : settings.structs) {
    writer.Text(type);
    writer.Number(found.nested ? 1 : 0);
    writer.Number(found.fields.size());
    for (const HostSettings::Field& field : found.fields) {
      Write(field, &writer);
    }
  }
  for (const StringMap<Related>* variables : {&settings.environment, &settings.fallbacks}) {
    writer.Number(variables->size());
    for (const auto& [name, place] : *variables) {
      writer.Text(name);
      Write(place, &writer);
    }
  }
  return record;
}

std::unique_ptr<HostSettings> HostSettingsFromRecord(std::string_view record) {
  auto settings = std::make_unique<HostSettings>();
  ByteReader reader(record);
  for (uint64_t left = reader.Number(); left > 0 && reader.ok(); --left) {
    HostSettings::Struct& found = settings->structs[std::string(reader.Text())];
    found.nested = reader.Number() != 0;
    for (uint64_t fields = reader.Number(); fields > 0 && reader.ok(); --fields) {
      found.fields.push_back(ReadField(&reader));
    }
  }
  for (StringMap<Related>* variables : {&settings->environment, &settings->fallbacks}) {
    for (uint64_t left = reader.Number(); left > 0 && reader.ok(); --left) {
      const std::string name(reader.Text());
      (*variables)[name] = ReadRelated(&reader);
    }
  }
  return reader.done() ? std::move(settings) : nullptr;
}

}  // namespace windlass
