// Compiling in a browser: on other threads, so that a page goes on.

/** The compiled module. Fails with a CompileError. */
export const compile = (bytes: BufferSource): Promise<WebAssembly.Module> =>
  WebAssembly.compile(bytes)
