// What the page says at the foot of the screen: what was done, what failed, and what is being done.
import { html, nothing, type TemplateResult } from 'lit'
import { send, type Action } from '../state/actions'
import type { Notice } from '../state/state'
import { withNames } from './names'

// The regions are always there: a screen reader speaks what changes in one, not a new one. What is
// being done stands in the place of a message until it is done.
export function notices(last: Notice | null, work: string): TemplateResult {
  const notice = work === '' ? last : null
  const words = (tone: Notice['tone']) => withNames(notice?.tone === tone ? notice.words : '')
  const { undo, copy } = notice ?? {}
  return html`<div class="notice ${work === '' ? (notice?.tone ?? 'none') : 'work'}">
    <p role="status" id="work">${work === '' ? words('work') : withNames(work)}</p>
    <p role="status" id="done">${words('done')}</p>
    <p role="alert" id="problem">${words('problem')}</p>
    ${undo ? button('Undo', { kind: 'undo', step: undo }) : nothing}
    ${copy ? button('Put the old shop back', { kind: 'put-back', copy }) : nothing}
    <button type="button" @click=${sender({ kind: 'dismiss-notice' })}>
      Dismiss<span class="hidden"> this message</span>
    </button>
  </div>`
}

function button(words: string, action: Action): TemplateResult {
  return html`<button type="button" @click=${sender(action)}>${words}</button>`
}

function sender(action: Action) {
  return (event: Event): void => send(event.currentTarget as HTMLElement, action)
}
