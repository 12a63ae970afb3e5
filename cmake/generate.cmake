# vitrine_describe prints the registry; scripts/generate.mjs writes the generated files from that.
add_executable(vitrine_describe "${CMAKE_SOURCE_DIR}/tools/describe.cpp")
target_link_libraries(vitrine_describe PRIVATE vitrine_catalog)
