// What vitrine/react uses of React: so that building the package needs neither it nor its types.
declare module 'react' {
  export function useMemo<T>(make: () => T, dependencies: readonly unknown[]): T
  export function useSyncExternalStore<T>(
    subscribe: (changed: () => void) => () => void,
    getSnapshot: () => T,
    getServerSnapshot?: () => T,
  ): T
}
