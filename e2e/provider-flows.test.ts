/** From what GoReleaser leaves to an installed provider, as people type it: a key, one command, and the block that it prints. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cadastreProgram } from '../cli/test/cadastre.ts'
import { makeDist, makeSigningKey, writeDist } from '../server/test/provider-dist.ts'
import { startRegistry, type TestRegistry } from '../server/test/registry.ts'
import { startFront } from './front.ts'
import { allPlatforms } from './providers.ts'
import { cliEnvironment, eachProgram, runToEnd, workplace } from './terraform.ts'
import { overTls } from './ways.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme', 'private')
})
afterAll(() => registry?.stop())

eachProgram((program) =>
  overTls((tls) => {
    test('the block that `cadastre publish provider` ends with installs what it has published', async () => {
      const type = `greeter-${program.name}`
      const through = await startFront(registry.url, {}, tls())
      const token = await registry.given.key(['providers:write', 'providers:read'])
      const cli = await workplace(program, { through, token })
      const key = await makeSigningKey({ name: 'Releases' })
      await writeFile(join(cli.folder, 'key.asc'), key.armoredPublic)
      await writeDist(
        await makeDist({ type, version: '1.0.0', platforms: allPlatforms, key }),
        join(cli.folder, 'dist'),
      )
      const env = { ...cliEnvironment(cli.folder), TFR_CLI_TOKEN: token }
      const typed = (...args: string[]) =>
        runToEnd(
          process.execPath,
          [cadastreProgram, ...args, '--host', through.url, '--ca-file', through.trust!],
          cli.folder,
          env,
        )

      const unsigned = await typed('publish', 'provider', './dist', '--namespace', 'acme')
      const added = await typed('key', 'add', 'acme', 'key.asc')
      const published = await typed('publish', 'provider', './dist', '--namespace', 'acme')
      const again = await typed('publish', 'provider', './dist', '--namespace', 'acme')
      const block = /^terraform \{\n[\s\S]*?^\}/m.exec(published.said)?.[0]
      await cli.write({ 'providers.tf': block ?? '' })
      const installed = await cli.run('init', '-input=false')

      expect(unsigned.code, unsigned.text).not.toBe(0)
      expect(unsigned.text).toContain(key.keyId)
      for (const { code, text } of [added, published, again]) expect(code, text).toBe(0)
      expect(block, published.said).toContain(`/acme/${type}"`)
      expect(installed.code, installed.text).toBe(0)
      expect(installed.text).toMatch(new RegExp(`acme/${type} v1\\.0\\.0 \\((self-)?signed, key ID ${key.keyId}\\)`))
    })
  }),
)
