# What every wasm of ours is compiled and linked with, and the names that Emscripten changed between
# 3.1.6, which Debian has, and today's SDKs.
add_compile_options(-fwasm-exceptions -fno-threadsafe-statics)
# C++ is optimized as a whole: it costs 20 s of linking and saves 5 kB of the compressed module.
add_compile_options($<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CONFIG:Release>>:-flto>)
# What every engine with wasm exceptions has too: less code, and one instruction to copy memory.
add_compile_options(-msign-ext -mnontrapping-fptoint -mbulk-memory)
# emcc ends inlining where -Os or -Oz stands in a command, so that each small function of the C++
# library is a call, which is slower and larger. With it clang inlines what is smaller so.
add_compile_options($<$<CONFIG:Release>:-finline-functions>)
# A failed check names its file: as it lies in the project, so that each build gives the same bytes.
add_compile_options("-fmacro-prefix-map=${CMAKE_SOURCE_DIR}/=")
add_link_options(-fwasm-exceptions -sWASM_BIGINT=1)

set(VITRINE_STACK_BYTES 1048576)
if(EMSCRIPTEN_VERSION VERSION_LESS 3.1.25)
  set(VITRINE_STACK -sTOTAL_STACK=${VITRINE_STACK_BYTES})
else()
  set(VITRINE_STACK -sSTACK_SIZE=${VITRINE_STACK_BYTES})
endif()
