# Header-only libraries of the system, one folder of links each: adding all of /usr/include to a
# cross build would put the host's libc headers before Emscripten's.
function(vitrine_header_library target folder)
  find_path(${target}_DIR NAMES ${ARGN} PATHS /usr/include /usr/local/include /opt/homebrew/include
            NO_CMAKE_FIND_ROOT_PATH REQUIRED)
  set(shelf "${CMAKE_BINARY_DIR}/headers/${target}")
  file(MAKE_DIRECTORY "${shelf}")
  file(CREATE_LINK "${${target}_DIR}/${folder}" "${shelf}/${folder}" SYMBOLIC)
  add_library(${target} INTERFACE)
  target_include_directories(${target} SYSTEM INTERFACE "$<BUILD_INTERFACE:${shelf}>")
endfunction()

if(VITRINE_TESTS)
  vitrine_header_library(vitrine_doctest doctest doctest/doctest.h)
  # Judges our own Json, and reads the scenarios of the oracle.
  vitrine_header_library(vitrine_json nlohmann nlohmann/json.hpp)
endif()
