/** Who may install what, and what terraform says to those who may not (C-09 … C-14). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startRegistry, type TestRegistry } from '../server/test/registry.ts'
import { eachProgram } from './terraform.ts'
import { eachWay } from './ways.ts'

const visibilities = ['private', 'internal', 'public'] as const

let aheadMs = 0
let registry: TestRegistry
let reader: string
let keyOfOthers: string
beforeAll(async () => {
  registry = await startRegistry({ clock: () => Date.now() + aheadMs })
  for (const visibility of visibilities) {
    await registry.given.namespace(visibility, visibility)
    await registry.admin.publishModule(`${visibility}/vpc/aws`, '1.0.0')
  }
  await registry.given.namespace('others', 'private')
  reader = await registry.given.key(['modules:read'])
  keyOfOthers = await registry.given.key(['modules:read'], { namespaces: ['others'] })
})
afterAll(() => registry?.stop())

eachProgram((program) =>
  eachWay((way) => {
    const module = 'private/vpc/aws'
    /** As an environment names a host; a colon can only be set by programs, not by shells. */
    const variableFor = (host: string) => `TF_TOKEN_${host.replaceAll('.', '_')}`

    test('C-09 the token comes as a bearer token, and no other scheme is taken', async () => {
      const { front, cli } = await way.machine(program, registry.url, { module, token: reader })

      const { code } = await cli.run('get')

      const { headers, url } = front.find('/versions')
      const statusWith = async (authorization: string) => (await registry.anonymous.get(url, { authorization })).status
      expect(code).toBe(0)
      expect(headers.authorization).toBe(`Bearer ${reader}`)
      expect(await statusWith(`bEARER ${reader}`)).toBe(200)
      expect(await statusWith(`Token ${reader}`)).toBe(401)
      expect(await statusWith(`Basic ${Buffer.from(`x:${reader}`).toString('base64')}`)).toBe(401)
    })

    test('C-10 the token of the environment goes before the one of the configuration, to the list and the download', async () => {
      const front = await way.front(registry.url)
      const env = { [variableFor(front.host)]: reader }
      const { cli } = await way.machine(program, registry.url, {
        module,
        token: 'tfr_of_the_file',
        through: front,
        env,
      })

      const { code } = await cli.run('get')

      const tokens = front.seen.filter(({ url }) => url.startsWith('/v1/')).map(({ headers }) => headers.authorization)
      expect(code).toBe(0)
      expect(tokens).toEqual([`Bearer ${reader}`, `Bearer ${reader}`])
    })

    test('C-10 the token of the environment is enough', async () => {
      const front = await way.front(registry.url)
      const env = { [variableFor(front.host)]: reader }
      const { cli } = await way.machine(program, registry.url, { module, through: front, env })

      expect((await cli.run('get')).code).toBe(0)
    })

    test('C-11 the archive of a private module is fetched without the token', async () => {
      const { front, cli } = await way.machine(program, registry.url, { module, token: reader })

      const { code } = await cli.run('get')

      const archives = front.seen.filter(({ path }) => path.endsWith('.tar.gz'))
      expect(code).toBe(0)
      expect(archives.map(({ headers }) => headers.authorization)).toEqual(archives.map(() => undefined))
      expect(archives.at(-1)!.answer.status).toBe(200)
    })

    test('C-12 a revoked token is refused with 401, though it worked a moment before', async () => {
      const { token, id } = await registry.given.revocableKey(['modules:read'])
      const { cli } = await way.machine(program, registry.url, { module, token })

      const before = await cli.run('get')
      await registry.admin.send('DELETE', `/api/v1/api-keys/${id}`)
      const after = await cli.run('get', '-update')

      expect(before.code).toBe(0)
      expect(after.code).toBe(1)
      expect(after.text).toMatch(/error looking up module versions: 401 Unauthorized/)
    })

    test('C-12 a token that is revoked between the list and the download is refused with a sentence', async () => {
      const { token, id } = await registry.given.revocableKey(['modules:read'])
      const { cli } = await way.machine(program, registry.url, {
        module,
        token,
        front: {
          async answer({ url }) {
            if (url.endsWith('/download')) await registry.admin.send('DELETE', `/api/v1/api-keys/${id}`)
            return undefined
          },
        },
      })

      const { code, text } = await cli.run('get')

      expect(code).toBe(1)
      expect(text).toMatch(/error getting download location for .*: 401 Unauthorized resp:/)
      expect(text).toContain('The API key was revoked.')
    })

    test('C-12 an expired token is refused with 401', async () => {
      const expiresAt = new Date(Date.now() + 60_000).toISOString()
      const token = await registry.given.key(['modules:read'], { expiresAt })
      const { cli } = await way.machine(program, registry.url, { module, token })

      const before = await cli.run('get')
      aheadMs = 120_000
      const after = await cli.run('get', '-update').finally(() => {
        aheadMs = 0
      })

      expect(before.code).toBe(0)
      expect(after.code).toBe(1)
      expect(after.text).toMatch(/error looking up module versions: 401 Unauthorized/)
    })

    test('C-13 without a token a private module is answered with 401', async () => {
      const { cli } = await way.machine(program, registry.url, { module })

      const { code, text } = await cli.run('get')

      expect(code).toBe(1)
      expect(text).toMatch(/error looking up module versions: 401 Unauthorized/)
    })

    test('C-14 the token is in no answer', async () => {
      const installing = await way.machine(program, registry.url, { module, token: reader })
      const refused = await way.machine(program, registry.url, { module: 'private/nothing/aws', token: reader })

      const codes = [(await installing.cli.run('get')).code, (await refused.cli.run('get')).code]

      const answers = [...installing.front.seen, ...refused.front.seen].map(({ answer }) => answer)
      expect(codes).toEqual([0, 1])
      expect(answers.length).toBeGreaterThanOrEqual(5)
      for (const { headers, body } of answers) expect(JSON.stringify(headers) + body).not.toContain(reader)
    })

    const outcomes = {
      nobody: { private: /401 Unauthorized/, internal: /401 Unauthorized/, public: undefined },
      'a key for another namespace': { private: /Module not found/, internal: /Module not found/, public: undefined },
      'a key that reads': { private: undefined, internal: undefined, public: undefined },
      'a key that is none': { private: /401 Unauthorized/, internal: /401 Unauthorized/, public: /401 Unauthorized/ },
    }
    const tokens: Record<keyof typeof outcomes, () => string | undefined> = {
      nobody: () => undefined,
      'a key for another namespace': () => keyOfOthers,
      'a key that reads': () => reader,
      'a key that is none': () => 'tfr_nobody_made_this_one',
    }
    const cases = Object.entries(outcomes).flatMap(([who, by]) =>
      visibilities.map((which) => [which, who, by[which]] as const),
    )

    test.each(cases)('a module of a namespace that is %s, asked for by %s', async (visibility, who, refusal) => {
      const token = tokens[who as keyof typeof outcomes]()
      const { cli } = await way.machine(program, registry.url, { module: `${visibility}/vpc/aws`, token })

      const { code, text } = await cli.run('get')

      if (refusal) expect(text).toMatch(refusal)
      expect(code).toBe(refusal ? 1 : 0)
    })
  }),
)
