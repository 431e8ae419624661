# _daftar_own(NAME): what all targets of our own code share; generated code is left out.
function(_daftar_own name)
  if(DAFTAR_TIDY)
    set_target_properties(${name} PROPERTIES CXX_CLANG_TIDY clang-tidy)
  endif()
endfunction()

# daftar_library(NAME SOURCES ... DEPS ...): a static library of our own code.
function(daftar_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC daftar_flags ${ARG_DEPS})
  _daftar_own(${name})
endfunction()

# daftar_program(NAME SOURCES ... DEPS ...): a program, in build/<preset>/bin.
function(daftar_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE daftar_flags ${ARG_DEPS})
  _daftar_own(${name})
endfunction()

# What tools/test builds and runs under a sanitizer: the tests that need neither a display nor several programs. Without
# gRPC, integration tests are of storage alone, and join. There they bear the label `sanitized`.
add_custom_target(daftar_sanitized_tests)
function(_daftar_sanitized name labels)
  set(fit unit sim golden ui)
  if(NOT DAFTAR_GRPC)
    list(APPEND fit integration)
  endif()
  foreach(label ${labels})
    if(DAFTAR_SANITIZE AND label IN_LIST fit)
      add_dependencies(daftar_sanitized_tests ${name})
      set_property(TEST ${name} APPEND PROPERTY LABELS sanitized)
      return()
    endif()
  endforeach()
endfunction()

# daftar_test(NAME SOURCES ... DEPS ... LABELS ... [TIMEOUT seconds]): a GoogleTest program; ctest runs it whole, with
# its labels.
function(daftar_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;DEPS;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE daftar_flags ${ARG_DEPS} GTest::gmock GTest::gtest GTest::gtest_main)
  _daftar_own(${name})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT})
  _daftar_sanitized(${name} "${ARG_LABELS}")
endfunction()
