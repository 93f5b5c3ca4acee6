# The libraries of the system, as targets under windlass::. Each is linked from its archive, so that the binary
# needs nothing beside it. What stays dynamic: glibc (libc, libm), because its name lookups load plug-ins and do
# not work from an archive. Google Benchmark is for tools/bench only and follows the system.

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(absl REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)

# Debian's absl targets name the shared objects; the archives lie beside them.
get_property(imported DIRECTORY PROPERTY IMPORTED_TARGETS)
foreach(target IN LISTS imported)
  get_target_property(location ${target} IMPORTED_LOCATION_NONE)
  if(target MATCHES "^absl::" AND location MATCHES "\\.so[.0-9]*$")
    string(REGEX REPLACE "\\.so[.0-9]*$" ".a" archive "${location}")
    if(EXISTS "${archive}")
      set_target_properties(${target} PROPERTIES IMPORTED_LOCATION_NONE "${archive}")
    endif()
  endif()
endforeach()

# windlass_pkg(NAME MODULE...): target windlass::NAME from pkg-config modules and everything below them,
# each library as an archive where there is one.
function(windlass_pkg name)
  pkg_check_modules(${name} REQUIRED ${ARGN})
  set(found "")
  foreach(library IN LISTS ${name}_STATIC_LIBRARIES)
    find_library(windlass_lib_${library} NAMES lib${library}.a ${library})
    mark_as_advanced(windlass_lib_${library})
    if(windlass_lib_${library})
      list(APPEND found "${windlass_lib_${library}}")
    endif()
  endforeach()
  add_library(windlass_${name} INTERFACE)
  target_include_directories(windlass_${name} SYSTEM INTERFACE ${${name}_INCLUDE_DIRS})
  target_link_libraries(windlass_${name} INTERFACE ${found} Threads::Threads)
  add_library(windlass::${name} ALIAS windlass_${name})
endfunction()

windlass_pkg(re2 re2)

# libgit2.pc does not list libssh2's own needs, and Kerberos has no archive at all; windlass opens no connection,
# so its six functions are replaced by ones that answer "unavailable".
windlass_pkg(libgit2 libgit2 libssh2)
add_library(windlass_gssapi_unavailable STATIC "${CMAKE_CURRENT_LIST_DIR}/gssapi_unavailable.c")
target_link_libraries(windlass_libgit2 INTERFACE windlass_gssapi_unavailable)

# Trees are many small allocations, and threads free what others allocated: jemalloc is faster at both than glibc.
# The sanitizers bring an allocator of their own.
add_library(windlass_allocator INTERFACE)
if(NOT WINDLASS_SANITIZE)
  find_library(WINDLASS_JEMALLOC NAMES libjemalloc.a REQUIRED)
  target_link_libraries(windlass_allocator INTERFACE "${WINDLASS_JEMALLOC}" Threads::Threads)
endif()
add_library(windlass::allocator ALIAS windlass_allocator)

# toml++ is used header-only and without exceptions; the packaged library is built with them.
find_path(WINDLASS_TOML_INCLUDE_DIR toml++/toml.h REQUIRED)
add_library(windlass_toml INTERFACE)
target_include_directories(windlass_toml SYSTEM INTERFACE "${WINDLASS_TOML_INCLUDE_DIR}")
target_compile_definitions(windlass_toml INTERFACE TOML_HEADER_ONLY=1 TOML_EXCEPTIONS=0)
add_library(windlass::toml ALIAS windlass_toml)

find_program(WINDLASS_CCACHE ccache)
if(WINDLASS_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER "${WINDLASS_CCACHE}")
  set(CMAKE_CXX_COMPILER_LAUNCHER "${WINDLASS_CCACHE}")
endif()
