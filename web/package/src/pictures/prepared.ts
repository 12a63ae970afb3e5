// PreparedPicture: a picture that was read, looked at and scaled, so that attaching it is only
// writing. What the module is told of it stays inside: nobody can pair bytes with another's digest.
import type { Content } from './source.js'

export interface PictureSize {
  readonly width: number
  readonly height: number
  readonly mimetype: string
  readonly size_bytes: number
}

/** One picture as the module stores it. */
export interface Part extends PictureSize {
  readonly sha256: string
}

/** A picture as it will be stored, and the sizes that are made of it, the smallest first. */
export interface Looked {
  readonly part: Part
  readonly ladder: readonly (readonly [number, number])[]
  /** EXIF's number for how the pixels are turned and mirrored; 1 as they lie. */
  readonly orientation: number
}

/** Ready to be attached, as often as wanted. Sizes are in pixels, as the picture is shown. */
export class PreparedPicture implements PictureSize {
  readonly width: number
  readonly height: number
  readonly mimetype: string
  readonly size_bytes: number
  /** '#rrggbb', to be shown while the picture loads; null for one that is all transparent. */
  readonly dominant_color: string | null
  /** The smaller sizes that were made of it, the smallest first. */
  readonly thumbnails: readonly PictureSize[]
  readonly #parts: readonly Part[]
  readonly #contents: readonly Content[]

  /** `parts` and `contents`: the original, then the thumbnails. */
  constructor(parts: readonly Part[], contents: readonly Content[], dominantColor: string | null) {
    const shown = parts.map(({ width, height, mimetype, size_bytes }) => {
      return { width, height, mimetype, size_bytes }
    })
    const [original, ...thumbnails] = shown
    this.width = original.width
    this.height = original.height
    this.mimetype = original.mimetype
    this.size_bytes = original.size_bytes
    this.thumbnails = thumbnails
    this.dominant_color = dominantColor
    this.#parts = parts
    this.#contents = contents
  }

  /** What is stored of it; for the package alone. */
  static contents(picture: PreparedPicture): [readonly Part[], readonly Content[]] {
    return [picture.#parts, picture.#contents]
  }
}
