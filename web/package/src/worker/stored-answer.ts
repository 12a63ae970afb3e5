// Answers as text, for the ledger: what a tab gets when it asks again for what took effect.
import { CatalogError } from '../errors.js'
import { decodeText } from '../packet/decode.js'
import type { NodeDescription } from '../packet/shape.js'
import { toBase64 } from '../values/base64.js'
import type { Answer } from '../wasm/engine.js'

/** A longer answer is not kept: asked again, the call says so. */
const kMaxCharacters = 1 << 16

/** No owner's own shapes have this number. */
const kStoredShape = -1

/** An answer, and what its packet looks like. */
export interface StoredAnswer {
  readonly answer: Answer
  readonly shape: NodeDescription | null
}

/** `answer` as text; `describe` gives the shape of a number. */
export function serializeAnswer(
  answer: Answer,
  describe: (shape: number) => NodeDescription,
): string {
  const shape = answer.kind === 'packet' ? describe(answer.shape) : null
  const text = JSON.stringify({ shape, ...plain(answer) })
  return text.length > kMaxCharacters ? '' : text
}

function plain(answer: Answer): object {
  if (answer.kind === 'json') return answer
  if (answer.kind !== 'packet' && answer.kind !== 'table') return { kind: 'nothing' }
  const { numbers, text, blobs } = answer.packet
  const cells = { numbers: [...numbers], text: decodeText(text), blobs: toBase64(blobs) }
  return { kind: answer.kind, ...cells }
}

interface Plain {
  readonly kind: Answer['kind']
  readonly shape: NodeDescription | null
  readonly value?: unknown
  readonly numbers: readonly number[]
  readonly text: string
  readonly blobs: string
}

/** What serializeAnswer() made. Fails with STATE, reason answer_lost, when it was too long. */
export function parseAnswer(stored: string): StoredAnswer {
  if (stored === '') throw answerLost()
  const { kind, shape, value, numbers, text, blobs } = JSON.parse(stored) as Plain
  if (kind === 'json') return { answer: { kind, value }, shape: null }
  if (kind !== 'packet' && kind !== 'table') return { answer: { kind: 'nothing' }, shape: null }
  const packet = {
    numbers: Int32Array.from(numbers),
    text: new TextEncoder().encode(text),
    blobs: Uint8Array.from(atob(blobs), (letter) => letter.charCodeAt(0)),
  }
  if (kind === 'table') return { answer: { kind, packet }, shape: null }
  return { answer: { kind, shape: kStoredShape, packet }, shape }
}

/** What a call fails with that may have taken effect, while its answer is not known. */
export function answerLost(): CatalogError {
  const message =
    'The answer was lost with the tab that gave it, and the call may have taken effect: look first.'
  return new CatalogError({ code: 'STATE', reason: 'answer_lost', message })
}
