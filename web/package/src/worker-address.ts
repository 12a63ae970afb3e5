// Addresses of our own scripts as browsers start workers from them.
interface Policy {
  createScriptURL(address: string): string
}

interface PolicyFactory {
  createPolicy(name: string, rules: Policy): Policy
}

let policy: Policy | undefined

// For pages that demand Trusted Types: one policy, called vitrine, for the whole package, because a
// page may allow each name once.
function trusted(address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory }
  if (trustedTypes === undefined) return address
  policy ??= trustedTypes.createPolicy('vitrine', { createScriptURL: (own) => own })
  return policy.createScriptURL(address)
}

// No worker starts from another origin, but one of this origin may import from there.
function importing(address: string): string {
  const script = `import ${JSON.stringify(address)}`
  return URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))
}

/** The address of a script of this package, as `new Worker` takes it. */
export function workerAddress({ href }: URL): string {
  // One without an origin, as some bundlers give it, is of this one.
  const isForeign = /^https?:/.test(href) && new URL(href).origin !== location.origin
  return trusted(isForeign ? importing(href) : href)
}
