// Machines made of probes: an empty Debian, and one on which everything is installed.

const kDebian = { id: 'debian', like: [] }

// A machine on which only `programs` (name -> path) and `files` exist. `others` replaces the rest.
export function machine({ programs = {}, files = [], ...others } = {}) {
  return {
    env: {},
    platform: 'linux',
    system: kDebian,
    isRoot: true,
    canSudo: () => true,
    program: (name) => programs[name] ?? null,
    exists: (file) => files.includes(file),
    isExecutable: (file) => files.includes(file),
    realPath: (file) => file,
    firstLine: () => 'cmake version 3.25.1',
    ...others,
  }
}

const installed = {
  emscripten: { programs: { 'em++': '/usr/bin/em++' } },
  'g++': { programs: { 'g++': '/usr/bin/g++' } },
  cmake: { programs: { cmake: '/usr/bin/cmake' } },
  'ninja-build': { programs: { ninja: '/usr/bin/ninja' } },
  'nlohmann-json3-dev': { files: ['/usr/include/nlohmann/json.hpp'] },
  'doctest-dev': { files: ['/usr/include/doctest/doctest.h'] },
  chromium: { programs: { chromium: '/usr/bin/chromium' } },
  'firefox-esr': { programs: { 'firefox-esr': '/usr/bin/firefox-esr' } },
}

// A Debian with every package but `without`.
export function fullMachine({ without, ...others } = {}) {
  const packages = Object.entries(installed).filter(([name]) => name !== without)
  const programs = Object.assign({}, ...packages.map(([, { programs }]) => programs))
  const files = packages.flatMap(([, { files }]) => files ?? [])
  return machine({ programs: { ...programs, 'apt-get': '/usr/bin/apt-get' }, files, ...others })
}
