// Where the shop is kept, in a line: whether it stays, how much it takes, and a way to keep it for
// good.
import { html, nothing, type TemplateResult } from 'lit'
import type { StorageLine } from '../catalog/shop'
import { send } from '../state/actions'
import { sizeWords } from '../state/words'

export function storageLine(storage: StorageLine | null): TemplateResult | typeof nothing {
  if (!storage) return nothing
  if (!storage.isKept) {
    return html`<p>This shop lives in this tab alone. Download it to keep it.</p>`
  }
  const size = sizeWords(storage.used_bytes)
  if (storage.isPersisted) return html`<p>Kept in this browser for good, ${size}.</p>`
  return html`<p>Kept in this browser, ${size}. ${keepButton()}</p>`
}

function keepButton(): TemplateResult {
  const onClick = (event: Event) => send(event.currentTarget as HTMLElement, { kind: 'keep' })
  return html`<button type="button" class="link" @click=${onClick}>Keep it for good</button>`
}
