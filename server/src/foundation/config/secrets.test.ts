/** Whatever is wrong with a setting that holds a secret, the sentence about it does not. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { explainSettings } from './explain.ts'
import { loadSettings } from './load.ts'

const secret = 'correct-horse'
let cwd: string
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'cadastre-secrets-'))
})
afterAll(() => rm(cwd, { recursive: true }))

function said(env: Record<string, string>): string {
  try {
    const settings = loadSettings({ cwd, env })
    return `fine ${settings.notices.join('\n')} ${explainSettings(settings)}`
  } catch (error) {
    return (error as Error).message
  }
}

test.each<[what: string, expected: RegExp, env: Record<string, string>]>([
  ['a wrong port', /database\.url/, { TFR_DATABASE_URL: `postgresql://u:${secret}@h:x/db` }],
  ['no address', /database\.url/, { TFR_DATABASE_URL: secret }],
  ['a broken escape', /%25/, { TFR_DATABASE_URL: `postgresql://u:${secret}%zz@h/db` }],
  [
    'a broken escape of the owner',
    /%25/,
    { TFR_DATABASE_URL: 'postgresql://h/db', TFR_DATABASE_MIGRATION_URL: `postgresql://u:${secret}%@h/db` },
  ],
  ['short secrets', /encryption_key/, { TFR_AUTH_BOOTSTRAP_TOKEN: secret, TFR_SECURITY_ENCRYPTION_KEY: secret }],
  ['a user in the address of the registry', /base_url/, { TFR_SERVER_BASE_URL: `https://u:${secret}@h` }],
  ['a misspelt name', /TFR_DATABASE_PASSWORD/, { TFR_DATABASE_PASSWRD: secret }],
  ['nothing wrong', /^fine/, { TFR_DATABASE_HOST: 'h', TFR_DATABASE_PASSWORD: secret }],
])('in the environment: %s', (_what, expected, env) => {
  expect(said(env)).toMatch(expected)
  expect(said(env)).not.toContain(secret)
})

test.each<[what: string, expected: RegExp, yaml: string]>([
  ['an open quote', /not YAML/, `database:\n  password: "${secret}\n`],
  ['a list', /database\.password/, `database:\n  password: [${secret}]\n`],
  ['a mapping', /database\.password/, `database:\n  password: {a: ${secret}}\n`],
  ['a value that YAML takes for an alias', /quotes/, `database:\n  password: *${secret}\n`],
  ['a value that YAML takes for an anchor', /./, `database:\n  host: h\n  password: &${secret} x\n`],
  ['a value that YAML takes for a tag', /./, `database:\n  host: h\n  password: !${secret} x\n`],
  ['a misspelt key', /database\.password/, `database:\n  pasword: ${secret}\n`],
  ['a tab', /not YAML/, `database:\n\tpassword: ${secret}\n`],
])('in the file: %s', async (_what, expected, yaml) => {
  await writeFile(join(cwd, 'settings.yaml'), yaml)

  expect(said({ CONFIG_PATH: 'settings.yaml' })).toMatch(expected)
  expect(said({ CONFIG_PATH: 'settings.yaml' })).not.toContain(secret)
})

test('names of the language are no settings', async () => {
  await writeFile(join(cwd, 'settings.yaml'), '__proto__:\n  polluted: 1\nconstructor: 2\n')

  expect(said({ CONFIG_PATH: 'settings.yaml' })).toMatch(/__proto__.*\n.*constructor/)
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})
