// Lint for scripts, tests, the package and the page. Layout is prettier's; sizes and arrows are
// tests/house's.
import js from '@eslint/js'
import ts from 'typescript-eslint'

const nodeGlobals = Object.fromEntries(
  [
    ...['process', 'console', 'URL', 'Buffer', 'fetch', 'performance', 'structuredClone'],
    ...['setTimeout', 'clearTimeout', 'setImmediate', 'TextEncoder', 'TextDecoder', 'WebAssembly'],
    ...[
      'ReadableStream',
      'Response',
      'Blob',
      'AbortController',
      'AbortSignal',
      'File',
      'queueMicrotask',
      'Worker',
      'MessageChannel',
    ],
  ].map((name) => [name, 'readonly']),
)
// What page tests hand to the browser runs there.
const pageGlobals = Object.fromEntries(
  [...['document', 'window', 'navigator', 'location', 'getComputedStyle', 'axe', 'history']].map(
    (name) => [name, 'readonly'],
  ),
)

// And what they hand to its workers.
const workerGlobals = Object.fromEntries(
  [
    ...['self', 'Atomics', 'BroadcastChannel', 'DOMException', 'IDBObjectStore'],
    ...['FileSystemSyncAccessHandle', 'Worker', 'localStorage', 'crypto', 'OffscreenCanvas'],
    ...['createImageBitmap', 'requestAnimationFrame'],
  ].map((name) => [name, 'readonly']),
)

export default ts.config(
  { ignores: ['**/dist/', '**/build/', '**/node_modules/', '.cache/', '**/*.generated.ts'] },
  js.configs.recommended,
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: nodeGlobals },
    rules: {
      'no-var': 'error',
      'prefer-const': 'error',
      eqeqeq: 'error',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['tests/page/**/*.mjs', 'tests/bench/**/*.mjs'],
    languageOptions: { globals: pageGlobals },
  },
  {
    files: ['tests/{storage,firefox}/**/*.mjs', 'tests/bench/kept/**/*.{js,mjs}'],
    languageOptions: { globals: { ...pageGlobals, ...workerGlobals } },
  },
  {
    files: ['tests/consumers/project/*.js'],
    languageOptions: { globals: { ...pageGlobals, ...nodeGlobals, postMessage: 'readonly' } },
  },
  ...ts.configs.strict.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-invalid-void-type': ['error', { allowAsThisParameter: true }],
      eqeqeq: 'error',
    },
  },
)
