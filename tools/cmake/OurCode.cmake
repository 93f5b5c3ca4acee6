# windlass_our_code(TARGET): what holds for code of this repository and for nothing else: warnings are errors,
# includes are rooted at the repository, sanitizers and clang-tidy as configured.
function(windlass_our_code target)
  target_include_directories(${target} PUBLIC "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>")
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
  if(WINDLASS_SANITIZE)
    set(sanitize "-fsanitize=${WINDLASS_SANITIZE}" -fno-sanitize-recover=all)
    target_compile_options(${target} PRIVATE ${sanitize})
    target_link_options(${target} PUBLIC ${sanitize})
  else()
    target_link_options(${target} PUBLIC -static-libstdc++ -static-libgcc)
  endif()
  if(WINDLASS_TIDY)
    # Not older: Clang 14 does not understand the views of libstdc++ 12.
    find_program(WINDLASS_CLANG_TIDY NAMES clang-tidy-16 REQUIRED)
    set_target_properties(${target} PROPERTIES CXX_CLANG_TIDY "${WINDLASS_CLANG_TIDY};--quiet")
  endif()
endfunction()
