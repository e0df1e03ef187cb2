import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startRegistry, type TestRegistry } from '../../server/test/registry.ts'
import { type Desk, desk } from './cadastre.ts'

let registry: TestRegistry
let here: Desk

beforeAll(async () => {
  registry = await startRegistry({ env: { TFR_MULTI_TENANCY_ENABLED: 'true' } })
})
afterAll(() => registry.stop())
beforeEach(() => {
  here = desk({ TFR_CLI_HOST: registry.url, TFR_CLI_TOKEN: registry.adminToken })
})
afterEach(() => here.clear())

const admin = (...args: string[]) => here.run(['admin', ...args])
const rowOf = (tsv: string, name: string) =>
  tsv
    .split('\n')
    .map((line) => line.split('\t'))
    .find((row) => row.includes(name)) ?? []

describe('admin organizations', () => {
  test('one is made, listed, renamed and deleted', async () => {
    const made = await admin('organizations', 'create', 'payments', '--display-name', 'Payments')
    const renamed = await admin('organizations', 'update', 'payments', '--display-name', 'Billing')
    const listed = await admin('organizations', 'list')
    const deleted = await admin('organizations', 'delete', 'payments', '--yes')

    expect(made).toMatchObject({ code: 0, out: 'payments\tPayments\n' })
    expect(made.err).toContain('cadastre namespace create NAME --organization payments')
    expect(renamed).toMatchObject({ code: 0, out: 'payments\tBilling\n' })
    expect(rowOf(listed.out, 'payments').slice(0, 4)).toEqual(['payments', 'Billing', '0', '0'])
    expect(deleted).toMatchObject({ code: 0, out: 'payments\tdeleted\n' })
    expect(deleted.err).toContain('Deleting organization payments: 0 people lose their roles there, and every API key')
  })

  test('deleting asks, and changes nothing where nobody can be asked', async () => {
    await registry.given.organization('asked')

    expect(await admin('organizations', 'delete', 'asked')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Say --yes to do it.'),
    })
    expect((await registry.admin.get('/api/v1/organizations/asked')).status).toBe(200)
  })

  test('a taken name is a conflict, an odd one wrong usage, one that is not there not found', async () => {
    expect(await admin('organizations', 'create', 'default')).toMatchObject({ code: 5 })
    expect(await admin('organizations', 'create', 'Upper')).toMatchObject({ code: 2 })
    expect(await admin('organizations', 'delete', 'nobody', '--yes')).toMatchObject({ code: 4 })
  })
})

describe('admin users', () => {
  test('somebody is added with a password from stdin, which is printed nowhere', async () => {
    const made = await here.run(['admin', 'users', 'create', 'dev@acme.example', '--password-stdin'], {
      input: 'correct horse battery\n',
    })

    expect(made.code).toBe(0)
    expect(made.out.split('\t').slice(1, 5)).toEqual(['dev@acme.example', '', 'active', 'yes'])
    expect(made.out + made.err).not.toContain('horse')
  })

  test('somebody gets a new password, or none, and is signed out', async () => {
    await here.run(['admin', 'users', 'create', 'anew@acme.example', '--password-stdin'], {
      input: 'correct horse battery staple',
    })

    const anew = await here.run(['admin', 'users', 'set-password', 'anew@acme.example', '--password-stdin'], {
      input: 'another battery staple\n',
    })
    const none = await admin('users', 'set-password', 'anew@acme.example', '--none')
    const short = await here.run(['admin', 'users', 'set-password', 'anew@acme.example', '--password-stdin'], {
      input: 'short',
    })

    expect(anew.out).toMatch(/anew@acme\.example\tset/)
    expect(none.out).toMatch(/anew@acme\.example\tnone/)
    expect((await admin('users', 'list')).out).toMatch(/anew@acme\.example.*active\tno/)
    expect(short).toMatchObject({ code: 2, err: expect.stringContaining('12') })
  })

  test('a password is no argument, and is asked for only where somebody can answer', async () => {
    expect(await admin('users', 'create', 'x@acme.example', '--password', 'correct horse battery')).toMatchObject({
      code: 2,
    })
    expect(await admin('users', 'create', 'x@acme.example', '--password')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Give it with --password-stdin'),
    })
    expect(await admin('users', 'create', 'x@acme.example', '--password', '--password-stdin')).toMatchObject({
      code: 2,
    })
    expect((await registry.admin.get('/api/v1/users?email=x@acme.example')).json.items).toEqual([])
  })

  test('somebody is shown, shut out, let in and deleted, by address or id', async () => {
    const { id, email, token } = await registry.given.user({
      email: 'whole@acme.example',
      roles: [{ organization: 'default', role: 'viewer' }],
    })

    const shown = await admin('users', 'show', id)
    const disabled = await admin('users', 'disable', email, '--yes')
    const refused = await here.run(['whoami'], { env: { TFR_CLI_TOKEN: token } })
    const enabled = await admin('users', 'enable', email.toUpperCase())
    const deleted = await admin('users', 'delete', email, '--yes')

    expect(shown.out.split('\t').slice(0, 6)).toEqual([id, email, '', 'active', 'no', 'default:viewer'])
    expect(disabled).toMatchObject({ code: 0, out: `${id}\t${email}\tdisabled\n` })
    expect(disabled.err).toContain(`Disabling ${email}: they are signed out everywhere`)
    expect(refused.code).toBe(3)
    expect(enabled).toMatchObject({ code: 0, out: `${id}\t${email}\tactive\n` })
    expect(deleted).toMatchObject({ code: 0, out: `${id}\t${email}\tdeleted\n` })
    expect(deleted.err).toContain(`Deleting ${email} (default:viewer) revokes every API key of theirs for good`)
    expect(await admin('users', 'show', email)).toMatchObject({
      code: 4,
      err: expect.stringContaining('See those whom you may: cadastre admin users list'),
    })
  })

  test('what identity providers call somebody is shown, and forgotten', async () => {
    const { id, email } = await registry.given.user({
      email: 'linked@acme.example',
      roles: [{ organization: 'default', role: 'viewer' }],
    })
    const onlooker = await registry.given.user({
      email: 'onlooker@acme.example',
      roles: [{ organization: 'default', role: 'user_manager' }],
    })
    const issuer = 'https://login.acme.example'
    await registry.sql("insert into identities (issuer, subject, user_id) values ($1, 'f3b1', $2)", [issuer, id])

    const shown = await admin('users', 'show', email)
    const half = await here.run(['admin', 'users', 'show', email, '--json'], { env: { TFR_CLI_TOKEN: onlooker.token } })
    const elsewhere = await admin('users', 'unlink', email, 'https://elsewhere.example', '--yes')
    const asked = await admin('users', 'unlink', email, issuer)
    const unlinked = await admin('users', 'unlink', email, `${issuer}/`, '--yes')

    expect(shown.out.trimEnd().split('\t').at(-1)).toBe(issuer)
    expect(half.json.data).toMatchObject({ email, identities: null })
    expect(elsewhere).toMatchObject({ code: 4, err: expect.stringContaining(`They have through ${issuer}.`) })
    expect(asked).toMatchObject({ code: 2, err: expect.stringContaining('Say --yes to do it.') })
    expect(unlinked).toMatchObject({ code: 0, out: `${id}\t${email}\t${issuer}\tf3b1\tunlinked\n` })
    expect(unlinked.err).toContain('lets in whoever proves this address there next')
    expect((await admin('users', 'show', email, '--json')).json.data.identities).toEqual([])
  })

  test('everybody is listed', async () => {
    await registry.given.user({ email: 'listed@acme.example', roles: [{ organization: null, role: 'auditor' }] })

    const listed = await admin('users', 'list')

    expect(rowOf(listed.out, 'listed@acme.example')[5]).toBe('platform:auditor')
  })
})

describe('admin roles', () => {
  test('are listed with what they may do', async () => {
    const listed = await admin('roles', 'list')

    expect(rowOf(listed.out, 'publisher')).toEqual([
      'publisher',
      'A viewer who publishes modules and providers.',
      'modules:read,providers:read,mirrors:read,organizations:read,modules:write,providers:write',
    ])
  })

  test('are given in an organization and on the platform, shown among the members, and taken', async () => {
    await registry.given.organization('team')
    const { id, email } = await registry.given.user({ email: 'member@acme.example' })

    const given = await admin(
      'roles',
      'set',
      email,
      '--organization',
      'team',
      '--role',
      'publisher',
      '--role',
      'auditor',
    )
    const onPlatform = await admin('roles', 'set', email, '--platform', '--role', 'viewer')
    const members = await admin('members', 'list', 'team')
    const ofPlatform = await admin('members', 'list', '--platform')
    const taken = await admin('roles', 'set', email, '--organization', 'team', '--none')

    expect(given).toMatchObject({ code: 0, out: `${id}\t${email}\tteam\tauditor,publisher\n` })
    expect(onPlatform).toMatchObject({ code: 0, out: `${id}\t${email}\tplatform\tviewer\n` })
    expect(members.out).toBe(`${id}\t${email}\t\tauditor,publisher\n`)
    expect(rowOf(ofPlatform.out, email)[3]).toBe('viewer')
    expect(taken).toMatchObject({ code: 0, out: `${id}\t${email}\tteam\t\n` })
  })

  test.each([
    ['no place', ['--role', 'viewer'], 'Give --organization or --platform'],
    [
      'two places',
      ['--role', 'viewer', '--platform', '--organization', 'default'],
      'Give --organization or --platform',
    ],
    ['no role', ['--platform'], '--none to take all away'],
    ['a role and none', ['--platform', '--role', 'viewer', '--none'], '--none to take all away'],
    ['an unknown role', ['--platform', '--role', 'owner'], 'The roles are viewer, '],
  ])('with %s is wrong usage', async (_what, flags, sentence) => {
    expect(await admin('roles', 'set', 'member@acme.example', ...flags)).toMatchObject({
      code: 2,
      err: expect.stringContaining(sentence),
    })
  })

  test('the last administrator of the platform stays, with exit 5', async () => {
    const { email } = await registry.given.user({
      email: 'last@acme.example',
      roles: [{ organization: null, role: 'admin' }],
    })

    expect(await admin('roles', 'set', email, '--platform', '--none')).toMatchObject({
      code: 5,
      err: expect.stringContaining('This is the last administrator of the platform'),
    })
  })
})

test('namespace transfer says who loses what, and hands it over', async () => {
  await registry.given.organization('receiver')
  await registry.given.namespace('handed', 'private')
  const words = ['namespace', 'transfer', 'handed', '--to', 'receiver']

  const asked = await here.run(words)
  const moved = await here.run([...words, '--yes'])

  expect(asked).toMatchObject({ code: 2, err: expect.stringContaining('Say --yes to do it.') })
  expect(moved).toMatchObject({ code: 0, out: 'handed\treceiver\tprivate\n' })
  expect(moved.err).toContain(
    'Handing handed from default to receiver: members and API keys of default no longer read it',
  )
  expect(await here.run(['namespace', 'transfer', 'absent', '--to', 'receiver', '--yes'])).toMatchObject({
    code: 4,
    err: expect.stringContaining('There is no namespace absent that you may read.'),
  })
  expect(await here.run(['namespace', 'transfer', 'handed', '--to', 'nobody', '--yes'])).toMatchObject({ code: 4 })
})
