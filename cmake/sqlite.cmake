# SQLite's amalgamation. It comes with the npm package better-sqlite3 (only its deps/sqlite3 folder
# is used); another folder with sqlite3.c and sqlite3.h can be named by VITRINE_SQLITE_DIR.
set(VITRINE_SQLITE_DIR "${CMAKE_SOURCE_DIR}/node_modules/better-sqlite3/deps/sqlite3"
    CACHE PATH "Folder with sqlite3.c and sqlite3.h")
if(NOT EXISTS "${VITRINE_SQLITE_DIR}/sqlite3.c")
  message(FATAL_ERROR "No sqlite3.c in ${VITRINE_SQLITE_DIR}: run npm install, "
                      "or set VITRINE_SQLITE_DIR to a folder with SQLite's amalgamation.")
endif()

# MAX_EXPR_DEPTH: SQLite adds the heights of nested EXISTS up, so that the 16 relations which a
# filter may go through need some 600; the rest of the default 1000 is stack that wasm has not.
# amalgamation.c is SQLite and a few functions beside it.
add_library(vitrine_sqlite3 STATIC "${CMAKE_SOURCE_DIR}/src/sqlite/amalgamation.c")
target_include_directories(vitrine_sqlite3 PRIVATE "${CMAKE_SOURCE_DIR}/src")
target_include_directories(vitrine_sqlite3 SYSTEM
                           PUBLIC "$<BUILD_INTERFACE:${VITRINE_SQLITE_DIR}>")
target_compile_definitions(
  vitrine_sqlite3
  PUBLIC SQLITE_ENABLE_PREUPDATE_HOOK SQLITE_ENABLE_SESSION SQLITE_ENABLE_NORMALIZE
         SQLITE_ENABLE_CARRAY SQLITE_OMIT_LOAD_EXTENSION SQLITE_OMIT_DEPRECATED
  PRIVATE SQLITE_ENABLE_FTS5 SQLITE_ENABLE_MATH_FUNCTIONS
          SQLITE_DEFAULT_MEMSTATUS=0 SQLITE_OMIT_SHARED_CACHE SQLITE_OMIT_AUTOINIT
          SQLITE_DEFAULT_FOREIGN_KEYS=0 SQLITE_LIKE_DOESNT_MATCH_BLOBS
          SQLITE_TEMP_STORE=3 SQLITE_USE_ALLOCA SQLITE_THREADSAFE=0 SQLITE_MAX_EXPR_DEPTH=700
          SQLITE_DEFAULT_WAL_SYNCHRONOUS=2 SQLITE_STRICT_SUBTYPE=1 SQLITE_UNTESTABLE
          SQLITE_OMIT_GET_TABLE SQLITE_OMIT_TCL_VARIABLE SQLITE_OMIT_AUTHORIZATION
          SQLITE_OMIT_COMPLETE SQLITE_OMIT_COMPILEOPTION_DIAGS SQLITE_OMIT_INTROSPECTION_PRAGMAS)
if(EMSCRIPTEN)
  # No file system in the wasm: databases are in memory, or in files of our own VFS.
  target_compile_definitions(vitrine_sqlite3 PUBLIC SQLITE_OS_OTHER=1)
endif()
# docs/performance.md, Bytes.
if(EMSCRIPTEN)
  target_compile_options(vitrine_sqlite3 PRIVATE -Oz -w)
else()
  target_compile_options(vitrine_sqlite3 PRIVATE $<IF:$<CONFIG:Release>,-Os,-O1> -w)
endif()
