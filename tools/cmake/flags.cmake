# Compiler flags for our own code: one interface target, `daftar_flags`, that every library and program links.
# The presets choose DAFTAR_SANITIZE, DAFTAR_COVERAGE, DAFTAR_TIDY and DAFTAR_GRPC.
set(DAFTAR_SANITIZE "" CACHE STRING "Sanitizers, as the compiler's -fsanitize takes them; empty: none")
option(DAFTAR_COVERAGE "Count lines executed, for gcovr" OFF)
option(DAFTAR_TIDY "Run clang-tidy over our own code while it is compiled" OFF)
option(DAFTAR_GRPC "Build what needs gRPC or a window; off under tsan, which the gRPC library does not survive" ON)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

# For all code, generated code too.
if(DAFTAR_SANITIZE)
  add_compile_options(-fsanitize=${DAFTAR_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${DAFTAR_SANITIZE})
endif()
if(DAFTAR_COVERAGE)
  add_compile_options(--coverage)
  add_link_options(--coverage)
endif()

# For our own code only.
add_library(daftar_flags INTERFACE)
target_include_directories(daftar_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(daftar_flags INTERFACE -Wall -Wextra -Werror -Wshadow -Wnon-virtual-dtor -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  # gcc 12 sees overlaps inside std::string that are not there (its bug 105651), and at -O2 reads of its inner buffer that
  # come before it is filled, though they do not. Clang, which asan and tsan build with, keeps its own warning.
  target_compile_options(daftar_flags INTERFACE -Wno-restrict -Wno-maybe-uninitialized)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  target_compile_options(daftar_flags INTERFACE -Wthread-safety)
endif()
