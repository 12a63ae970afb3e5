# The fuzzer of src/image: with Clang's libFuzzer, and with counts of the lines that ran. Its rooms
# are built with the same, so it has a preset of its own: `cmake --preset fuzz`.
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  message(FATAL_ERROR "The fuzzer needs Clang: cmake --preset fuzz")
endif()
add_executable(vitrine_fuzz tests/fuzz/image.cpp tests/native/image/any_bytes.cpp)
target_include_directories(vitrine_fuzz PRIVATE "${CMAKE_SOURCE_DIR}/tests/native")
target_link_libraries(vitrine_fuzz PRIVATE vitrine_image)
target_link_options(vitrine_fuzz PRIVATE -fsanitize=fuzzer)
