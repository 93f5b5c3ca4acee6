# Puts the fix catalogue into the binary: generates the source of EmbeddedPatches() and hands it to the layer rules.
# The list of files is an input of its own, so that a removed file regenerates the table too.

set(patches "${PROJECT_SOURCE_DIR}/patches")
set(list "${PROJECT_BINARY_DIR}/generated/embedded_patches.txt")
set(source "${PROJECT_BINARY_DIR}/generated/embedded_patches.cc")

file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE "${patches}" "${patches}/*")
list(FILTER files EXCLUDE REGEX "^[^/]+/cases/")
list(SORT files)
string(JOIN "\n" text ${files})
file(CONFIGURE OUTPUT "${list}" CONTENT "${text}\n" @ONLY)
list(TRANSFORM files PREPEND "${patches}/")

add_custom_command(
  OUTPUT "${source}"
  COMMAND "${CMAKE_COMMAND}" "-DROOT=${patches}" "-DLIST=${list}" "-DOUT=${source}"
          -P "${CMAKE_CURRENT_LIST_DIR}/embed_files.cmake"
  DEPENDS ${files} "${list}" "${CMAKE_CURRENT_LIST_DIR}/embed_files.cmake"
  COMMENT "Embedding the fix catalogue"
  VERBATIM)
set_source_files_properties("${source}" PROPERTIES
  COMPILE_OPTIONS "-Wno-overlength-strings" SKIP_LINTING ON)
set(WINDLASS_GENERATED_rules "${source}")
