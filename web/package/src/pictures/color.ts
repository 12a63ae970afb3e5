// The colour that stands for a picture while it loads, and whether one can be seen through.

/** The mean of RGBA pixels as '#rrggbb', each counting as far as it is opaque; null for none. */
export function meanColor(pixels: Uint8Array | Uint8ClampedArray): string | null {
  const sums = [0, 0, 0]
  let weight = 0
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3]
    weight += alpha
    for (let part = 0; part < 3; part++) sums[part] += pixels[at + part] * alpha
  }
  if (weight === 0) return null
  const hex = (sum: number): string =>
    Math.round(sum / weight)
      .toString(16)
      .padStart(2, '0')
  return `#${sums.map(hex).join('')}`
}

export function isTransparent(pixels: Uint8Array | Uint8ClampedArray): boolean {
  for (let at = 3; at < pixels.length; at += 4) if (pixels[at] < 255) return true
  return false
}
