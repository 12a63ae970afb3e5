// How tests and measurements start the system's Chromium.
import { findBrowser } from './needs.mjs'
import { realProbes } from './probes.mjs'

// The lists below the address bar are pages of their own in each window, though nobody sees them:
// two fifths of what it takes to open a page.
const kUnseen = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup']

// What Playwright switches off for a test's sake: it takes one list, the last. They change what a
// page is told, ask servers for what no test needs, or wait before they paint.
const kAsPlaywright = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
]

const kFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  `--disable-features=${[...kUnseen, ...kAsPlaywright].join(',')}`,
]

// What Playwright's launch() takes, with more flags where they are given.
export function chromiumOptions(flags = []) {
  return { executablePath: findBrowser(realProbes()), args: [...kFlags, ...flags] }
}
