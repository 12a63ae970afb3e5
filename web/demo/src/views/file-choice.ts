// A button that lets a visitor choose a file, and sends an action about it.
import { html, nothing, type TemplateResult } from 'lit'
import { send, type Action } from '../state/actions'

// `className` is what it looks like; its words are `content`. While the page is busy it keeps the
// focus, but opens no choice.
export function fileChoice(
  content: string | TemplateResult,
  accept: string,
  action: (file: File) => Action,
  className = 'button',
  isBusy = false,
): TemplateResult {
  // The choice is emptied, so that choosing the same file again is a choice too.
  const onChange = (event: Event): void => {
    const input = event.currentTarget as HTMLInputElement
    const file = input.files?.[0]
    if (file) send(input, action(file))
    input.value = ''
  }
  const onClick = (event: Event): void => {
    if (isBusy) event.preventDefault()
  }
  return html`<label class=${className}>
    ${content}
    <input
      class="hidden"
      type="file"
      accept=${accept}
      aria-disabled=${isBusy ? 'true' : nothing}
      @click=${onClick}
      @change=${onChange}
    />
  </label>`
}
