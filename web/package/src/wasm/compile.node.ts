// Compiling in Node: at once. A start waits for it anyway, and what runs first is compiled when it
// is called.

/** The compiled module. Fails with a CompileError. */
export const compile = (bytes: BufferSource): WebAssembly.Module => new WebAssembly.Module(bytes)
