// The files of an archive, whatever holds them: a ZIP, or a folder that somebody has read. Their
// names come from outside: none may lead anywhere but into the archive.
import { CatalogError } from '../errors.js'
import type { PlainRow } from '../packet/shape.js'
import type { Bytes } from '../pictures/source.js'

export interface ArchiveFile {
  readonly size_bytes: number
  /** Its content. Fails with IMPORT when it cannot be had. */
  read(): Promise<Bytes>
}

export type ArchiveFiles = ReadonlyMap<string, ArchiveFile>

/** As many as a ZIP holds without its 64-bit fields. */
export const kMostFiles = 65_534
/** All pictures of an import are in memory at once, before the first is written. */
export const kMostBytes = 512 * 1024 * 1024
/** A text is parsed as a whole. */
export const kMostTextBytes = 64 * 1024 * 1024

// What systems put into folders by themselves.
const kLitter = /^__MACOSX\/|(?:^|\/)(?:\.[^/]+|Thumbs\.db|desktop\.ini)$/

/** Fails with IMPORT; `path` is the file that it is about. */
export function refuse(path: string, message: string, cause?: unknown): never {
  throw new CatalogError({
    code: 'IMPORT',
    path,
    cause,
    message: `${path === '' ? '' : `${path}: `}${message}`,
  })
}

export const isObject = (value: unknown): value is PlainRow =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

function checkName(name: string): void {
  const parts = name.split('/')
  const isOutside = parts.some((part) => part === '' || part === '.' || part === '..')
  // eslint-disable-next-line no-control-regex
  if (!isOutside && !/[\\:\u0000-\u001f]/.test(name) && name.length <= 255) return
  refuse(name, 'the name leads out of the archive, or is none: pack the folder anew.')
}

/** Checks names and sizes, and leaves out what systems add. Fails with IMPORT. */
export function checkedFiles(given: Iterable<readonly [string, ArchiveFile]>): ArchiveFiles {
  const files = new Map<string, ArchiveFile>()
  let total_bytes = 0
  let count = 0
  for (const [name, file] of given) {
    checkName(name)
    if (kLitter.test(name)) continue
    if (files.has(name)) refuse(name, 'the archive has two files of this name.')
    if (++count > kMostFiles) refuse('', `The archive has more than ${kMostFiles} files.`)
    if ((total_bytes += file.size_bytes) > kMostBytes) {
      refuse('', 'The archive is larger than 512 MB: import it in parts, or open a .sqlite file.')
    }
    files.set(name, file)
  }
  return withoutFolder(files)
}

// A folder that was packed or chosen as a whole is no part of the names.
function withoutFolder(files: ArchiveFiles): ArchiveFiles {
  const [first = ''] = files.keys()
  const folder = first.slice(0, first.indexOf('/') + 1)
  const isCommon = folder !== '' && [...files.keys()].every((name) => name.startsWith(folder))
  if (!isCommon || !files.has(`${folder}manifest.json`)) return files
  return new Map([...files].map(([name, file]) => [name.slice(folder.length), file]))
}

/** A file's text. Fails with IMPORT when it is none. */
export async function textOf(name: string, file: ArchiveFile): Promise<string> {
  if (file.size_bytes > kMostTextBytes) refuse(name, 'it is larger than 64 MB.')
  const bytes = await file.read()
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    return refuse(name, 'it is not UTF-8.', cause)
  }
}

/** What a file of JSON says. Fails with IMPORT when it is none. */
export async function jsonOf(name: string, file: ArchiveFile): Promise<unknown> {
  const text = await textOf(name, file)
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    return refuse(name, `it is no JSON: ${(cause as Error).message}.`, cause)
  }
}
