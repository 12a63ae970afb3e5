// CRC-32 (ISO 3309), which a ZIP keeps of each of its files.

const kRemainders = /* @__PURE__ */ Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb8_8320 : rest >>> 1
  return rest
})

export function crc32(bytes: Uint8Array): number {
  let rest = 0xffff_ffff
  for (const byte of bytes) rest = (rest >>> 8) ^ kRemainders[(rest ^ byte) & 0xff]
  return (rest ^ 0xffff_ffff) >>> 0
}
