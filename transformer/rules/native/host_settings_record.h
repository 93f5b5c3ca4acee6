#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_HOST_SETTINGS_RECORD_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_HOST_SETTINGS_RECORD_H_

#include <memory>
#include <string>
#include <string_view>

#include "transformer/rules/native/host_settings.h"

namespace windlass {

/// `settings` as a record to keep.
std::string RecordOf(const HostSettings& settings);

/// The settings of a record; null for anything but a whole one.
std::unique_ptr<HostSettings> HostSettingsFromRecord(std::string_view record);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_HOST_SETTINGS_RECORD_H_
