# The oracle's runner (tests/oracle): recorded scenarios of SQLAlchemy through the public C++ API.
file(GLOB oracle_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/oracle/runner/*.cpp")
add_executable(vitrine_oracle ${oracle_sources})
target_include_directories(vitrine_oracle PRIVATE "${CMAKE_SOURCE_DIR}/tests/oracle")
target_link_libraries(vitrine_oracle PRIVATE vitrine_catalog vitrine_json)
