# The WebAssembly module: the bindings over the catalog, and the glue that a page loads.
add_executable(vitrine_wasm "${CMAKE_SOURCE_DIR}/bindings/embind.cpp")
set_target_properties(vitrine_wasm PROPERTIES OUTPUT_NAME vitrine SUFFIX .mjs)
target_link_libraries(vitrine_wasm PRIVATE vitrine_bridge vitrine_image)
target_link_options(
  vitrine_wasm PRIVATE
  -Oz --bind --no-entry -sMODULARIZE=1 -sEXPORT_ES6=1 -sENVIRONMENT=web,worker -sFILESYSTEM=0
  -sDYNAMIC_EXECUTION=0 -sALLOW_MEMORY_GROWTH=1 ${VITRINE_STACK}
  -sEXPORT_NAME=createVitrine
  -sINCOMING_MODULE_JS_API=['wasmBinary','instantiateWasm','print','printErr']
  -sEXPORTED_RUNTIME_METHODS=[] -sMALLOC=dlmalloc
  -sBINARYEN_EXTRA_PASSES=converge)
