/** What the README tells people to type, against a running registry. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadSettings } from '../server/src/foundation/config/load.ts'
import { createLog } from '../server/src/foundation/log.ts'
import { startRegistry as start } from '../server/src/main.ts'
import { expectStatus } from '../server/test/client.ts'
import { copyOfTemplate } from '../server/test/database.ts'
import { query } from '../server/test/embedded.ts'
import { startRegistry, type TestRegistry } from '../server/test/registry.ts'

const readme = readFileSync(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8')
let registry: TestRegistry

beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('examples')
  for (const version of ['1.0.0', '1.1.0'])
    expectStatus(await registry.admin.publishModule('examples/network/generic', version), 201)
})

afterAll(() => registry?.stop())

test('the curl lines of the README are answered as it says', async () => {
  const lines = [...readme.matchAll(/^\$ curl http:\/\/localhost:8080(\/\S+)\n(.+)$/gm)]
  expect(lines.map(([, path]) => path)).toEqual([
    '/health',
    '/.well-known/terraform.json',
    '/version',
    '/v1/modules/examples/network/generic/versions',
  ])
  const timeless = (text: string) => text.replace(/"time":"[^"]+"/, '"time":"…"')
  for (const [, path, answer] of lines) {
    const given = await registry.anonymous.get(path!)
    expect([path, given.status, timeless(given.text)]).toEqual([path, 200, timeless(answer!)])
  }
})

test('the six variables of the quick start are enough for a PostgreSQL server', async () => {
  const names = [...readme.matchAll(/\b(TFR_DATABASE_\w+)=/g)].map((found) => found[1]!)
  expect(names.sort()).toEqual(
    ['HOST', 'NAME', 'PASSWORD', 'PORT', 'SSL_MODE', 'USER'].map((name) => `TFR_DATABASE_${name}`),
  )
  const template = await copyOfTemplate()
  const folder = mkdtempSync(join(tmpdir(), 'cadastre-first-day-'))
  const name = `${template.owner.database}_first_day`
  const asSuperuser = (text: string) => query(template.superuser, text)
  await asSuperuser(`create database ${name} owner ${template.owner.user}`)
  try {
    const { config } = loadSettings({
      cwd: folder,
      env: {
        TFR_DATABASE_HOST: template.owner.host,
        TFR_DATABASE_PORT: String(template.owner.port),
        TFR_DATABASE_NAME: name,
        TFR_DATABASE_USER: template.owner.user,
        TFR_DATABASE_PASSWORD: String(template.owner.password ?? 'not asked for'),
        TFR_DATABASE_SSL_MODE: 'disable',
      },
    })
    // Only the port is another than the default: something may listen there on this machine.
    const freePort = { ...config, server: { ...config.server, port: 0 } }
    const log = createLog({ level: 'warn', format: 'json', output: join(folder, 'log') })
    const started = await start({ config: freePort, log, host: '127.0.0.1', metricsPortRequired: false })
    try {
      const health = await fetch(`${started.address}/health`)
      expect([health.status, await health.json()]).toMatchObject([200, { status: 'healthy' }])
    } finally {
      await started.stop()
    }
  } finally {
    await asSuperuser(`drop database ${name} with (force)`)
    await template.drop()
    rmSync(folder, { recursive: true, force: true })
  }
})
