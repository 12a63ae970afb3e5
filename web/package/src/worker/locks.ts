// Web Locks: who owns a catalog, and who is still there. A lock goes with the worker that holds it,
// however that ends.

/** A lock that is held until it is let go. */
export interface Held {
  release(): void
}

/** The lock, once nobody else has it; null when `signal` gave up waiting. */
export function hold(name: string, signal?: AbortSignal): Promise<Held | null> {
  return new Promise((resolve, reject) => {
    const kept = (): Promise<void> =>
      new Promise<void>((release) => resolve({ release: () => release() }))
    const options = signal === undefined ? {} : { signal }
    navigator.locks.request(name, options, kept).catch((error: unknown) => {
      if (signal?.aborted === true) resolve(null)
      else reject(error)
    })
  })
}

/** Calls `gone` when whoever holds the lock has let it go. */
export function watchEnd(name: string, gone: () => void, signal: AbortSignal): void {
  // Behind the holder in its queue; asked for and given back at once.
  navigator.locks.request(name, { signal }, () => gone()).catch(() => undefined)
}
