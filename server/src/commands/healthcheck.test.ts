/** `cadastre healthcheck` against a registry, and where none is. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cadastre } from '../../test/command.ts'
import { removeTemporaryFolders, temporaryFolder } from '../../test/embedded.ts'
import { freePort } from '../../test/free-port.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

let registry: TestRegistry
let cwd: string

beforeAll(async () => {
  registry = await startRegistry()
  cwd = await temporaryFolder()
})
afterAll(async () => {
  await registry?.stop()
  await removeTemporaryFolders()
})

const askAt = (port: number | string) => cadastre(['healthcheck'], { cwd, env: { TFR_SERVER_PORT: String(port) } })

test('a registry that is well ends it with 0', async () => {
  const outcome = await askAt(new URL(registry.url).port)

  expect(outcome).toMatchObject({ code: 0, stdout: expect.stringContaining('"status":"healthy"') })
})

test('where nothing listens it says where it asked, and what to look at', async () => {
  const port = await freePort()

  const outcome = await askAt(port)

  expect(outcome).toMatchObject({ code: 7, stdout: '' })
  expect(outcome.stderr).toContain(`The registry does not answer: connect ECONNREFUSED 127.0.0.1:${port}.`)
  expect(outcome.stderr).toContain('cadastre config explain server')
})

test('another answer than 200 is shown', async () => {
  const server = createServer((_request, response) => response.writeHead(503).end('{"status":"unhealthy"}'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const outcome = await askAt((server.address() as AddressInfo).port)

    expect(outcome).toMatchObject({ code: 7, stderr: expect.stringContaining('503: {"status":"unhealthy"}') })
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
})
