// Answers of the module, once they have left it: what each must be, and copies that stay good.
import { CatalogError } from '../errors.js'
import type { Answer } from '../wasm/engine.js'
import { decodeTable } from './table.js'
import type { Packet } from './decode.js'
import type { PlainRow } from './shape.js'

function unexpected(answer: Answer): never {
  const message = `The module answered with ${answer.kind}: it is not of this package’s version.`
  throw new CatalogError({ code: 'STATE', message })
}

export function jsonOf(answer: Answer): unknown {
  return answer.kind === 'json' ? answer.value : unexpected(answer)
}

export function tableOf(answer: Answer, names?: readonly string[]): PlainRow[] {
  return answer.kind === 'table' ? decodeTable(answer.packet, names) : unexpected(answer)
}

export function bytesOf(answer: Answer): Uint8Array<ArrayBuffer> {
  return answer.kind === 'bytes' ? answer.bytes.slice() : unexpected(answer)
}

export function packetOf(answer: Answer): Extract<Answer, { kind: 'packet' }> {
  return answer.kind === 'packet' ? answer : unexpected(answer)
}

/** The same answer in a buffer of its own, which later calls leave alone. */
export function kept(answer: Answer): Answer {
  if (answer.kind === 'bytes') return { kind: 'bytes', bytes: answer.bytes.slice() }
  if (answer.kind !== 'packet' && answer.kind !== 'table') return answer
  return { ...answer, packet: keptPacket(answer.packet) }
}

// In one buffer: to move each to another thread takes as long as a small answer in all.
function keptPacket({ numbers, text, blobs }: Packet): Packet {
  const textAt = numbers.byteLength
  const blobsAt = textAt + text.length
  const bytes = new Uint8Array(blobsAt + blobs.length)
  const words = new Int32Array(bytes.buffer, 0, numbers.length)
  words.set(numbers)
  bytes.set(text, textAt)
  bytes.set(blobs, blobsAt)
  return { numbers: words, text: bytes.subarray(textAt, blobsAt), blobs: bytes.subarray(blobsAt) }
}
