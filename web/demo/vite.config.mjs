// How the page is bundled: everything it needs is in dist/, nothing is inlined, so that it runs
// under a policy without data: scripts and inline styles.
import { defineConfig } from 'vite'

export default defineConfig({
  // The style sheet uses light-dark(), which these and later browsers have.
  build: {
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // The package finds its wasm beside itself; bundling it ahead would part the two.
  optimizeDeps: { exclude: ['vitrine'] },
})
