# The WebAssembly module: the bindings over the catalog, and the glue that a page loads.
add_executable(vitrine_wasm "${CMAKE_SOURCE_DIR}/bindings/embind.cpp"
                            "${CMAKE_SOURCE_DIR}/bindings/js_files.cpp"
                            "${CMAKE_SOURCE_DIR}/bindings/js_raw.cpp")
set_target_properties(vitrine_wasm PROPERTIES OUTPUT_NAME vitrine SUFFIX .mjs)
target_link_libraries(vitrine_wasm PRIVATE vitrine_bridge vitrine_image)
# Linked at -O3: at -Oz the last passes undo some of what makes code quick, so that writes take a
# tenth longer, for half a percent of the bytes.
target_link_options(
  vitrine_wasm PRIVATE
  -O3 --bind --no-entry -sMODULARIZE=1 -sEXPORT_ES6=1 -sENVIRONMENT=web,worker -sFILESYSTEM=0
  -sDYNAMIC_EXECUTION=0 -sALLOW_MEMORY_GROWTH=1 ${VITRINE_STACK}
  -sEXPORT_NAME=createVitrine
  -sINCOMING_MODULE_JS_API=['wasmBinary','instantiateWasm','print','printErr']
  -sEXPORTED_RUNTIME_METHODS=[] -sMALLOC=dlmalloc
  -sBINARYEN_EXTRA_PASSES=converge
  "SHELL:--js-library \"${CMAKE_SOURCE_DIR}/bindings/embind_types.js\"")

# What follows from the models alone is worked out now, and not by each start; the code that does it
# goes. The linker's order of functions costs 10 kB of the compressed module.
find_program(VITRINE_NODE NAMES node nodejs REQUIRED NO_CMAKE_FIND_ROOT_PATH)
set(preinitialize "${CMAKE_SOURCE_DIR}/scripts/preinitialize.mjs")
set(arrange "${CMAKE_SOURCE_DIR}/scripts/arrange.mjs")
set(linked "$<TARGET_FILE_DIR:vitrine_wasm>/vitrine.wasm")
file(GLOB script_parts "${CMAKE_SOURCE_DIR}/scripts/lib/wasm-*.mjs"
     "${CMAKE_SOURCE_DIR}/scripts/lib/preinitialize.mjs"
     "${CMAKE_SOURCE_DIR}/scripts/lib/alike.mjs")
set_property(TARGET vitrine_wasm PROPERTY LINK_DEPENDS "${preinitialize}" "${arrange}"
             ${script_parts} "${CMAKE_SOURCE_DIR}/bindings/embind_types.js")
add_custom_command(
  TARGET vitrine_wasm POST_BUILD VERBATIM
  COMMAND "${VITRINE_NODE}" "${preinitialize}" "${linked}" ${VITRINE_STACK_BYTES}
  COMMAND "${VITRINE_NODE}" "${arrange}" "${linked}")
