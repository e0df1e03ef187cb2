import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { terraformToken } from './terraform-credentials.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'cadastre-home-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

function tokenFor(host: string, files: Record<string, string>, env: Record<string, string> = {}, platform = 'linux') {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(home, path)), { recursive: true })
    writeFileSync(join(home, path), content)
  }
  const surroundings = { env, cwd: home, home, platform: platform as NodeJS.Platform, clone: undefined }
  return terraformToken(host, surroundings)?.token
}

const block = (host: string, token: string) => `credentials "${host}" { token = "${token}" }\n`
const stored = (host: string, token: string) => JSON.stringify({ credentials: { [host]: { token } } })

describe('TF_TOKEN_…', () => {
  test.each([
    ['registry.example.com', 'TF_TOKEN_registry_example_com'],
    ['registry.example.com', 'TF_TOKEN_Registry_Example_COM'],
    ['my-registry.example.com', 'TF_TOKEN_my__registry_example_com'],
    ['my-registry.example.com', 'TF_TOKEN_my-registry_example_com'],
    ['xn--bcher-kva.example', 'TF_TOKEN_xn____bcher__kva_example'],
    ['127.0.0.1:8443', 'TF_TOKEN_127_0_0_1:8443'],
  ])('for %s is %s', (host, name) => {
    expect(tokenFor(host, {}, { [name]: 'one' })).toBe('one')
  })

  test.each(['TF_TOKEN_127_0_0_1', 'TF_TOKEN_127_0_0_1_8443', 'TF_TOKEN_', 'TF_TOKEN_example_com'])(
    'for 127.0.0.1:8443 is not %s',
    (name) => {
      expect(tokenFor('127.0.0.1:8443', {}, { [name]: 'one' })).toBeUndefined()
    },
  )
})

describe('of several places', () => {
  const host = 'a.example'
  const files = {
    '.terraformrc': block(host, 'rc'),
    '.terraform.d/credentials.tfrc.json': stored(host, 'login'),
    'own.tfrc': block(host, 'own'),
  }

  test('the variable comes first', () => {
    expect(tokenFor(host, files, { TF_TOKEN_a_example: 'variable' })).toBe('variable')
  })

  test('the configuration file comes before what login stored', () => {
    expect(tokenFor(host, files)).toBe('rc')
  })

  test('TF_CLI_CONFIG_FILE takes the place of the file in the home folder', () => {
    expect(tokenFor(host, files, { TF_CLI_CONFIG_FILE: join(home, 'own.tfrc') })).toBe('own')
    expect(tokenFor(host, files, { TF_CLI_CONFIG_FILE: join(home, 'none.tfrc') })).toBe('login')
  })

  test('what login stored comes last', () => {
    expect(tokenFor(host, { ...files, '.terraformrc': block('b.example', 'other') })).toBe('login')
  })

  test('the file of tofu is read, too', () => {
    expect(tokenFor(host, { '.tofurc': block(host, 'tofu') })).toBe('tofu')
  })

  test('on Windows they lie in the folder of applications', () => {
    const env = { APPDATA: join(home, 'AppData') }
    expect(tokenFor(host, { 'AppData/terraform.rc': block(host, 'rc') }, env, 'win32')).toBe('rc')
    expect(
      tokenFor(
        'b.example',
        { 'AppData/terraform.d/credentials.tfrc.json': stored('b.example', 'login') },
        env,
        'win32',
      ),
    ).toBe('login')
  })
})

test('hosts are compared as terraform does: without case, without port 443, without umlauts', () => {
  expect(tokenFor('a.example', { '.terraformrc': block('A.Example:443', 'one') })).toBe('one')
  expect(tokenFor('xn--bcher-kva.example', { '.terraformrc': block('bücher.example', 'two') })).toBe('two')
  expect(tokenFor('a.example:8443', { '.terraformrc': block('a.example', 'one') })).toBeUndefined()
})

test.each([
  '',
  '{',
  'null',
  '[]',
  '{"credentials":null}',
  '{"credentials":{"a.example":null}}',
  '{"credentials":{"a.example":{"token":1}}}',
])('a stored file %j holds no token', (content) => {
  expect(tokenFor('a.example', { '.terraform.d/credentials.tfrc.json': content })).toBeUndefined()
})
