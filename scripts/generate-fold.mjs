// Writes src/base/fold_table.cpp. tests/house compares it with what this would write.
import { writeFileSync } from 'node:fs'
import { makeFoldTable } from './lib/fold-table.mjs'

writeFileSync(new URL('../src/base/fold_table.cpp', import.meta.url), makeFoldTable())
