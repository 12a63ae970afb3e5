# The rooms of src/, from the ground up. A room links only to the rooms below it.
add_library(vitrine_options INTERFACE)
# Natively code is made fast. As wasm it is made small (bytes are paid for by every visitor), but
# less so in the files that every cell or every written row passes through.
set(VITRINE_HOT_FILES
    base/(buffer|json|text|value|value_view)
    sqlite/(change_recorder|changed_value|incoming_rows|raw)
    sqlite/(recorded_table|statement|statement_cache)
    bindings/(packet|packet_rows|raw_rows))
set(VITRINE_WASM_OPTIMIZE $<IF:$<BOOL:$<TARGET_PROPERTY:VITRINE_HOT>>,-Os,-Oz>)
set(VITRINE_OPTIMIZE $<IF:$<BOOL:${EMSCRIPTEN}>,${VITRINE_WASM_OPTIMIZE},-O3>)
target_include_directories(
  vitrine_options INTERFACE "$<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/src>"
                            "$<INSTALL_INTERFACE:include/vitrine>")
# GCC 12 at -O3 sees overlaps in "text" + std::string that are not there (GCC bug 105651).
set(VITRINE_GCC_QUIET $<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:-Wno-restrict>)
target_compile_features(vitrine_options INTERFACE cxx_std_20)
# Designated initializers leave out members on purpose; that is no reason for a warning.
target_compile_options(
  vitrine_options INTERFACE "$<BUILD_INTERFACE:-Wall;-Wextra;-Wpedantic;-Wshadow;-Werror>"
                            "$<BUILD_INTERFACE:-Wno-missing-field-initializers>"
                            "$<BUILD_INTERFACE:${VITRINE_GCC_QUIET}>"
                            "$<BUILD_INTERFACE:$<$<CONFIG:Release>:${VITRINE_OPTIMIZE}>>")
if(VITRINE_SANITIZE)
  # A report needs line tables; more debug information only costs time to compile.
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined
                      -fno-omit-frame-pointer -g1)
  add_link_options(-fsanitize=address,undefined)
endif()
if(VITRINE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link -fprofile-instr-generate -fcoverage-mapping)
  add_link_options(-fprofile-instr-generate)
endif()

# A library of these sources, the hot ones among them compiled as such, and of what it links to.
function(vitrine_library name sources)
  list(JOIN VITRINE_HOT_FILES "|" hot_files)
  set(hot ${sources})
  list(FILTER hot INCLUDE REGEX "/(${hot_files})\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "/(${hot_files})\\.cpp$")
  add_library(${name} STATIC ${sources})
  target_link_libraries(${name} PUBLIC vitrine_options ${ARGN})
  if(hot)
    add_library(${name}_hot OBJECT ${hot})
    target_link_libraries(${name}_hot PRIVATE vitrine_options ${ARGN})
    set_target_properties(${name}_hot PROPERTIES VITRINE_HOT ON)
    target_sources(${name} PRIVATE "$<TARGET_OBJECTS:${name}_hot>")
  endif()
endfunction()

function(vitrine_room name folder)
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/${folder}/*.cpp")
  vitrine_library(${name} "${sources}" ${ARGN})
endfunction()

vitrine_room(vitrine_base base)
if(EMSCRIPTEN)
  target_sources(vitrine_base PRIVATE "${CMAKE_SOURCE_DIR}/src/base/js_math.c"
                                      "${CMAKE_SOURCE_DIR}/src/base/compare_memory.c"
                                      "${CMAKE_SOURCE_DIR}/src/base/copy_memory.c")
endif()
vitrine_room(vitrine_sqlite sqlite vitrine_base vitrine_sqlite3)
vitrine_room(vitrine_image image vitrine_base)
vitrine_room(vitrine_schema orm/schema vitrine_base)
vitrine_room(vitrine_query orm/query vitrine_schema)
vitrine_room(vitrine_session orm/session vitrine_query vitrine_sqlite)
vitrine_room(vitrine_catalog catalog vitrine_session vitrine_image)
# Names that mean one thing in one file and another in the next: each format of pictures has chunks
# of its own, and a Column is a declaration where models are declared.
set_target_properties(vitrine_image vitrine_catalog PROPERTIES UNITY_BUILD OFF)

# The bridge without its Emscripten part (embind.cpp and js_*.cpp), so that packets are tested
# natively too.
file(GLOB bridge_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/bindings/*.cpp")
list(FILTER bridge_sources EXCLUDE REGEX "/(embind|js_[a-z]+)\\.cpp$")
vitrine_library(vitrine_bridge "${bridge_sources}" vitrine_catalog)
target_include_directories(vitrine_bridge PUBLIC "${CMAKE_SOURCE_DIR}")
target_include_directories(vitrine_bridge_hot PRIVATE "${CMAKE_SOURCE_DIR}")
