// The two buttons that stand by every row: edit and delete, each naming its row to a screen reader.
import { html, type TemplateResult } from 'lit'
import type { ModelName } from '../catalog/rows'
import { send } from '../state/actions'
import { kNouns } from '../state/words'

export function rowButtons(
  model: ModelName,
  id: number,
  name: string,
  isWide = false,
): TemplateResult {
  const what = isWide ? ` ${kNouns[model].one}` : ''
  const onEdit = (event: Event) =>
    send(event.currentTarget as HTMLElement, { kind: 'edit', model, id })
  const onDelete = (event: Event) =>
    send(event.currentTarget as HTMLElement, { kind: 'ask-delete', model, id, name })
  return html`<button type="button" @click=${onEdit}>
      Edit${what}<span class="hidden"> ${name}</span></button
    ><button type="button" class="danger" @click=${onDelete}>
      Delete${what}<span class="hidden"> ${name}</span>
    </button>`
}
