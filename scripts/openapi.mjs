/** `npm run openapi`: writes contract/openapi.json and its types. With --check it only says whether they are fresh. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import openapiTypescript, { astToString } from 'openapi-typescript'

const root = fileURLToPath(new URL('..', import.meta.url))

/** @returns path → content of the two generated files */
export async function printed() {
  const text = execFileSync(process.execPath, ['--import', 'tsx', 'scripts/print-openapi.ts'], {
    cwd: root,
    encoding: 'utf8',
  })
  const types = astToString(await openapiTypescript(JSON.parse(text)))
  const header = '/** The API as types; printed from contract/openapi.json by `npm run openapi`. */\n\n'
  return { 'contract/openapi.json': text, 'contract/src/openapi.gen.ts': header + types }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = await printed()
  const stale = Object.entries(files).filter(([path, content]) => read(path) !== content)
  if (process.argv.includes('--check')) {
    if (stale.length > 0) {
      process.stderr.write(
        `${stale.map(([path]) => path).join(', ')}: not what the routes say now. Run npm run openapi.\n`,
      )
      process.exit(1)
    }
  } else for (const [path, content] of stale) writeFileSync(`${root}${path}`, content)
}

function read(path) {
  try {
    return readFileSync(`${root}${path}`, 'utf8')
  } catch {
    return ''
  }
}
