// Files that are dropped where nothing takes them: a browser would leave the page and show them.
// The page stays, and `onStray` is given them, unless a dialog lies over it.

import { droppedFiles, isModal } from './file-drops'

export function catchStrayDrops(onStray: (files: readonly File[]) => void): void {
  // On the window, which hears of a drop after every part of the page that takes files.
  window.addEventListener('dragover', (event) => {
    if (!isStray(event)) return
    event.preventDefault()
    if (event.dataTransfer) event.dataTransfer.dropEffect = isModal() ? 'none' : 'copy'
  })
  window.addEventListener('drop', (event) => {
    if (!isStray(event)) return
    event.preventDefault()
    if (event.dataTransfer && !isModal()) onStray(droppedFiles(event.dataTransfer))
  })
}

function isStray({ defaultPrevented, dataTransfer }: DragEvent): boolean {
  return !defaultPrevented && dataTransfer !== null && dataTransfer.types.includes('Files')
}
