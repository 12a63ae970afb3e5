// The shop as a file: buttons that download it, that open another, and that add an archive to it.
import { html, type TemplateResult } from 'lit'
import type { FileKind } from '../catalog/shop'
import { send } from '../state/actions'
import { fileChoice } from './file-choice'

export function fileButtons(): TemplateResult {
  return html`<span class="file-buttons">
    ${openFileButton()} ${downloadButton('sqlite', 'Download .sqlite')}
    ${downloadButton('json', 'Download pictures and texts')}
    ${downloadButton('csv', 'Download pictures and CSV')}
    ${fileChoice('Add pictures and texts', '.zip', (file) => ({ kind: 'import-archive', file }))}
  </span>`
}

export function openFileButton(): TemplateResult {
  const words = 'Open a .sqlite file'
  return fileChoice(words, '.sqlite,.sqlite3,.db', (file) => ({ kind: 'open-file', file }))
}

function downloadButton(file: FileKind, words: string): TemplateResult {
  const onClick = (event: Event) =>
    send(event.currentTarget as HTMLElement, { kind: 'download', file })
  return html`<button type="button" @click=${onClick}>${words}</button>`
}
