// Files, where there are none: in a browser an address is always fetched.

/** The bytes of a local file, or null when the address names none and is to be fetched: always. */
export const readLocalFile: (address: string | URL) => Uint8Array | null = () => null
