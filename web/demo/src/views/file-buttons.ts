// The shop as a file: buttons that download it, and one that opens another.
import { html, type TemplateResult } from 'lit'
import type { FileKind } from '../catalog/shop'
import { send } from '../state/actions'

export function fileButtons(): TemplateResult {
  return html`<span class="file-buttons">
    ${openFileButton()} ${downloadButton('sqlite', 'Download .sqlite')}
    ${downloadButton('zip', 'Download pictures and texts')}
  </span>`
}

export function openFileButton(): TemplateResult {
  return html`<label class="button">
    Open a .sqlite file
    <input class="hidden" type="file" accept=".sqlite,.sqlite3,.db" @change=${onChoice} />
  </label>`
}

// The choice is emptied, so that choosing the same file again is a choice too.
function onChoice(event: Event): void {
  const input = event.currentTarget as HTMLInputElement
  const file = input.files?.[0]
  if (file) send(input, { kind: 'open-file', file })
  input.value = ''
}

function downloadButton(file: FileKind, words: string): TemplateResult {
  const onClick = (event: Event) =>
    send(event.currentTarget as HTMLElement, { kind: 'download', file })
  return html`<button type="button" @click=${onClick}>${words}</button>`
}
