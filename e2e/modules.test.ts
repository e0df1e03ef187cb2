/** Which module and which version is installed, and what is said when there is none (C-15 … C-23, C-31 … C-42). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { moduleFiles, tarGz } from '../server/test/archives.ts'
import { expectStatus } from '../server/test/client.ts'
import { startRegistry, type TestRegistry } from '../server/test/registry.ts'
import type { FrontOptions, Reply } from './front.ts'
import { calling, eachProgram, workplace } from './terraform.ts'
import { eachWay } from './ways.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  for (const version of ['1.0.0', '1.1.0', '2.0.0-rc1']) await publish('acme/vpc/aws', version)
  await publish('acme/prefixed/aws', 'v1.2.0')
  await publish('acme/built/aws', '1.0.0+b1')
  await publish('acme/nested/aws', '1.0.0', {
    'modules/inner/main.tf': 'output "inner" { value = 1 }\n',
    'modules/inner/who.txt': 'inner',
  })
})
afterAll(() => registry?.stop())

async function publish(address: string, version: string, files = {}) {
  const archive = tarGz(moduleFiles({ 'version.txt': version, ...files }))
  return expectStatus(await registry.admin.publishModule(address, version, archive), 201)
}

/** A list without the encoding that clients ask for, so that it can be changed on its way. */
const plainLists = { headers: { 'accept-encoding': 'identity' } }

const changingList = (change: (versions: { version: string }[]) => void): FrontOptions => ({
  ...plainLists,
  change(reply, { url }) {
    if (!url.endsWith('/versions')) return reply
    const list = JSON.parse(String(reply.body))
    change(list.modules[0].versions)
    return { ...reply, body: JSON.stringify(list) }
  },
})

const changingDownload = (change: (reply: Required<Reply>, link: string) => Reply): FrontOptions => ({
  change: (reply, { url }) =>
    url.endsWith('/download') ? change(reply, String(reply.headers['x-terraform-get'])) : reply,
})

eachProgram((program) =>
  eachWay((way) => {
    test('C-15 the list is one module with every version', async () => {
      const front = await way.front(registry.url, plainLists)
      const source = `${front.host}/acme/vpc/aws`
      const calls = calling(source, '1.0.0', 'old') + calling(source, '2.0.0-rc1', 'next')
      const cli = await workplace(program, { through: front, files: { 'main.tf': calls } })

      const { code } = await cli.run('get')

      expect(code).toBe(0)
      expect(await cli.installed()).toEqual({ old: '1.0.0', next: '2.0.0-rc1' })
      expect(JSON.parse(String(front.find('/versions').answer.body))).toEqual({
        modules: [
          {
            source: 'acme/vpc/aws',
            versions: [{ version: '2.0.0-rc1' }, { version: '1.1.0' }, { version: '1.0.0' }],
          },
        ],
      })
    })

    test('C-16 a module that is not there is not found', async () => {
      const token = await registry.given.key(['modules:read'])
      const { front, cli } = await way.machine(program, registry.url, { module: 'acme/nothing/aws', token })

      const { code, text } = await cli.run('get')

      expect(code).toBe(1)
      expect(text).toMatch(/Module not found/)
      expect(text).toMatch(/cannot be found in the module registry at/)
      expect(front.find('/versions').answer.status).toBe(404)
    })

    test('C-17 what was published as v1.2.0 is listed and installed as 1.2.0', async () => {
      const { front, cli } = await way.machine(program, registry.url, {
        module: 'acme/prefixed/aws',
        version: '1.2.0',
        front: plainLists,
      })

      const { code } = await cli.run('get')

      expect(code).toBe(0)
      expect(await cli.installed()).toEqual({ it: '1.2.0' })
      expect(String(front.find('/versions').answer.body)).toContain('{"version":"1.2.0"}')
    })

    test('C-18 a version that nobody can parse is refused at the upload, and no list warns of one', async () => {
      for (const version of ['1.2', 'latest', '1.0.0.0', '01.0.0']) {
        const answer = await registry.admin.publishModule('acme/vpc/aws', version)
        expect(answer.status, version).toBe(422)
      }
      const { cli } = await way.machine(program, registry.url, { module: 'acme/vpc/aws' })

      const { code, text } = await cli.run('get')

      expect(code).toBe(0)
      expect(text).not.toMatch(/warning|ignored/i)
    })

    test('C-18 a registry that lists such a version makes the client warn', async () => {
      const { cli } = await way.machine(program, registry.url, {
        module: 'acme/vpc/aws',
        front: changingList((versions) => versions.push({ version: 'latest' })),
      })

      const { code, text } = await cli.run('get')

      expect(code).toBe(0)
      expect(text).toMatch(/returned an invalid version string "latest"/)
    })

    test.each([
      [undefined, '1.1.0'],
      ['~> 1.0.0', '1.0.0'],
      ['2.0.0-rc1', '2.0.0-rc1'],
    ])('C-19 the constraint %s installs %s', async (constraint, version) => {
      const { cli } = await way.machine(program, registry.url, { module: 'acme/vpc/aws', version: constraint })

      const { code } = await cli.run('get')

      expect(code).toBe(0)
      expect(await cli.installed()).toEqual({ it: version })
      expect(await cli.installedFile('it', 'version.txt')).toBe(version)
    })

    test('C-19 a range does not reach a prerelease', async () => {
      const { cli } = await way.machine(program, registry.url, {
        module: 'acme/vpc/aws',
        version: '>= 2.0.0-rc1',
      })

      const { code, text } = await cli.run('get')

      expect(code).toBe(1)
      expect(text).toMatch(/no available version of module .* matches the given version constraint/)
    })

    test('C-20 a constraint that nothing meets is answered with the newest version that there is', async () => {
      const { cli } = await way.machine(program, registry.url, { module: 'acme/vpc/aws', version: '>= 3.0.0' })

      const { code, text } = await cli.run('get')

      expect(code).toBe(1)
      expect(text).toMatch(/The newest available version is 1\.1\.0\./)
    })

    test('C-21 the download is answered with 204 and the link in X-Terraform-Get', async () => {
      const { front, cli } = await way.machine(program, registry.url, { module: 'acme/vpc/aws' })

      const { code } = await cli.run('get')

      const { answer } = front.find('/1.1.0/download')
      expect(code).toBe(0)
      expect(answer.status).toBe(204)
      expect(answer.headers['x-terraform-get']).toMatch(
        /^\/archives\/modules\/acme\/vpc\/aws\/1\.1\.0\/local-\w{10}\/\w{64}\.tar\.gz\?/,
      )
      expect(answer.body).toHaveLength(0)
    })

    test('C-22 the link serves as `location` of a 200 too, without a token', async () => {
      const link200 = changingDownload((reply, link) => ({
        status: 200,
        headers: { ...reply.headers, 'content-type': 'application/json' },
        body: JSON.stringify({ location: link }),
      }))
      const { front, cli } = await way.machine(program, registry.url, { module: 'acme/vpc/aws', front: link200 })

      const { code } = await cli.run('get')

      expect(code).toBe(0)
      expect(await cli.installed()).toEqual({ it: '1.1.0' })
      expect(front.find('.tar.gz').headers.authorization).toBeUndefined()
    })

    test('C-23 a link in the body alone is no link for terraform, which is why it stands in the header', async () => {
      const bodyOnly = changingDownload((_reply, link) => ({
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ location: link }),
      }))
      const { cli } = await way.machine(program, registry.url, { module: 'acme/vpc/aws', front: bodyOnly })

      const { code, text } = await cli.run('get')

      if (program.name === 'tofu') return expect(code).toBe(0)
      expect(code).toBe(1)
      expect(text).toMatch(/failed to get download URL for ".*acme\/vpc\/aws": 200 OK resp/)
    })

    test('C-31 a folder of the module is installed, and one that it lacks is said to be unreadable', async () => {
      const front = await way.front(registry.url)
      const source = `${front.host}/acme/nested/aws//modules`
      const cli = await workplace(program, { through: front, files: { 'main.tf': calling(`${source}/inner`) } })

      const found = await cli.run('get')
      await cli.write({ 'main.tf': calling(`${source}/outer`) })
      const missing = await cli.run('get')

      expect(found.code).toBe(0)
      expect(await cli.installedFile('it', 'who.txt')).toBe('inner')
      expect(missing.code).toBe(1)
      expect(missing.text).toMatch(/Unreadable module subdirectory/)
    })

    test('C-34 a second get asks nobody; -update and init -upgrade ask everything again', async () => {
      const { front, cli } = await way.machine(program, registry.url, { module: 'acme/vpc/aws' })
      const requestsOf = async (...args: string[]) => {
        const before = front.seen.length
        const { code } = await cli.run(...args)
        expect(code).toBe(0)
        return front.requests().slice(before)
      }

      const first = await requestsOf('get')

      expect(first).toContain('GET /v1/modules/acme/vpc/aws/versions')
      expect(await requestsOf('get')).toEqual([])
      expect(await requestsOf('init', '-input=false')).toEqual([])
      expect(await requestsOf('get', '-update')).toEqual(first)
      expect(await requestsOf('init', '-input=false', '-upgrade')).toEqual(first)
    })

    test('C-35 one module at two versions: the list is asked once, the download once per version', async () => {
      const front = await way.front(registry.url)
      const source = `${front.host}/acme/vpc/aws`
      const calls = calling(source, '1.0.0', 'old') + calling(source, '1.1.0', 'new') + calling(source, '1.1.0', 'same')
      const cli = await workplace(program, { through: front, files: { 'main.tf': calls } })

      const { code } = await cli.run('get')

      const asked = front.requests().filter((request) => request.startsWith('GET /v1/modules/'))
      expect(code).toBe(0)
      expect(await cli.installed()).toEqual({ old: '1.0.0', new: '1.1.0', same: '1.1.0' })
      expect(asked.filter((request) => request.endsWith('/versions'))).toHaveLength(1)
      expect(asked.filter((request) => request.endsWith('/1.0.0/download'))).toHaveLength(1)
      expect(asked.filter((request) => request.endsWith('/1.1.0/download')).length).toBeGreaterThanOrEqual(1)
    })

    test('C-36 a version that is listed and not there is not found', async () => {
      const { front, cli } = await way.machine(program, registry.url, {
        module: 'acme/vpc/aws',
        front: changingList((versions) => versions.push({ version: '9.9.9' })),
      })

      const { code, text } = await cli.run('get')

      expect(code).toBe(1)
      expect(text).toMatch(/module ".*acme\/vpc\/aws" version "9\.9\.9" not found/)
      expect(front.find('/9.9.9/download').answer.status).toBe(404)
    })

    test('C-37 a version that is deleted while it is installed is answered with our own sentence', async () => {
      const address = `acme/gone${unusedNumber()}/aws`
      await publish(address, '1.0.0')
      const { cli } = await way.machine(program, registry.url, {
        module: address,
        front: {
          async answer({ url }) {
            if (url.endsWith('/download')) await registry.admin.send('DELETE', `/api/v1/modules/${address}/1.0.0`)
            return undefined
          },
        },
      })

      const { code, text } = await cli.run('get')

      expect(code).toBe(1)
      expect(text).toMatch(/error getting download location for/)
      expect(text).toContain('410 Gone')
      expect(text).toContain(`{"errors":["Version 1.0.0 of ${address} was deleted."],"code":"version-deleted"}`)
    })

    test('C-40 capitals reach the registry as they were typed, and find the module', async () => {
      const { front, cli } = await way.machine(program, registry.url, { module: 'Acme/VPC/aws', version: '1.0.0' })

      const { code } = await cli.run('get')

      expect(code).toBe(0)
      expect(front.requests()).toContain('GET /v1/modules/Acme/VPC/aws/versions')
      expect(front.requests()).toContain('GET /v1/modules/Acme/VPC/aws/1.0.0/download')
      expect(await cli.installedFile('it', 'version.txt')).toBe('1.0.0')
    })

    test.each(['my-aws', 'AWS'])('C-41 the system %s is refused by the client, before it asks', async (system) => {
      const { front, cli } = await way.machine(program, registry.url, {
        module: `acme/vpc/${system}`,
        version: '1.0.0',
      })

      const { code, text } = await cli.run('get')

      expect(code).toBe(1)
      expect(text).toMatch(/invalid target system|Invalid registry module source address/)
      expect(front.seen).toEqual([])
      expect((await registry.admin.publishModule(`acme/vpc/${system}`, '1.0.0')).status).toBe(400)
    })

    test('C-42 a version that differs in build metadata alone is refused, so the one that is asked for is installed', async () => {
      const twin = await registry.admin.publishModule('acme/built/aws', '1.0.0+b2')
      const { front, cli } = await way.machine(program, registry.url, { module: 'acme/built/aws', version: '1.0.0+b1' })

      const { code } = await cli.run('get')

      expect(twin.status).toBe(409)
      expect(twin.json.code).toBe('version-twin')
      expect(code).toBe(0)
      expect(await cli.installedFile('it', 'version.txt')).toBe('1.0.0+b1')
      expect(front.requests()).toContain('GET /v1/modules/acme/built/aws/1.0.0+b1/download')
    })
  }),
)

let numbersUsed = 0
const unusedNumber = () => {
  numbersUsed += 1
  return numbersUsed
}
