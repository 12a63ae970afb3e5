// What a machine must have to build and test Vitrine: how each is recognised, Debian's package for
// it, and what to install elsewhere. Adding a need is adding an entry here.
import { join } from 'node:path'
import { findEmscripten } from './emscripten.mjs'

// Where cmake/headers.cmake looks, in the same order.
const kHeaderFolders = ['/usr/include', '/usr/local/include', '/opt/homebrew/include']
const kBrowsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const kCmakeAtLeast = [3, 25]

function hasHeader(probes, header) {
  return kHeaderFolders.some((folder) => probes.exists(join(folder, header)))
}

// Is "cmake version 3.25.1" at least `least`, a pair of numbers?
export function isVersionAtLeast(line, least) {
  const match = /(\d+)\.(\d+)/.exec(line)
  if (!match) return false
  const [major, minor] = [Number(match[1]), Number(match[2])]
  return major > least[0] || (major === least[0] && minor >= least[1])
}

function hasCmake(probes) {
  const program = probes.program('cmake')
  return (
    Boolean(program) && isVersionAtLeast(probes.firstLine(program, ['--version']), kCmakeAtLeast)
  )
}

function hasCompiler(probes) {
  if (probes.env.CXX)
    return Boolean(probes.program(probes.env.CXX)) || probes.exists(probes.env.CXX)
  // Clang alone is no proof on Linux: Emscripten brings one without a C++ library of the system.
  const names = probes.platform === 'linux' ? ['g++'] : ['g++', 'c++', 'clang++']
  return names.some((name) => probes.program(name))
}

// The system's browser for tests, as a full path, or null. CHROME_PATH names one.
export function findBrowser(probes) {
  const named = probes.env.CHROME_PATH
  if (named) return probes.isExecutable(named) ? named : null
  for (const name of kBrowsers) {
    const program = probes.program(name)
    if (program) return program
  }
  return null
}

// The system's Firefox for tests, as a full path, or null. FIREFOX_PATH names one.
export function findFirefox(probes) {
  const named = probes.env.FIREFOX_PATH
  if (named) return probes.isExecutable(named) ? named : null
  return ['firefox-esr', 'firefox'].map((name) => probes.program(name)).find(Boolean) ?? null
}

// Each need: its name for people, Debian's package, advice for other systems, and how to see it.
// `forTests` marks what only the tests need.
export const needs = [
  {
    name: 'Emscripten (em++)',
    debian: 'emscripten',
    elsewhere: 'the Emscripten SDK 3.1.6 or newer, with em++ on PATH or its folder in EMSDK',
    isMet: (probes) => Boolean(findEmscripten(probes)),
  },
  {
    name: 'a C++20 compiler (g++)',
    debian: 'g++',
    elsewhere: 'GCC 12 or newer, or a recent clang++, on PATH or named by CXX',
    isMet: hasCompiler,
  },
  {
    name: `CMake ${kCmakeAtLeast.join('.')} or newer`,
    debian: 'cmake',
    elsewhere: `CMake ${kCmakeAtLeast.join('.')} or newer, on PATH`,
    isMet: hasCmake,
  },
  {
    name: 'Ninja',
    debian: 'ninja-build',
    elsewhere: 'Ninja, on PATH as ninja',
    isMet: (probes) => Boolean(probes.program('ninja')),
  },
  {
    name: 'nlohmann/json.hpp',
    debian: 'nlohmann-json3-dev',
    elsewhere: `nlohmann_json 3 (its header in ${kHeaderFolders.join(' or ')})`,
    isMet: (probes) => hasHeader(probes, 'nlohmann/json.hpp'),
  },
  {
    name: 'doctest/doctest.h',
    debian: 'doctest-dev',
    elsewhere: `doctest 2.4 (its header in ${kHeaderFolders.join(' or ')})`,
    isMet: (probes) => hasHeader(probes, 'doctest/doctest.h'),
  },
  {
    name: 'Chromium',
    debian: 'chromium',
    elsewhere: 'Chromium or Chrome, on PATH or named by CHROME_PATH',
    forTests: true,
    isMet: (probes) => Boolean(findBrowser(probes)),
  },
  {
    name: 'Firefox',
    debian: 'firefox-esr',
    elsewhere: 'Firefox, on PATH or named by FIREFOX_PATH',
    forTests: true,
    isMet: (probes) => Boolean(findFirefox(probes)),
  },
]
