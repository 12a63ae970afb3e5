// The field for the words that stand for a picture, which are sent as they are left.
import { html, type TemplateResult } from 'lit'

// `label` says of which picture; `describe` is given what was written.
export function wordsField(
  label: string,
  alt: string,
  describe: (alt: string) => void,
): TemplateResult {
  return html`<input
    aria-label=${label}
    placeholder="What it shows"
    autocomplete="off"
    maxlength="300"
    .value=${alt}
    @change=${(event: Event) => describe((event.target as HTMLInputElement).value.trim())}
  />`
}
