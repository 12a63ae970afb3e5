// Pictures on their way: each with its progress and a way to give it up, or the reason why it could
// not be taken.
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { send } from '../state/actions'
import type { Upload } from '../state/uploads'

export function uploadList(uploads: readonly Upload[]): TemplateResult | typeof nothing {
  if (uploads.length === 0) return nothing
  return html`<ul class="uploads" aria-live="polite">
    ${repeat(uploads, ({ id }) => id, uploadRow)}
  </ul>`
}

// A file is read in an instant and then scaled, which takes long and has no measure: what is in
// work has a bar without one, and one that waits an empty bar.
function uploadRow({ id, name, part, problem }: Upload): TemplateResult {
  const dismiss = (event: Event) => {
    send(event.currentTarget as HTMLElement, { kind: 'dismiss-upload', id })
  }
  return html`<li class="upload">
    <span class="upload-name">${name}</span>
    ${
      problem === ''
        ? html`<progress
            value=${part === 0 ? 0 : nothing}
            aria-label="Progress of ${name}"
          ></progress>`
        : html`<span class="error">${problem}</span>`
    }
    <button type="button" @click=${dismiss}>
      ${problem === '' ? 'Cancel' : 'Dismiss'}<span class="hidden"> ${name}</span>
    </button>
  </li>`
}
