// What Node says where there is no room. Only the "node" condition of the package leads here.

const kNoRoom = ['ENOSPC', 'EDQUOT', 'EFBIG']

export function isNoRoom(error: unknown): error is Error {
  return error instanceof Error && kNoRoom.includes((error as NodeJS.ErrnoException).code ?? '')
}

/** What `work` gives. A failure for want of room gets the name that browsers give it. */
export function withRoom<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (isNoRoom(error)) error.name = 'QuotaExceededError'
    throw error
  }
}
