// The mark by which this browser notes that its shop has been filled once: an empty one is then
// meant. A browser that keeps no marks is asked in vain, and fills an empty shop anew.
const kStocked = 'vitrine-shop-stocked'

export function isStocked(): boolean {
  try {
    return localStorage.getItem(kStocked) !== null
  } catch {
    return false
  }
}

export function noteStocked(): void {
  try {
    localStorage.setItem(kStocked, 'yes')
  } catch {
    // Blocked, or full.
  }
}
