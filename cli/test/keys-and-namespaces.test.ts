import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startRegistry, type TestRegistry } from '../../server/test/registry.ts'
import { type Desk, desk } from './cadastre.ts'

let registry: TestRegistry
let here: Desk

beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(() => registry.stop())
beforeEach(() => {
  here = desk({ TFR_CLI_HOST: registry.url, TFR_CLI_TOKEN: registry.adminToken })
})
afterEach(() => here.clear())

describe('token create', () => {
  test('prints the token alone, and the rest on stderr', async () => {
    const made = await here.run(['token', 'create', 'ci', '--scope', 'modules:read,modules:write', '--expires', '90d'])

    expect(made.code).toBe(0)
    expect(made.out).toMatch(/^tfr_\S+\n$/)
    expect(made.err).toMatch(/Made the key ci \([0-9a-f-]{36}\): modules:read, modules:write; until 20/)
    expect((await registry.as(made.out.trim()).get('/api/v1/whoami')).json).toMatchObject({ name: 'ci' })
  })

  test('takes scopes and namespaces one by one, an organization and a time', async () => {
    const flags = ['--scope', 'modules:write', '--scope', 'modules:read', '--namespace', 'acme', '--namespace', 'open']

    const made = await here.run([
      'token',
      'create',
      'narrow',
      ...flags,
      '--organization',
      'default',
      '--expires',
      '2040-01-31',
      '--json',
    ])

    expect(made.json).toMatchObject({
      schema: 'cadastre.token.create.v1',
      ok: true,
      data: {
        token: expect.stringMatching(/^tfr_/),
        apiKey: {
          scopes: ['modules:write', 'modules:read'],
          namespaces: ['acme', 'open'],
          organization: 'default',
          expiresAt: '2040-01-31T00:00:00.000Z',
        },
      },
    })
    expect(made.err).toBe('')
  })

  test('makes a key of the platform', async () => {
    const made = await here.run(['token', 'create', 'operator', '--scope', 'admin', '--platform', '--json'])

    expect(made.json.data.apiKey.organization).toBeNull()
  })

  test.each([
    ['no scope', [], "'--scope <scope>' not specified"],
    ['an unknown scope', ['--scope', 'modules:fly'], 'The scopes are modules:read, '],
    ['a past expiry', ['--scope', 'admin', '--expires', '2001-01-01'], 'That lies in the past'],
    ['an odd expiry', ['--scope', 'admin', '--expires', 'soon'], 'Write a span such as 12h'],
    ['two owners', ['--scope', 'admin', '--platform', '--organization', 'default'], 'not both'],
  ])('with %s is wrong usage', async (_what, flags, sentence) => {
    const refused = await here.run(['token', 'create', 'x', ...flags])

    expect(refused).toMatchObject({ code: 2, out: '', err: expect.stringContaining(sentence) })
  })

  test('is refused to a key that may not make keys', async () => {
    const reader = await registry.given.key(['modules:read'])

    const refused = await here.run(['token', 'create', 'x', '--scope', 'modules:read', '-v'], {
      env: { TFR_CLI_TOKEN: reader },
    })

    expect(refused.code).toBe(3)
    expect(refused.err).toMatch(/api_keys:manage.*\n.*administrator.*\nRequest id: \S+\n$/)
    expect(refused.err).not.toContain(reader)
  })
})

describe('token list and token revoke', () => {
  test('a key is listed, revoked, and refused from then on', async () => {
    const token = (await here.run(['token', 'create', 'short-lived', '--scope', 'modules:read'])).out.trim()
    const [id] = rowOf((await here.run(['token', 'list'])).out, 'short-lived')

    const revoked = await here.run(['token', 'revoke', id!])

    expect(revoked).toMatchObject({ code: 0, out: `${id}\tshort-lived\trevoked\n` })
    expect(rowOf((await here.run(['token', 'list'])).out, 'short-lived')[2]).toBe('revoked')
    expect(await here.run(['whoami', '--token', token])).toMatchObject({ code: 3 })
  })

  test('a list never shows a token', async () => {
    const { token } = (await here.run(['token', 'create', 'hidden', '--scope', 'modules:read', '--json'])).json.data

    expect((await here.run(['token', 'list', '--json'])).out).not.toContain(token)
  })

  test('a key is rotated: the new token is on stdout alone, and the old one is good until the grace ends', async () => {
    const old = (await here.run(['token', 'create', 'rotating', '--scope', 'modules:read'])).out.trim()
    const [id] = rowOf((await here.run(['token', 'list'])).out, 'rotating')

    const rotated = await here.run(['token', 'rotate', id!, '--grace', '1h', '--expires', '90d'])

    expect(rotated).toMatchObject({ code: 0, out: expect.stringMatching(/^tfr_[0-9A-Za-z]{49}\n$/) })
    expect(rotated.err).toContain(`in place of ${id}`)
    for (const token of [old, rotated.out.trim()]) {
      expect(await here.run(['whoami', '--token', token])).toMatchObject({ code: 0 })
    }
    expect((await here.run(['token', 'list'])).out).toContain(`${id}\trotating\treplaced\t`)
    expect(await here.run(['token', 'rotate', id!])).toMatchObject({ code: 5, out: '' })
  })

  test.each([
    [['rotate', 'ci'], 'cadastre token list shows the ids'],
    [['rotate', '3f8b6f0e-5a0e-4a6e-9d1f-2f6a1c0b7d11', '--grace', 'soon'], 'Write a span such as 12h'],
    [['list', '--mine', '--all'], 'not both'],
  ])('token %j is wrong usage', async (args, sentence) => {
    const refused = await here.run(['token', ...args])

    expect(refused).toMatchObject({ code: 2, out: '', err: expect.stringContaining(sentence) })
  })

  test('a key is made for somebody else, and a list tells whose it is and whose are mine', async () => {
    const owner = await registry.given.user({ email: 'owner@acme.example' })

    const made = await here.run(['token', 'create', 'theirs', '--scope', 'modules:read', '--owner', owner.email])

    expect(made.code).toBe(0)
    expect(rowOf((await here.run(['token', 'list', '--all'])).out, 'theirs')).toContain(owner.email)
    expect((await here.run(['token', 'list', '--mine'])).out).not.toContain('theirs')
  })

  test('an id that is none is wrong usage, one that is unknown is not found', async () => {
    expect(await here.run(['token', 'revoke', 'ci'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('cadastre token list shows the ids'),
    })
    expect(await here.run(['token', 'revoke', '3f8b6f0e-5a0e-4a6e-9d1f-2f6a1c0b7d11'])).toMatchObject({ code: 4 })
  })
})

describe('namespace', () => {
  test('is created, listed and made public', async () => {
    const created = await here.run(['namespace', 'create', 'acme'])
    const updated = await here.run(['namespace', 'update', 'acme', '--visibility', 'public'])
    const listed = await here.run(['namespace', 'list'])

    expect(created).toMatchObject({ code: 0, out: 'acme\tdefault\tinternal\n' })
    expect(created.err).toContain('cadastre publish module DIR --address acme/NAME/SYSTEM --version 1.0.0')
    expect(updated).toMatchObject({ code: 0, out: 'acme\tdefault\tpublic\n' })
    expect(rowOf(listed.out, 'acme').slice(0, 3)).toEqual(['acme', 'default', 'public'])
  })

  test.each(['ac_me', 'ac--me'])('%s is good for modules alone, which is said', async (name) => {
    const created = await here.run(['namespace', 'create', name])

    expect(created).toMatchObject({ code: 0, err: expect.stringContaining(`${name} is good for modules alone`) })
  })

  test('takes a visibility and an organization', async () => {
    const created = await here.run([
      'namespace',
      'create',
      'closed',
      '--visibility',
      'private',
      '--organization',
      'default',
      '--json',
    ])

    expect(created.json).toMatchObject({ schema: 'cadastre.namespace.create.v1', data: { visibility: 'private' } })
  })

  test('that exists is a conflict, and an organization that does not is not found', async () => {
    await here.run(['namespace', 'create', 'taken'])

    expect(await here.run(['namespace', 'create', 'taken'])).toMatchObject({ code: 5 })
    expect(await here.run(['namespace', 'create', 'lost', '--organization', 'nobody'])).toMatchObject({ code: 4 })
  })

  test.each([
    [['namespace', 'create', 'x', '--visibility', 'secret'], 'Allowed choices are private, internal, public'],
    [['namespace', 'update', 'x'], "'--visibility <visibility>' not specified"],
    [['namespace', 'create'], "missing required argument 'name'"],
    [['namespace', 'create', '-bad-'], "unknown option '-bad-'"],
    [['namespace', 'create', 'a.b'], 'letters, digits'],
  ])('%j is wrong usage', async (args, sentence) => {
    expect(await here.run(args)).toMatchObject({ code: 2, err: expect.stringContaining(sentence) })
  })

  test('is invisible to whoever may not read it', async () => {
    await here.run(['namespace', 'create', 'unseen', '--visibility', 'private'])

    const listed = await here.run(['namespace', 'list'], { env: { TFR_CLI_TOKEN: '' } })

    expect(listed.code).toBe(0)
    expect(listed.out).not.toContain('unseen')
  })
})

const rowOf = (tsv: string, name: string) =>
  tsv
    .split('\n')
    .map((line) => line.split('\t'))
    .find((row) => row.includes(name)) ?? []
