// Pages that are put aside: a browser may keep a page that was left, with its scripts standing
// still, and show it again at a step back. Its workers stand still too, and Safari's keep what they
// have locked.

/**
 * Calls `leave` when the page is put aside and `comeBack` when it is shown again; what it returns
 * ends that. Where nothing is put aside, as in a worker or in Node, neither is called.
 */
export function whenPutAside(leave: () => void, comeBack: () => void): () => void {
  if (!('onpagehide' in globalThis)) return () => undefined
  const ended = new AbortController()
  const { signal } = ended
  const listen = (type: 'pagehide' | 'pageshow', act: () => void): void =>
    window.addEventListener(type, ({ persisted }) => persisted && act(), { signal })
  listen('pagehide', leave)
  listen('pageshow', comeBack)
  return () => ended.abort()
}
