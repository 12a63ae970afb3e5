// The field for the words that stand for a picture. It grows with them, and they are sent as they
// are left, or by Enter: they are one line, however many the field shows.
import { html, type TemplateResult } from 'lit'

// `label` says of which picture; `describe` is given what was written.
export function wordsField(
  label: string,
  alt: string,
  describe: (alt: string) => void,
): TemplateResult {
  return html`<textarea
    class="words"
    rows="2"
    aria-label=${label}
    placeholder="What it shows"
    autocomplete="off"
    maxlength="300"
    .value=${alt}
    @keydown=${sendByEnter}
    @change=${(event: Event) => describe(oneLine((event.target as HTMLTextAreaElement).value))}
  ></textarea>`
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ')
}

// Leaving the field is what sends its words, once; the focus comes back to it.
function sendByEnter(event: KeyboardEvent): void {
  if (event.key !== 'Enter' || event.isComposing) return
  event.preventDefault()
  const field = event.target as HTMLTextAreaElement
  field.blur()
  field.focus()
}
