/** Settings shown to people and to editors. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { exampleFile, explainSettings, jsonSchema } from './explain.ts'
import { loadSettings } from './load.ts'
import { type Environment, leaves } from './sources.ts'

let cwd: string
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'cadastre-settings-'))
  writeFileSync(join(cwd, 'config.example.yaml'), exampleFile())
})
afterAll(() => rmSync(cwd, { recursive: true }))

const explain = (env: Environment, key?: string) => explainSettings(loadSettings({ cwd, env }), key)

describe('explain', () => {
  test('shows every setting once, with its value and its source', () => {
    const lines = explain({ TFR_SERVER_PORT: '9000', TFR_SERVER_READ_TIMEOUT: '90s' }).split('\n')

    expect(lines).toHaveLength(leaves.length)
    expect(lines).toEqual(
      expect.arrayContaining([
        'server.port = 9000  (TFR_SERVER_PORT)',
        'server.read_timeout = 90s  (TFR_SERVER_READ_TIMEOUT)',
        'server.base_url = http://localhost:9000  (default)',
        'database.host = not set  (default)',
        'security.cors.allowed_methods = ["GET","POST","PUT","DELETE","OPTIONS"]  (default)',
      ]),
    )
  })

  test('masks every secret, also inside addresses', () => {
    const secrets = leaves.filter((leaf) => leaf.secret)
    const address = 'postgresql://user:hushhushhushhushhushhushhushhush@host/name'
    const env = Object.fromEntries(
      secrets
        .filter(({ key }) => key !== 'database.password')
        .map(({ key }) => [
          `TFR_${key.toUpperCase().replaceAll('.', '_')}`,
          key.endsWith('url') ? address : 'hush'.repeat(8),
        ]),
    )

    const shown = explain(env)

    expect(secrets.map(({ key }) => key).sort()).toEqual([
      'auth.azure_ad.client_secret',
      'auth.bootstrap_token',
      'auth.oidc.client_secret',
      'database.migration_url',
      'database.password',
      'database.url',
      'security.encryption_key',
      'storage.azure.account_key',
      'storage.azure.sas_token',
      'storage.s3.secret_access_key',
    ])
    expect(shown).not.toContain('hush')
    expect(shown).toContain('auth.bootstrap_token = ****  (TFR_AUTH_BOOTSTRAP_TOKEN)')
    expect(explain({}, 'auth.bootstrap_token')).toContain('auth.bootstrap_token = not set')
  })

  test('of one setting adds what it means and its variable; of a section shows all below it', () => {
    expect(explain({}, 'server.port').split('\n')).toEqual([
      'server.port = 8080  (default)',
      'Port to listen on; 0 takes a free one.',
      'Environment: TFR_SERVER_PORT',
    ])
    expect(explain({}, 'auth.api_keys').split('\n')).toEqual([
      'auth.api_keys.enabled = true  (default)',
      'auth.api_keys.prefix = tfr_  (default)',
      'auth.api_keys.max_age = not set  (default)',
    ])
  })

  test('of a setting that does not exist names the nearest', () => {
    expect(() => explain({}, 'server.prot')).toThrow(
      expect.objectContaining({ reason: 'not-found', hint: 'Do you mean server.port?' }),
    )
  })
})

describe('the example file', () => {
  const setting = (key: string, written: unknown) =>
    new RegExp(`^ *#${key.split('.').at(-1)}:${written === undefined ? '' : ' .+'}$`, 'm')

  test('loads, and sets nothing', () => {
    const { config, notices, sources } = loadSettings({ cwd, env: { CONFIG_PATH: 'config.example.yaml' } })

    expect(config).toEqual(loadSettings({ cwd, env: {} }).config)
    expect([notices, sources.size]).toEqual([[], 0])
  })

  test('loads with every # taken off a setting that has a default, and then sets the defaults', () => {
    const stated = exampleFile().replace(/^( *)#(\w+: )/gm, '$1$2')
    writeFileSync(join(cwd, 'stated.yaml'), stated)
    const { config, notices, sources } = loadSettings({ cwd, env: { CONFIG_PATH: 'stated.yaml' } })

    expect(config).toEqual(loadSettings({ cwd, env: {} }).config)
    expect([notices, sources.size]).toEqual([[], leaves.filter(({ written }) => written !== undefined).length])
  })

  test('names every setting, with its default', () => {
    for (const { key, written } of leaves) expect(exampleFile()).toMatch(setting(key, written))
  })
})

describe('the JSON Schema', () => {
  const schema = z.fromJSONSchema(jsonSchema() as never)

  test('accepts the example file', () => {
    const stated = exampleFile().replace(/^( *)#(\w+: )/gm, '$1$2')
    for (const text of [exampleFile(), stated]) expect(schema.safeParse(parse(text)).error).toBeUndefined()
  })

  test.each([
    ['server: { port: "${PORT:-80}", host: null }', true],
    ['server: { read_timeout: 1.5m }\npublish: { max_module_bytes: 100 MB }', true],
    ['server: { port: eighty }', false],
    ['server: { prot: 80 }', false],
    ['server: { read_timeout: 30 }', false],
    ['logging: { level: loud }', false],
    ['telemetry: { enabled: sometimes }', false],
    ['surver: {}', false],
  ])('of %s says %s', (text, fits) => {
    expect(schema.safeParse(parse(text)).success).toBe(fits)
  })
})
