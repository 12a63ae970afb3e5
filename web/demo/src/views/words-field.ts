// The field for the words that stand for a picture. It grows with them, and they are sent as they
// are left, or by Enter, and not by Escape: they are one line, however many the field shows. What
// is typed stays when another tab writes other words, and is not left behind without a question.
import { html, noChange, type TemplateResult } from 'lit'
import { AsyncDirective } from 'lit/async-directive.js'
import { directive, type PropertyPart } from 'lit/directive.js'
import { noteUnsaved } from './leaving'

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
    .value=${wordsOrTyped(alt)}
    @input=${(event: Event) => {
      const field = event.target as HTMLTextAreaElement
      sent.delete(field)
      noteTyped(field, alt)
    }}
    @keydown=${(event: KeyboardEvent) => onKey(event, alt)}
    @change=${(event: Event) => {
      const field = event.target as HTMLTextAreaElement
      const words = oneLine(field.value)
      if (words === alt) return
      sent.add(field)
      describe(words)
    }}
  ></textarea>`
}

// Fields whose words were sent since they were edited last. Where they are still not the picture's
// they were refused, and a browser has no change to tell of when they are left once more.
const sent = new WeakSet<HTMLTextAreaElement>()

// Shows the words of the picture, unless others are being typed in their place.
class WordsOrTyped extends AsyncDirective {
  #field: HTMLTextAreaElement | null = null
  #shown = ''

  render(alt: string): string {
    return alt
  }

  override update({ element }: PropertyPart, [alt]: [string]): typeof noChange {
    const field = (this.#field = element as HTMLTextAreaElement)
    const words = oneLine(field.value)
    // A space that was typed since the words were sent begins the next word.
    const isDone = words === alt ? sent.has(field) : words === this.#shown
    if (alt !== this.#shown && isDone) field.value = alt
    this.#shown = alt
    noteTyped(field, alt)
    return noChange
  }

  // A picture that goes takes its field along: it is left like any other, in every browser.
  protected override disconnected(): void {
    this.#field?.blur()
    noteUnsaved(this.#field, false)
  }
}

const wordsOrTyped = directive(WordsOrTyped)

function noteTyped(field: HTMLTextAreaElement, alt: string): void {
  noteUnsaved(field, oneLine(field.value) !== alt)
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
    noteTyped(field, alt)
  }
  if (event.key !== 'Enter') return
  event.preventDefault()
  if (sent.delete(field)) field.dispatchEvent(new Event('change'))
  else field.blur()
  field.focus()
}
