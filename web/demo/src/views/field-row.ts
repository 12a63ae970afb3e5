// One field of a form: its label, its input, a hint, and what is wrong with it.
import { html, nothing, type TemplateResult } from 'lit'
import type { Choices } from '../state/choices'
import { codePoints, type Field } from '../state/forms'
import { kNouns } from '../state/words'
import { withNames } from './names'
import './row-picker'

interface FieldState {
  readonly value: string
  readonly error: string
  // null until they are here.
  readonly choices: Choices | null
}

export function fieldRow(field: Field, state: FieldState): TemplateResult {
  return html`<div class="field">
    <label for=${inputId(field)}>${field.label} ${optionalMark(field)}</label>
    ${input(field, state)}
    <p class="error" id="${inputId(field)}-error">${withNames(state.error)}</p>
    <p class="hint" id="${inputId(field)}-hint">
      ${hintOf(field, state)}
      ${field.kind === 'text' && field.limit ? counter(field, state) : nothing}
    </p>
  </div>`
}

// Where there is nothing to choose from it is said how to go on.
function hintOf({ from, hint, isOptional }: Field, { choices }: FieldState): string {
  const isNone = choices?.isShort && choices.found.rows.length === 0
  if (!isNone || !from || isOptional) return hint ?? ''
  return `There is no ${kNouns[from].one} yet: add one first, under Manage.`
}

function optionalMark(field: Field): TemplateResult | typeof nothing {
  return field.isOptional ? html`<span class="quiet">(optional)</span>` : nothing
}

function input(field: Field, state: FieldState): TemplateResult {
  const id = inputId(field)
  const describedBy = state.error === '' ? `${id}-hint` : `${id}-error ${id}-hint`
  const invalid = state.error === '' ? nothing : 'true'
  switch (field.kind) {
    case 'line':
      return html`<input
        id=${id}
        name=${field.name}
        autocomplete="off"
        aria-describedby=${describedBy}
        aria-invalid=${invalid}
        ?required=${!field.isOptional}
        .value=${state.value}
      />`
    case 'text':
      return html`<textarea
        id=${id}
        name=${field.name}
        rows="4"
        aria-describedby=${describedBy}
        aria-invalid=${invalid}
        ?required=${!field.isOptional}
        .value=${state.value}
        @input=${showLength}
      ></textarea>`
    case 'choice':
      return choice(field, state, describedBy, invalid)
  }
}

// All rows at one look where they are few; else a field that searches them.
function choice(
  field: Field,
  { value, choices }: FieldState,
  describedBy: string,
  invalid: string | typeof nothing,
): TemplateResult {
  const id = inputId(field)
  if (!choices)
    return html`<select id=${id} disabled>
      <option>One moment…</option>
    </select>`
  if (!choices.isShort) {
    return html`<row-picker
      .field=${field}
      .inputId=${id}
      .choices=${choices}
      .describedBy=${describedBy}
      .isInvalid=${invalid !== nothing}
    ></row-picker>`
  }
  return html`<select
    id=${id}
    name=${field.name}
    aria-describedby=${describedBy}
    aria-invalid=${invalid}
    ?required=${!field.isOptional}
  >
    <option value="" ?selected=${value === ''}>${field.none ?? 'Choose …'}</option>
    ${choices.found.rows.map(
      (row) =>
        html`<option value=${row.id} ?selected=${String(row.id) === value}>${row.name}</option>`,
    )}
  </select>`
}

function counter(field: Field, state: FieldState): TemplateResult {
  const length = codePoints(state.value.trim())
  return html`<span class="counter-text"
    ><output for=${inputId(field)} aria-live="off" .value=${String(length)}></output> of
    ${field.limit}</span
  >`
}

function showLength(event: Event): void {
  const area = event.currentTarget as HTMLTextAreaElement
  const output = area.closest('.field')?.querySelector('output')
  if (output) output.value = String(codePoints(area.value.trim()))
}

function inputId(field: Field): string {
  return `field-${field.name}`
}
