// OtherTabs: says to the shop's other tabs that it has changed, and hears it from them. What has
// changed they read themselves.

const kChannel = 'vitrine-shop'

export class OtherTabs {
  readonly #channel = new BroadcastChannel(kChannel)

  tell(): void {
    this.#channel.postMessage('changed')
  }

  // Calls `listener` after each change by another tab.
  listen(listener: () => void): void {
    this.#channel.onmessage = () => listener()
  }

  // What `write` gives, after the other tabs were told that it is done.
  async after<T>(write: Promise<T>): Promise<T> {
    const answer = await write
    this.tell()
    return answer
  }
}
