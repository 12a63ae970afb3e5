# The tests of src/: one program, one folder per room under tests/native. It is built natively,
# under sanitizers, and again as wasm that Node runs.
enable_testing()
file(GLOB_RECURSE test_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/native/*.cpp")
add_executable(vitrine_tests ${test_sources})
target_include_directories(vitrine_tests PRIVATE "${CMAKE_SOURCE_DIR}/tests/native")
target_link_libraries(vitrine_tests PRIVATE vitrine_bridge vitrine_image vitrine_doctest
                                            vitrine_json)
target_compile_definitions(vitrine_tests PRIVATE DOCTEST_CONFIG_SUPER_FAST_ASSERTS
                                                 VITRINE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
# It brings doctest's own code with it.
set_source_files_properties("${CMAKE_SOURCE_DIR}/tests/native/main.cpp"
                            PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)

if(EMSCRIPTEN)
  # CommonJS, compiled synchronously: 3.1.6's other ways of loading fail under Node 20. The wasm has
  # no files, so tests that need one ask VITRINE_HAS_FILES.
  set_target_properties(vitrine_tests PROPERTIES SUFFIX .cjs)
  target_compile_definitions(vitrine_tests PRIVATE DOCTEST_CONFIG_NO_POSIX_SIGNALS
                                                   VITRINE_HAS_FILES=0)
  target_compile_options(vitrine_tests PRIVATE -O1)
  target_link_options(vitrine_tests PRIVATE -O1 -sENVIRONMENT=node -sEXIT_RUNTIME=1
                      -sWASM_ASYNC_COMPILATION=0 -sALLOW_MEMORY_GROWTH=1 ${VITRINE_STACK})
  add_test(NAME vitrine_tests COMMAND node "$<TARGET_FILE:vitrine_tests>" --no-colors)
else()
  target_compile_definitions(vitrine_tests PRIVATE VITRINE_HAS_FILES=1)
  add_test(NAME vitrine_tests COMMAND vitrine_tests --no-colors)
endif()

if(NOT EMSCRIPTEN)
  include(cmake/oracle.cmake)
endif()
