# Go sources and configuration, made fit for Windows as a step of the build. The source tree is never written.
#
#   windlass_transform(TARGET name SOURCE_DIR dir OUTPUT_DIR dir
#                      [RULES family-or-rule...] [LEVEL safe|review] [TARGETS goos/goarch...] [OVERLAY] [CHECK])
#
# adds the target `name`, which is part of `all`. It writes the transformed tree below OUTPUT_DIR; with OVERLAY only the files that
# change, and OUTPUT_DIR.json, the file for `go build -overlay`. Files that stay the same are not written again. With CHECK the build
# fails, naming each place, if there is anything to change at that level.
#
#   windlass_go_executable(NAME name PACKAGE ./cmd/name
#                          [TRANSFORM target] [GOOS goos] [GOARCH goarch] [FLAGS flag...] [OUTPUT file])
#
# adds the target `name`, part of `all`, which builds that package of a transformed tree with Go: the tree of `TRANSFORM`, or else
# of the last windlass_transform in this directory. The program is OUTPUT, or else `name`, with .exe for Windows, in
# CMAKE_RUNTIME_OUTPUT_DIRECTORY or the folder bin of the present build folder; the target's property WINDLASS_PROGRAM tells.

cmake_policy(PUSH)
cmake_policy(VERSION 3.20...3.25)

function(windlass_transform)
  cmake_parse_arguments(PARSE_ARGV 0 arg "OVERLAY;CHECK" "TARGET;SOURCE_DIR;OUTPUT_DIR;LEVEL" "RULES;TARGETS")
  _windlass_demand("windlass_transform" TARGET SOURCE_DIR OUTPUT_DIR)
  if(arg_LEVEL AND NOT arg_LEVEL MATCHES "^(safe|review)$")
    message(FATAL_ERROR "windlass_transform: LEVEL ${arg_LEVEL} is neither safe nor review")
  endif()
  cmake_path(ABSOLUTE_PATH arg_SOURCE_DIR BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE)
  cmake_path(ABSOLUTE_PATH arg_OUTPUT_DIR BASE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}" NORMALIZE)
  if(NOT IS_DIRECTORY "${arg_SOURCE_DIR}")
    message(FATAL_ERROR "windlass_transform: there is no folder ${arg_SOURCE_DIR}")
  endif()
  string(REGEX REPLACE "/$" "" source "${arg_SOURCE_DIR}")
  string(REGEX REPLACE "/$" "" output "${arg_OUTPUT_DIR}")
  if(source STREQUAL output)
    message(FATAL_ERROR "windlass_transform: OUTPUT_DIR is the source tree, which is never written")
  endif()

  set(work "${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/windlass/${arg_TARGET}")
  file(MAKE_DIRECTORY "${work}")
  set(stamp "${work}/stamp")
  set(digest "${work}/digest")
  set(flags --quiet --depfile "${work}/inputs.d" --depfile-target "${stamp}" --digest "${digest}")
  set(overlay "")
  if(arg_OVERLAY)
    set(overlay "${output}.json")
    list(APPEND flags --overlay "${overlay}")
  endif()
  if(arg_CHECK)
    list(APPEND flags --check)
  endif()
  if(arg_LEVEL)
    list(APPEND flags --level "${arg_LEVEL}")
  endif()
  foreach(list IN ITEMS RULES TARGETS)
    if(arg_${list})
      string(REPLACE "RULES" "--only" flag "${list}")
      string(REPLACE "TARGETS" "--targets" flag "${flag}")
      string(JOIN "," value ${arg_${list}})
      list(APPEND flags ${flag} "${value}")
    endif()
  endforeach()
  # For make, CMake adds what a depfile says to what it said before and never forgets a file that went; it begins anew without
  # its notes.
  set(forget "")
  if(CMAKE_GENERATOR MATCHES "Makefiles")
    set(forget COMMAND "${CMAKE_COMMAND}" -E rm -f
      "${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${arg_TARGET}.dir/compiler_depend.internal")
  endif()
  # The stamp tells that the step was done; the digest changes only if its result does, so that what is made from that stays.
  add_custom_command(
    OUTPUT "${stamp}"
    BYPRODUCTS "${digest}" ${overlay}
    COMMAND windlass::windlass build "${source}" -o "${output}" ${flags}
    COMMAND "${CMAKE_COMMAND}" -E touch "${stamp}"
    ${forget}
    DEPENDS windlass::windlass
    DEPFILE "${work}/inputs.d"
    COMMENT "Transforming ${arg_TARGET}"
    VERBATIM)
  add_custom_target(${arg_TARGET} ALL DEPENDS "${stamp}")
  set_target_properties(${arg_TARGET} PROPERTIES
    WINDLASS_SOURCE_DIR "${source}"
    WINDLASS_OUTPUT_DIR "${output}"
    WINDLASS_OVERLAY "${overlay}"
    WINDLASS_DIGEST "${digest}")
  set_property(DIRECTORY PROPERTY WINDLASS_LAST_TRANSFORM "${arg_TARGET}")
endfunction()

function(windlass_go_executable)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME;PACKAGE;TRANSFORM;GOOS;GOARCH;OUTPUT" "FLAGS")
  _windlass_demand("windlass_go_executable" NAME PACKAGE)
  if(NOT arg_TRANSFORM)
    get_property(arg_TRANSFORM DIRECTORY PROPERTY WINDLASS_LAST_TRANSFORM)
  endif()
  if(NOT arg_TRANSFORM OR NOT TARGET "${arg_TRANSFORM}")
    message(FATAL_ERROR "windlass_go_executable: no windlass_transform comes before it in this directory; name one with TRANSFORM")
  endif()
  find_program(WINDLASS_GO go DOC "The go command" REQUIRED)
  get_target_property(source ${arg_TRANSFORM} WINDLASS_SOURCE_DIR)
  get_target_property(output ${arg_TRANSFORM} WINDLASS_OUTPUT_DIR)
  get_target_property(overlay ${arg_TRANSFORM} WINDLASS_OVERLAY)
  get_target_property(digest ${arg_TRANSFORM} WINDLASS_DIGEST)

  set(environment "")
  foreach(variable IN ITEMS GOOS GOARCH)
    if(arg_${variable})
      list(APPEND environment "${variable}=${arg_${variable}}")
    endif()
  endforeach()
  set(suffix "")
  if(arg_GOOS STREQUAL "windows" OR (NOT arg_GOOS AND CMAKE_HOST_WIN32))
    set(suffix ".exe")
  endif()
  if(NOT arg_OUTPUT)
    # Not beside the target of that name, of which Ninja has but one.
    set(arg_OUTPUT "bin/${arg_NAME}${suffix}")
    if(CMAKE_RUNTIME_OUTPUT_DIRECTORY)
      set(arg_OUTPUT "${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/${arg_NAME}${suffix}")
    endif()
  endif()
  cmake_path(ABSOLUTE_PATH arg_OUTPUT BASE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}" NORMALIZE)
  set(where "${output}")
  set(overlay_flag "")
  if(overlay)
    set(where "${source}")
    set(overlay_flag -overlay "${overlay}")
  endif()
  # Go stamps programs with the state of the repository around them, which is not that of the transformed tree.
  add_custom_command(
    OUTPUT "${arg_OUTPUT}"
    COMMAND "${CMAKE_COMMAND}" -E env ${environment}
      "${WINDLASS_GO}" build -buildvcs=false ${overlay_flag} ${arg_FLAGS} -o "${arg_OUTPUT}" "${arg_PACKAGE}"
    COMMAND "${CMAKE_COMMAND}" -E touch "${arg_OUTPUT}"
    DEPENDS "${digest}" ${arg_TRANSFORM}
    WORKING_DIRECTORY "${where}"
    COMMENT "Building ${arg_NAME}"
    VERBATIM)
  add_custom_target(${arg_NAME} ALL DEPENDS "${arg_OUTPUT}")
  add_dependencies(${arg_NAME} ${arg_TRANSFORM})
  set_target_properties(${arg_NAME} PROPERTIES WINDLASS_PROGRAM "${arg_OUTPUT}")
endfunction()

# Fails the configuration unless the caller was given each of these arguments and no unknown one.
macro(_windlass_demand function)
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "${function}: unknown arguments: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  foreach(_windlass_name IN ITEMS ${ARGN})
    if(NOT arg_${_windlass_name})
      message(FATAL_ERROR "${function}: ${_windlass_name} is missing")
    endif()
  endforeach()
endmacro()

cmake_policy(POP)
