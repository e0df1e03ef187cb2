import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type IdentityProvider, startIdentityProvider } from '../../server/test/identity-provider.ts'
import { startRegistry, type TestRegistry } from '../../server/test/registry.ts'
import { type Desk, desk } from './cadastre.ts'

let registry: TestRegistry
let idp: IdentityProvider
let here: Desk

beforeAll(async () => {
  idp = await startIdentityProvider()
  registry = await startRegistry({
    env: { ...idp.settings(), TFR_SECURITY_EGRESS_ALLOWLIST: new URL(idp.url).hostname },
  })
})
afterAll(async () => {
  await registry.stop()
  await idp.stop()
})
beforeEach(() => {
  here = desk({ TFR_CLI_HOST: registry.url, TFR_CLI_TOKEN: registry.adminToken })
})
afterEach(() => here.clear())

const providers = (args: string[], input?: string) =>
  here.run(['admin', 'identity-providers', ...args], input === undefined ? {} : { input })
const create = (name: string, ...args: string[]) =>
  providers(['create', name, '--issuer', idp.url, '--client-id', 'cadastre', ...args])

test('one is added with a secret from stdin, tried, changed and deleted', async () => {
  const redirectUri = `${registry.app.config.server.base_url}/auth/callback/acme-sso`
  const flags = ['--issuer', idp.url, '--client-id', 'cadastre', '--client-secret-stdin', '--display-name', 'Acme']

  const made = await providers(['create', 'acme-sso', ...flags, '--map', 'cn=ops,o=a=default:publisher'], 'hush hush\n')
  const tried = await providers(['test', 'acme-sso'])
  const shown = await providers(['show', 'acme-sso', '--json'])
  const changed = await providers(['update', 'acme-sso', '--map', 'a=default:viewer', '--map', 'b=platform:auditor'])
  const listed = await providers(['list'])
  const deleted = await providers(['delete', 'acme-sso', '--yes'])

  const row = ['acme-sso', 'oidc', 'enabled', 'database', idp.url, 'cadastre', 'yes']
  expect(made).toMatchObject({ code: 0, out: `${[...row, 'cn=ops,o=a=default:publisher', 'Acme'].join('\t')}\n` })
  expect(made.err).toContain(redirectUri)
  expect(made.err).toContain('cadastre admin identity-providers test acme-sso')
  expect(tried).toMatchObject({ code: 0, out: expect.stringContaining(`issuer\tok\t${idp.url}`) })
  expect(shown.json.data).toMatchObject({ redirectUri, hasSecret: true })
  expect(changed.out).toBe(`${[...row, 'a=default:viewer b=platform:auditor', 'Acme'].join('\t')}\n`)
  expect(listed.out.split('\n').map((line) => line.split('\t')[0])).toEqual(['oidc', 'acme-sso', ''])
  expect(deleted).toMatchObject({ code: 0, out: 'acme-sso\tdeleted\n' })
  expect([made, tried, shown, changed, listed].map(({ out, err }) => out + err).join()).not.toContain('hush')
})

test('of Microsoft Entra ID is named by its tenant', async () => {
  const tenant = '5f8c1b5e-2f0d-4f7a-9d3e-0a1b2c3d4e5f'

  const made = await providers(['create', 'acme-entra', '--tenant', tenant, '--client-id', 'cadastre', '--json'])

  expect(made.json.data).toMatchObject({
    kind: 'entra',
    issuerUrl: `https://login.microsoftonline.com/${tenant}/v2.0`,
  })
})

test('one is switched off and on, and loses its mappings', async () => {
  await create('switched', '--map', 'a=default:viewer')

  const off = await providers(['update', 'switched', '--disable', '--map-nobody'])
  const on = await providers(['update', 'switched', '--enable'])

  expect(off.out.split('\t').slice(2, 8)).toEqual(['disabled', 'database', idp.url, 'cadastre', 'no', ''])
  expect(on.out.split('\t')[2]).toBe('enabled')
})

test('a test of one that does not answer fails as whatever cannot be reached', async () => {
  await create('silent')
  idp.isDown = true

  const tried = await providers(['test', 'silent']).finally(() => {
    idp.isDown = false
  })

  expect(tried).toMatchObject({ code: 7, err: expect.stringContaining('Warning: discovery failed:') })
})

test('deleting asks, and changes nothing where nobody can be asked', async () => {
  await create('asked')

  expect(await providers(['delete', 'asked'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('Accounts stay.'),
  })
  expect((await providers(['show', 'asked'])).code).toBe(0)
})

test.each<[why: string, code: number, args: string[]]>([
  ['neither issuer nor tenant', 2, ['create', 'x', '--client-id', 'a']],
  ['issuer and tenant', 2, ['create', 'x', '--client-id', 'a', '--issuer', 'https://a.example', '--tenant', 'b']],
  ['no client id', 2, ['create', 'x', '--issuer', 'https://a.example']],
  ['a mapping that is none', 2, ['create', 'x', '--client-id', 'a', '--map', 'deploy:publisher']],
  ['enabled and disabled', 2, ['update', 'oidc', '--enable', '--disable']],
  ['nothing to change', 2, ['update', 'oidc']],
  ['one of the settings', 5, ['update', 'oidc', '--disable']],
  ['one that is not there', 4, ['show', 'nobody']],
])('is refused: %s', async (_, code, args) => {
  expect(await providers(args)).toMatchObject({ code })
})
