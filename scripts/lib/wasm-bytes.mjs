// The ground of the wasm binary format: numbers of variable length, and lists of things.

// Reads from `at` on; every call goes on behind what the last one read.
export class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes
    this.at = at
  }

  byte() {
    return this.bytes[this.at++]
  }

  number() {
    let value = 0
    for (let weight = 1; ; weight *= 128) {
      const byte = this.byte()
      value += (byte & 127) * weight
      if (byte < 128) return value
    }
  }

  // Goes past `count` numbers.
  skip(count = 1) {
    for (let passed = 0; passed < count;) if (this.byte() < 128) ++passed
  }

  take(size) {
    this.at += size
    return this.bytes.subarray(this.at - size, this.at)
  }

  // What `read` gives, as often as the number in front of a list says.
  list(read) {
    return Array.from({ length: this.number() }, read)
  }
}

export function leb(value) {
  const bytes = []
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128)
  return Uint8Array.of(...bytes, value)
}

// A number of 32 bits with its sign, as instructions and initial values have it.
export function signedLeb(value) {
  const bytes = []
  for (let rest = value | 0; ; rest >>= 7) {
    const byte = rest & 127
    if (rest >> 6 === 0 || rest >> 6 === -1) return Uint8Array.of(...bytes, byte)
    bytes.push(byte | 128)
  }
}

export const list = (parts) => Buffer.concat([leb(parts.length), ...parts])
export const sized = (bytes) => Buffer.concat([leb(bytes.length), bytes])
