/** `node scripts/config.mjs`: writes config.example.yaml, config.schema.json and docs/settings.md from the settings. With --check it only says whether they are fresh. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** @returns path → content of the generated files */
function printed() {
  const script = `
    import { exampleFile, jsonSchema } from './server/src/foundation/config/explain.ts'
    import { settingsReference } from './server/src/foundation/config/reference.ts'
    process.stdout.write(JSON.stringify({
      'config.example.yaml': exampleFile(),
      'docs/settings.md': settingsReference(),
      'config.schema.json': JSON.stringify(jsonSchema(), null, 2) + '\\n',
    }))`
  const args = ['--import', 'tsx', '--input-type=module', '-e', script]
  return JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }))
}

const stale = Object.entries(printed()).filter(([path, content]) => read(path) !== content)
if (!process.argv.includes('--check')) {
  for (const [path, content] of stale) writeFileSync(`${root}${path}`, content)
} else if (stale.length > 0) {
  const names = stale.map(([path]) => path).join(', ')
  process.stderr.write(`${names}: not what the settings say now. Run node scripts/config.mjs.\n`)
  process.exit(1)
}

function read(path) {
  try {
    return readFileSync(`${root}${path}`, 'utf8')
  } catch {
    return ''
  }
}
