// Bytes as base64 text, the form in which they travel inside a request.

// As many bytes as one call of String.fromCharCode takes without running out of stack; a multiple
// of 3.
const kChunkBytes = 0x6000

/** The base64 of `bytes`, padded. */
export function toBase64(bytes: Uint8Array): string {
  let encoded = ''
  for (let at = 0; at < bytes.length; at += kChunkBytes) {
    encoded += btoa(String.fromCharCode(...bytes.subarray(at, at + kChunkBytes)))
  }
  return encoded
}
