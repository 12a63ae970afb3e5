// Random values with a seed, so that what failed can be tried again: VITRINE_SEED=123 npm test.

// The seed of this run, told in the test's output.
export function seedOf(t) {
  const seed = Number(process.env.VITRINE_SEED ?? Math.floor(Math.random() * 2 ** 31))
  t.diagnostic(`VITRINE_SEED=${seed}`)
  return seed
}

const kAlphabets = [
  [...'abcdefghijklmnopqrstuvwxyz ABC'],
  [...'aàáâäåæçéèêëíñöøœßüžłđ'],
  [...'日本語한국어العربية'],
  ['🥐', '👩‍🍳', '🇫🇷', 'e\u0301', '\u{10FFFF}'],
  ['\0', '\ufeff', '\uffff', '\u2028', '\u0001', '\r\n', '\t', '\\', '"', "'", '%', '_', '{', ','],
]

export class Random {
  #state

  constructor(seed) {
    this.#state = seed >>> 0
  }

  // A number from 0 up to 1 (mulberry32).
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  below(count) {
    return Math.floor(this.next() * count)
  }

  chance(probability) {
    return this.next() < probability
  }

  pick(list) {
    return list[this.below(list.length)]
  }

  // Some of `list`, in its order.
  some(list, probability = 0.5) {
    return list.filter(() => this.chance(probability))
  }

  text(maxLength) {
    const length = this.below(maxLength + 1)
    const letters = this.pick(kAlphabets)
    let text = ''
    while ([...text].length < length)
      text += this.pick(this.chance(0.2) ? this.pick(kAlphabets) : letters)
    return [...text].slice(0, length).join('')
  }

  // Whole numbers of every size, the extremes among them.
  integer() {
    const extremes = [0, 1, -1, 2 ** 31, -(2 ** 31), 2 ** 53 - 1, -(2 ** 53 - 1)]
    if (this.chance(0.2)) return this.pick(extremes)
    return Math.floor((this.next() - 0.5) * 2 ** (1 + this.below(53)))
  }

  real() {
    const extremes = [0.1, -0.5, 5e-324, -1.7976931348623157e308, 2 ** 53 + 2, 1e21, Math.PI]
    return this.chance(0.3) ? this.pick(extremes) : (this.next() - 0.5) * 10 ** this.below(300)
  }

  bytes(maxLength) {
    return Uint8Array.from({ length: this.below(maxLength + 1) }, () => this.below(256))
  }

  date() {
    return new Date(
      Date.UTC(1970 + this.below(100), this.below(12), 1, 0, 0, 0, this.below(2 ** 30)),
    )
  }
}
