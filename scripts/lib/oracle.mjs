// The command that runs scenarios; the program is the build called "oracle".
import { inRoot } from './paths.mjs'

export function oracleCommand(scenarios, out) {
  const data = ['schema.json', 'ext_models.json', 'image_models.json'].map((name) =>
    inRoot('tests/oracle', name),
  )
  return [inRoot('build/native-asan/vitrine_oracle'), ...data, scenarios, out]
}
