// What the page says at the foot of the screen: what was done, what failed, and what is being done.
import { html, nothing, type TemplateResult } from 'lit'
import { send, type Action } from '../state/actions'
import type { Notice, Work } from '../state/state'
import { withNames } from './names'

// The regions are always there: a screen reader speaks what changes in one, not a new one. What is
// being done stands in the place of a message until it is done.
export function notices(last: Notice | null, work: Work | null): TemplateResult {
  const notice = work ? null : last
  const words = (tone: Notice['tone']) => withNames(notice?.tone === tone ? notice.words : '')
  const { undo, copy } = notice ?? {}
  return html`<div class="notice ${work ? 'work' : (notice?.tone ?? 'none')}">
    <p role="status" id="work">${work ? withNames(work.words) : words('work')}</p>
    <p role="status" id="done">${words('done')}</p>
    <p role="alert" id="problem">${words('problem')}</p>
    ${work && work.part !== null ? progress(work.part) : nothing}
    ${undo ? button('Undo', { kind: 'undo', step: undo }) : nothing}
    ${copy ? button('Put the old shop back', { kind: 'put-back', copy }) : nothing}
    ${notice && notice.tone !== 'work' ? dismissButton() : nothing}
  </div>`
}

function progress(part: number): TemplateResult {
  return html`<progress value=${part} aria-label="Progress"></progress>
    ${button('Stop', { kind: 'stop' })}`
}

function dismissButton(): TemplateResult {
  return html`<button type="button" @click=${sender({ kind: 'dismiss-notice' })}>
    Dismiss<span class="hidden"> this message</span>
  </button>`
}

function button(words: string, action: Action): TemplateResult {
  return html`<button type="button" @click=${sender(action)}>${words}</button>`
}

function sender(action: Action) {
  return (event: Event): void => send(event.currentTarget as HTMLElement, action)
}
