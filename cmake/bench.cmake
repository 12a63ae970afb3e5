# The native lanes of `npm run bench`: the model layer in C++, and SQLite by hand as the floor.
file(GLOB bench_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/bench/native/*.cpp")
add_executable(vitrine_bench ${bench_sources})
target_link_libraries(vitrine_bench PRIVATE vitrine_catalog)
