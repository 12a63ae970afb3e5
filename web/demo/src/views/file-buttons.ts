// The shop as a file: buttons that download it, that open another, and that add an archive to it.
// While one of them is at work the others wait, too.
import { html, nothing, type TemplateResult } from 'lit'
import type { FileKind } from '../catalog/shop'
import { send, type Action } from '../state/actions'
import { fileChoice } from './file-choice'

export function fileButtons(isBusy: boolean): TemplateResult {
  const add = (file: File): Action => ({ kind: 'import-archive', file })
  return html`<span class="file-buttons" aria-busy=${isBusy}>
    ${openFileButton(isBusy)} ${downloadButton('sqlite', 'Download .sqlite', isBusy)}
    ${downloadButton('json', 'Download pictures and texts', isBusy)}
    ${downloadButton('csv', 'Download pictures and CSV', isBusy)}
    ${fileChoice('Add pictures and texts', '.zip', add, 'button', isBusy)}
  </span>`
}

export function openFileButton(isBusy: boolean): TemplateResult {
  const open = (file: File): Action => ({ kind: 'open-file', file })
  return fileChoice('Open a .sqlite file', '.sqlite,.sqlite3,.db', open, 'button', isBusy)
}

function downloadButton(file: FileKind, words: string, isBusy: boolean): TemplateResult {
  const onClick = (event: Event) =>
    send(event.currentTarget as HTMLElement, { kind: 'download', file })
  return html`<button type="button" aria-disabled=${isBusy ? 'true' : nothing} @click=${onClick}>
    ${words}
  </button>`
}
