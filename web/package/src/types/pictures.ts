// Pictures: the calls on an attachment. Pictures are rows of their own model; their bytes are
// fetched by blob() and url() alone.
import type { PreparedPicture } from '../pictures/prepared.js'
import type { PictureSource } from '../pictures/source.js'
import type { PictureUrl } from '../pictures/urls.js'
import type { Models, Picture, Relations, Target } from './facts.js'
import type { Kind, Reply } from './kind.js'
import type { KeyOf } from './request.js'

/** The attachments of model M. */
export type AttachmentName<S extends Models<S>, M extends keyof S> = {
  [R in keyof Relations<S, M>]: Relations<S, M>[R] extends Picture ? R : never
}[keyof Relations<S, M>]

/** Which picture of a gallery: its number. Attachments of one picture have nothing to say here. */
export type SetOf<P> = P extends { order_index: number } ? { order_index: number } : object

/** Whose pictures, and of a gallery which: a second argument there, and none elsewhere. */
type SetArgument<P> = P extends { order_index: number }
  ? [set: { order_index: number }]
  : [set?: undefined]

export interface PrepareOptions {
  /** Gives up: prepare() then fails with ABORTED. */
  signal?: AbortSignal
  /** Told how much is done, from 0 to 1. */
  onProgress?: (part: number) => void
  /**
   * Leaves out where, when and with what a photo was taken; the pixels stay as they are. Of JPEG,
   * PNG and WebP: a GIF stays whole, and AVIF is refused.
   */
  stripMetadata?: boolean
  /** Makes no thumbnails and decodes nothing: thumbnail() makes them when they are wanted. */
  originalOnly?: boolean
}

/** A width, a height or a ratio: the other side follows, truncated. */
export type Scale = { width: number } | { height: number } | { ratio: number }

/** A picture as blob() and url() take it: any row with these. */
export interface PictureContent {
  readonly sha256: string | null
  readonly mimetype: string
}

/** The pictures of model M's rows; P is a row of these pictures. */
export interface PicturesApi<S extends Models<S>, M extends keyof S, P, K extends Kind> {
  /**
   * Reads a picture, looks at its bytes and makes its thumbnails: widths of 64, 160, 320, 640 and
   * 1280 pixels, none larger than the picture. Nothing is stored yet.
   * Fails with IMAGE for what is no picture, with a reason and words for whoever chose it; with
   * ABORTED by `signal`.
   * @example
   * const picture = await db.product.attachment('image').prepare(file)
   */
  prepare(source: PictureSource, options?: PrepareOptions): Promise<PreparedPicture>
  /**
   * Stores a prepared picture and its thumbnails in place of those that were there, and gives the
   * original's row. In a gallery the picture with that number is replaced; without a number it
   * comes last. Belongs to the transaction.
   * @example
   * db.product.attachment('image').attach(1, picture, { alt: 'A boot from the side' })
   */
  attach(
    key: KeyOf<S, M>,
    picture: PreparedPicture,
    options?: { alt?: string | null } & Partial<SetOf<P>>,
  ): Reply<K, P>
  /**
   * The picture as it was attached, or null.
   * @example
   * db.product.attachment('image').original(1)?.width
   */
  original(key: KeyOf<S, M>, ...set: SetArgument<P>): Reply<K, P | null>
  /**
   * The picture of that size, the original too, or null.
   * @example
   * db.product.attachment('image').find(1, { width: 64, height: 48 })
   */
  find(
    key: KeyOf<S, M>,
    size: { width: number; height: number },
    ...set: SetArgument<P>
  ): Reply<K, P | null>
  /**
   * The picture in this size: found, or made once and stored. A promise in either entry, because
   * making takes a while.
   * Fails with IMAGE, reason 'no_original', where there is no picture.
   * @example
   * const small = await db.product.attachment('image').thumbnail(1, { width: 100 })
   */
  thumbnail(key: KeyOf<S, M>, scale: Scale, ...set: SetArgument<P>): Promise<P>
  /**
   * All pictures, the original and its thumbnails, the smallest first; of a gallery all, in its
   * order, or those of one number.
   * @example
   * db.product.attachment('photos').list(1).filter((photo) => photo.original)
   */
  list(key: KeyOf<S, M>, set?: SetOf<P>): Reply<K, P[]>
  /**
   * Sets the words that stand for the picture where it cannot be seen; says how many rows that are.
   * @example
   * db.product.attachment('image').alt(1, 'A boot from the side')
   */
  alt(key: KeyOf<S, M>, text: string | null, ...set: SetArgument<P>): Reply<K, number>
  /**
   * Takes the pictures away, of a gallery all or those of one number; says how many.
   * @example
   * db.product.attachment('image').remove(1)
   */
  remove(key: KeyOf<S, M>, set?: SetOf<P>): Reply<K, number>
  /**
   * Puts a gallery into the order of these numbers; they are 0, 1, 2 … afterwards.
   * @example
   * db.product.attachment('photos').reorder(1, [1, 0])
   */
  reorder(key: KeyOf<S, M>, order: readonly number[]): Reply<K, void>
  /**
   * The whole file of a picture.
   * Fails with IMAGE, reason 'no_bytes', when only its row is there.
   * @example
   * const original = db.product.attachment('image').original(1)
   * const file = original && db.product.attachment('image').blob(original)
   */
  blob(picture: PictureContent): Reply<K, Blob>
  /**
   * An address that `<img src>` can show, until it is disposed of. The same picture has the same
   * address. The last 240 that were disposed of stay good for the next view, so that a picture is
   * not fetched twice; closing the catalog ends all.
   * @example
   * const original = db.product.attachment('image').original(1)
   * const url = original && db.product.attachment('image').url(original)
   * url?.dispose()
   */
  url(picture: PictureContent): Reply<K, PictureUrl>
}

/** The calls on attachment A of model M. */
export type AttachmentApi<
  S extends Models<S>,
  M extends keyof S,
  A extends keyof Relations<S, M>,
  K extends Kind = 'sync',
> = PicturesApi<S, M, S[Target<S, M, A>]['row'], K>
