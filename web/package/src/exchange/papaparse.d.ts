// What Vitrine uses of papaparse 5, which has no types of its own.
declare module 'papaparse' {
  interface ParseError {
    readonly type: string
    readonly code: string
    readonly message: string
    readonly row?: number
  }
  interface ParseStep {
    readonly data: string[]
    readonly errors: readonly ParseError[]
    readonly meta: { readonly cursor: number }
  }
  interface ParseConfig {
    readonly delimiter: string
    readonly newline: string
    readonly step: (step: ParseStep) => void
  }
  const Papa: { parse(text: string, config: ParseConfig): void }
  export default Papa
}
