// The size of a WebP picture, read from its header. Decodes nothing.

// Width and height in pixels. Throws an Error when `bytes` (a Buffer) is not a whole WebP file.
export function webpSize(bytes) {
  const tag = (at) => bytes.toString('latin1', at, at + 4)
  if (bytes.length < 30 || tag(0) !== 'RIFF' || tag(8) !== 'WEBP')
    throw new Error('not a WebP file')
  if (bytes.readUInt32LE(4) + 8 > bytes.length) throw new Error('a WebP file that ends too early')
  switch (tag(12)) {
    case 'VP8X':
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21)
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
    }
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
    default:
      throw new Error(`a WebP file with an unknown first chunk "${tag(12)}"`)
  }
}
