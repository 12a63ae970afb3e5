// What the module needs of a file. The browser’s sync access handles are such files as they are;
// Node’s descriptors become such in node-files.ts.

/** An open file: what a FileSystemSyncAccessHandle offers. */
export interface FileHandle {
  /** Fills `buffer` from the offset `at`; how many bytes, fewer only at the end of the file. */
  read(buffer: Uint8Array, options: { at: number }): number
  /** How many bytes were written; fewer than given means that there is no more room. */
  write(buffer: Uint8Array, options: { at: number }): number
  truncate(size: number): void
  /** Returns when what was written survives the loss of power. */
  flush(): void
  getSize(): number
  close(): void
}

/** The files of one catalog: NAME.sqlite, NAME.sqlite-wal and NAME.sqlite-journal. */
export interface CatalogFiles {
  readonly main: FileHandle
  readonly wal: FileHandle
  readonly journal: FileHandle
}
