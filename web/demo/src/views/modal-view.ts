// ModalView: an element around one <dialog>, open while it has something to show. Escape and the
// Cancel button both send close-dialog; the browser gives the focus back where it was. It closes a
// dialog by itself at a second Escape, whatever was said to the first: that is sent, too, and one
// that may not be closed yet is opened again.
import type { PropertyValues } from 'lit'
import { send } from '../state/actions'
import { View } from './view'

export abstract class ModalView extends View {
  // Whether there is something to show.
  protected abstract get isWanted(): boolean

  protected override updated(changed: PropertyValues): void {
    super.updated(changed)
    const dialog = this.querySelector('dialog')
    if (!dialog || dialog.open === this.isWanted) return
    dialog.onclose = () => {
      if (!this.isWanted) return
      this.cancel()
      this.requestUpdate()
    }
    if (this.isWanted) dialog.showModal()
    else dialog.close()
  }

  protected readonly onCancel = (event: Event): void => {
    event.preventDefault()
    this.cancel()
  }

  protected readonly cancel = (): void => send(this, { kind: 'close-dialog' })
}
