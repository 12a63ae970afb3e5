// Addresses of our own scripts, for pages that demand Trusted Types: one policy, called vitrine,
// for the whole package, because a page may allow each name once.
interface Policy {
  createScriptURL(address: string): string
}

interface PolicyFactory {
  createPolicy(name: string, rules: Policy): Policy
}

let policy: Policy | undefined

/** The address of a script of this package, as `new Worker` takes it. */
export function trustedUrl(address: URL): URL {
  const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory }
  if (trustedTypes === undefined) return address
  policy ??= trustedTypes.createPolicy('vitrine', { createScriptURL: (own) => own })
  return policy.createScriptURL(address.href) as unknown as URL
}
