// The shop as a file: buttons that download it, that open another, and that add an archive to it.
import { html, type TemplateResult } from 'lit'
import type { FileKind } from '../catalog/shop'
import { send, type Action } from '../state/actions'

export function fileButtons(): TemplateResult {
  return html`<span class="file-buttons">
    ${openFileButton()} ${downloadButton('sqlite', 'Download .sqlite')}
    ${downloadButton('zip', 'Download pictures and texts')}
    ${choiceOf('Add pictures and texts', '.zip', (file) => ({ kind: 'import-archive', file }))}
  </span>`
}

export function openFileButton(): TemplateResult {
  const words = 'Open a .sqlite file'
  return choiceOf(words, '.sqlite,.sqlite3,.db', (file) => ({ kind: 'open-file', file }))
}

// The choice is emptied, so that choosing the same file again is a choice too.
function choiceOf(words: string, accept: string, action: (file: File) => Action): TemplateResult {
  const onChange = (event: Event): void => {
    const input = event.currentTarget as HTMLInputElement
    const file = input.files?.[0]
    if (file) send(input, action(file))
    input.value = ''
  }
  return html`<label class="button">
    ${words}
    <input class="hidden" type="file" accept=${accept} @change=${onChange} />
  </label>`
}

function downloadButton(file: FileKind, words: string): TemplateResult {
  const onClick = (event: Event) =>
    send(event.currentTarget as HTMLElement, { kind: 'download', file })
  return html`<button type="button" @click=${onClick}>${words}</button>`
}
