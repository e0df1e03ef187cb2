/** Who may install which provider, and what terraform says to those who may not (C-09 … C-14, C-71). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeDist } from '../server/test/provider-dist.ts'
import { startRegistry, type TestRegistry } from '../server/test/registry.ts'
import { addKey, findRequest, isList, isMetadata, platform, publish } from './providers.ts'
import { eachProgram } from './terraform.ts'
import { eachWay } from './ways.ts'

const visibilities = ['private', 'internal', 'public'] as const
const provider = 'private/greeter'
const init = ['init', '-input=false']

const asksForCredentials = /host \S+ requires authentication credentials/
const rejectsCredentials = /host \S+ rejected the given authentication credentials/
const notThere = /does not have a provider named/

let aheadMs = 0
let registry: TestRegistry
let reader: string
beforeAll(async () => {
  registry = await startRegistry({ clock: () => Date.now() + aheadMs })
  for (const visibility of visibilities) {
    await registry.given.namespace(visibility, visibility)
    await addKey(registry, visibility)
    await publish(registry, visibility, await makeDist({ type: 'greeter', version: '1.0.0', platforms: [platform] }))
  }
  await registry.given.namespace('others', 'private')
  reader = await registry.given.key(['providers:read'])
})
afterAll(() => registry?.stop())

eachProgram((program) =>
  eachWay((way) => {
    const variableFor = (host: string) => `TF_TOKEN_${host.replaceAll('.', '_')}`

    test('C-10 the token goes to the list and the metadata, and the one of the environment before that of the file', async () => {
      const through = await way.front(registry.url)
      const env = { [variableFor(through.host)]: reader }
      const { front, cli } = await way.machine(program, registry.url, {
        provider,
        token: 'tfr_of_the_file',
        through,
        env,
      })

      const { code, text } = await cli.run(...init)

      expect(code, text).toBe(0)
      for (const asked of [isList, isMetadata])
        expect(findRequest(front, asked).headers.authorization).toBe(`Bearer ${reader}`)
    })

    test('C-11 sums, signature and zip of a private provider are fetched without the token', async () => {
      const { front, cli } = await way.machine(program, registry.url, { provider, token: reader })

      const { code } = await cli.run(...init)

      const files = front.seen.filter(({ path }) => path.startsWith('/archives/'))
      expect(code).toBe(0)
      expect(files.filter(({ method }) => method === 'GET')).toHaveLength(3)
      for (const { headers, answer } of files) expect([headers.authorization, answer.status]).toEqual([undefined, 200])
    })

    test('C-12 a revoked token is rejected, though it worked a moment before', async () => {
      const { token, id } = await registry.given.revocableKey(['providers:read'])
      const { cli } = await way.machine(program, registry.url, { provider, token })

      const before = await cli.run(...init)
      await registry.admin.send('DELETE', `/api/v1/api-keys/${id}`)
      const after = await cli.run(...init)

      expect([before.code, after.code]).toEqual([0, 1])
      expect(after.text).toMatch(rejectsCredentials)
    })

    test('C-12 so is one that is revoked between the list and the metadata', async () => {
      const { token, id } = await registry.given.revocableKey(['providers:read'])
      const { cli } = await way.machine(program, registry.url, {
        provider,
        token,
        front: {
          async answer(request) {
            if (isMetadata(request)) await registry.admin.send('DELETE', `/api/v1/api-keys/${id}`)
            return undefined
          },
        },
      })

      const { code, text } = await cli.run(...init)

      expect(code).toBe(1)
      expect(text).toMatch(rejectsCredentials)
    })

    test('C-12 an expired token is rejected', async () => {
      const expiresAt = new Date(Date.now() + 60_000).toISOString()
      const token = await registry.given.key(['providers:read'], { expiresAt })
      const { cli } = await way.machine(program, registry.url, { provider, token })

      const before = await cli.run(...init)
      aheadMs = 120_000
      const after = await cli.run(...init).finally(() => {
        aheadMs = 0
      })

      expect([before.code, after.code]).toEqual([0, 1])
      expect(after.text).toMatch(rejectsCredentials)
    })

    test('C-13 without a token a private provider asks for credentials', async () => {
      const { front, cli } = await way.machine(program, registry.url, { provider })

      const { code, text } = await cli.run(...init)

      expect(code).toBe(1)
      expect(text).toMatch(asksForCredentials)
      expect(findRequest(front, isList).answer.status).toBe(401)
    })

    test('C-14 the token is in no answer', async () => {
      const installing = await way.machine(program, registry.url, { provider, token: reader })
      const refused = await way.machine(program, registry.url, { provider: 'private/nothing', token: reader })

      const codes = [(await installing.cli.run(...init)).code, (await refused.cli.run(...init)).code]

      const answers = [...installing.front.seen, ...refused.front.seen].map(({ answer }) => answer)
      expect(codes).toEqual([0, 1])
      expect(answers.length).toBeGreaterThanOrEqual(6)
      for (const { headers, body } of answers) expect(JSON.stringify(headers) + body).not.toContain(reader)
    })

    test('C-71 with a token that is none the text is another than without one', async () => {
      const texts: string[] = []
      for (const token of [undefined, 'tfr_nobody_made_this_one']) {
        const { front, cli } = await way.machine(program, registry.url, { provider, token })
        texts.push((await cli.run(...init)).text)
        expect(findRequest(front, isList).answer.status).toBe(401)
      }

      expect(texts[0]).toMatch(asksForCredentials)
      expect(texts[1]).toMatch(rejectsCredentials)
    })

    const outcomes = {
      nobody: { private: asksForCredentials, internal: asksForCredentials, public: undefined },
      'a key for another namespace': { private: notThere, internal: notThere, public: undefined },
      // It knows the namespace already, so it is told that this is not for it.
      'a key that reads modules alone': {
        private: rejectsCredentials,
        internal: rejectsCredentials,
        public: undefined,
      },
      'a key that reads': { private: undefined, internal: undefined, public: undefined },
      'a key that is none': { private: rejectsCredentials, internal: rejectsCredentials, public: rejectsCredentials },
    }
    const tokens: Record<keyof typeof outcomes, () => Promise<string | undefined>> = {
      nobody: async () => undefined,
      'a key for another namespace': () => registry.given.key(['providers:read'], { namespaces: ['others'] }),
      'a key that reads modules alone': () => registry.given.key(['modules:read']),
      'a key that reads': async () => reader,
      'a key that is none': async () => 'tfr_nobody_made_this_one',
    }
    const cases = Object.entries(outcomes).flatMap(([who, by]) =>
      visibilities.map((which) => [which, who, by[which]] as const),
    )

    test.each(cases)('a provider of a namespace that is %s, asked for by %s', async (visibility, who, refusal) => {
      const token = await tokens[who as keyof typeof outcomes]()
      const { cli } = await way.machine(program, registry.url, { provider: `${visibility}/greeter`, token })

      const { code, text } = await cli.run(...init)

      if (refusal) expect(text).toMatch(refusal)
      expect(code, text).toBe(refusal ? 1 : 0)
    })
  }),
)
