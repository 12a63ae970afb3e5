// The field for the words that stand for a picture. It grows with them, and they are sent as they
// are left, or by Enter, and not by Escape: they are one line, however many the field shows.
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
    @keydown=${(event: KeyboardEvent) => onKey(event, alt)}
    @change=${(event: Event) => {
      const words = oneLine((event.target as HTMLTextAreaElement).value)
      if (words !== alt) describe(words)
    }}
  ></textarea>`
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ')
}

// Leaving the field is what sends its words, once; the focus comes back to it. Escape gives the old
// words back; where they are there it means what lies around the field.
function onKey(event: KeyboardEvent, alt: string): void {
  if (event.isComposing) return
  const field = event.target as HTMLTextAreaElement
  if (event.key === 'Escape' && field.value !== alt) {
    event.preventDefault()
    field.value = alt
  }
  if (event.key !== 'Enter') return
  event.preventDefault()
  field.blur()
  field.focus()
}
