/** docs/database.md, run from top to bottom: its shell lines against a real PostgreSQL with TLS over TCP, its SQL, its outputs. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { chmod, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cadastreProgram } from '../cli/test/cadastre.ts'
import { hasOpenssl, makeCertificates } from '../server/test/certificates.ts'
import { query, removeTemporaryFolders, temporaryFolder, testUser } from '../server/test/embedded.ts'
import { type LoopbackPostgres, startLoopbackPostgres } from '../server/test/loopback-postgres.ts'

const patienceMs = 300_000
const page = readFileSync(fileURLToPath(new URL('database.md', import.meta.url)), 'utf8')
const blocks = [...page.matchAll(/^```(sh|sql|text)\n(.*?)^```$/gms)].map((block) => ({
  kind: block[1]!,
  text: block[2]!,
}))

describe.skipIf(!hasOpenssl)('the page (needs openssl)', () => {
  let server: LoopbackPostgres
  let cwd: string
  let ca: string
  /** What each shell block of the page printed. */
  let printed: string[]

  const here = (text: string) =>
    text
      .replaceAll('db.example.com', 'localhost')
      .replaceAll('5432', String(server.port))
      .replaceAll('/etc/cadastre/db-ca.pem', ca)

  beforeAll(async () => {
    cwd = await temporaryFolder()
    const certificates = await temporaryFolder()
    const tls = makeCertificates(certificates, testUser)
    ca = tls.ca
    server = await startLoopbackPostgres({ tls })
    const programs = await temporaryFolder()
    await writeProgram(join(programs, 'cadastre'))
    printed = await runAll(
      blocks.filter(({ kind }) => kind === 'sh').map(({ text }) => here(text)),
      { cwd, PATH: `${programs}:${process.env.PATH}`, ADMIN_PASSWORD: server.superuser.password },
    )
  }, patienceMs)
  afterAll(async () => {
    await server?.stop()
    await removeTemporaryFolders()
  })

  test('every shell block does what it says', () => {
    expect(printed).toHaveLength(blocks.filter(({ kind }) => kind === 'sh').length)
  })

  test('every output that the page shows is what the block before it printed', () => {
    const shown = blocks.flatMap(({ kind, text }, index) => {
      const block = blocks.slice(0, index).filter((each) => each.kind === 'sh').length - 1
      return kind === 'text' ? [{ text: here(text), block }] : []
    })

    expect(shown.length).toBeGreaterThan(3)
    for (const { text, block } of shown) expect(printed[block]).toMatch(pattern(text))
  })

  test('the .env at the end names user and password, and only we may read it', async () => {
    const text = await readFile(join(cwd, '.env'), 'utf8')

    expect(text).toMatch(/^# Where the registry keeps its data\nTOFU_REGISTRY_DB_TYPE=postgres\n/)
    expect(text).toMatch(/^TOFU_REGISTRY_DB_USER=opentofu_user\nTOFU_REGISTRY_DB_PASSWORD=[\w-]{32}$/m)
    expect((await stat(join(cwd, '.env'))).mode & 0o777).toBe(0o600)
  })

  test('every SQL block runs, as the registry’s user where it does not say otherwise', async () => {
    const text = await readFile(join(cwd, '.env'), 'utf8')
    const value = (name: string) => new RegExp(`^TOFU_REGISTRY_DB_${name}=(.+)$`, 'm').exec(text)![1]
    const { superuser } = server
    const application = { ...superuser, database: 'opentofu', user: value('USER'), password: value('PASSWORD') }

    for (const { kind, text } of blocks) if (kind === 'sql') await query(application, text)

    const last = blocks.filter(({ kind }) => kind === 'sql').at(-1)!.text
    const rights = await query<{ table_name: string; may: string }>({ ...superuser, database: 'opentofu' }, last)
    const may = Object.fromEntries(rights.map((row) => [row.table_name, row.may]))
    expect(may).toMatchObject({ modules: 'delete, insert, select, update', audit_logs: 'insert, select' })
  })

  test('the moved registry has arrived', async () => {
    const organizations = 'select name from organizations'

    expect(await query({ ...server.superuser, database: 'opentofu' }, organizations)).toEqual([{ name: 'default' }])
    expect(printed.at(-1)).toContain('to the embedded database in')
    expect(printed.at(-1)).toMatch(/Imported \d+ rows? into opentofu_owner@localhost/)
  })
})

/** The command as it is shipped, by the Node that runs this. */
async function writeProgram(path: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\nexec '${process.execPath}' '${cadastreProgram}' "$@"\n`)
  await chmod(path, 0o755)
}

/** One shell runs them all, so that what a block exports is there in the next; the first that fails ends it. */
function runAll(scripts: string[], { cwd, ...env }: { cwd: string } & NodeJS.ProcessEnv): Promise<string[]> {
  const mark = '--- end of block'
  const script = `set -eu\n${scripts.map((text) => `${text}\nprintf '%s\\n' '${mark}'`).join('\n')}\n`
  return new Promise((resolve, reject) => {
    execFile('sh', ['-c', script], { cwd, env }, (error, stdout, stderr) => {
      const printed = stdout.split(`${mark}\n`)
      const failed = scripts[printed.length - 1]
      if (error) reject(new Error(`This block failed:\n${failed}\n${printed.at(-1)}${stderr}`))
      else resolve(printed.slice(0, -1))
    })
  })
}

/** `…` stands for what differs from server to server. */
function pattern(text: string): RegExp {
  const parts = text.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*?')}$`)
}
