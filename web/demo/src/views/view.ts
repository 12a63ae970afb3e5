// View: the base of the page's elements. They render into the document itself, so that one style
// sheet, one tab order and one find-in-page serve them all.
import { LitElement } from 'lit'

export abstract class View extends LitElement {
  protected override createRenderRoot(): this {
    return this
  }
}

// Defines an element once; the name is also its tag in templates.
export function define(name: string, view: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, view)
}
