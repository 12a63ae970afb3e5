# What every wasm of ours is compiled and linked with, and the names that Emscripten changed between
# 3.1.6, which Debian has, and today's SDKs.
add_compile_options(-fwasm-exceptions -fno-threadsafe-statics)
# C++ is optimized as a whole: it costs 20 s of linking and saves 5 kB of the compressed module.
add_compile_options($<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CONFIG:Release>>:-flto>)
# What every engine with wasm exceptions has too: less code, and one instruction to copy memory.
add_compile_options(-msign-ext -mnontrapping-fptoint -mbulk-memory)
add_link_options(-fwasm-exceptions -sWASM_BIGINT=1)

if(EMSCRIPTEN_VERSION VERSION_LESS 3.1.25)
  set(VITRINE_STACK -sTOTAL_STACK=1MB)
else()
  set(VITRINE_STACK -sSTACK_SIZE=1MB)
endif()

# A download is for everybody, so code is made small, except where rows stream through: there -Os
# was measured to be three times slower.
foreach(hot bindings/packet bindings/raw_rows src/base/buffer src/base/text src/orm/session/execute
            src/orm/session/integer_table src/orm/session/kept_plan src/orm/session/key_index
            src/sqlite/raw src/sqlite/statement src/sqlite/statement_cache)
  set_source_files_properties("${CMAKE_SOURCE_DIR}/${hot}.cpp" PROPERTIES COMPILE_OPTIONS
                              "$<$<CONFIG:Release>:-O2>")
endforeach()
