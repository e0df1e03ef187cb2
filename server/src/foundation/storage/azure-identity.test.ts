/** Storage in Azure by the identity of the machine, against Azurite, which believes what a token says of itself. */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { azuriteMissing, startAzurite } from '../../../test/azurite.ts'
import { hasOpenssl, makeCertificates } from '../../../test/certificates.ts'
import { settings } from '../config/settings.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../../..', import.meta.url))
const missing = azuriteMissing ?? (hasOpenssl ? undefined : 'openssl is missing')

test.skipIf(missing)(
  missing ? `identities (${missing})` : 'an identity of the machine reads, writes and signs links',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cadastre-azure-'))
    const { ca, cert, key } = makeCertificates(folder)
    const secure = await startAzurite({ cert, key })
    const identity = createServer((_request, answer) =>
      answer.setHeader('content-type', 'application/json').end(JSON.stringify(tokenOfIdentity())),
    )
    await once(identity.listen(0, '127.0.0.1'), 'listening')
    const azure = settings.parse({
      storage: {
        azure: {
          account_name: secure.account,
          auth_method: 'workload_identity',
          container_name: 'modules',
          endpoint: `${secure.origin}/${secure.account}`,
        },
      },
    }).storage.azure

    // A process of its own: certificates that are trusted besides the usual ones are read at its start.
    const { stdout } = await run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', identityScript], {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        NODE_EXTRA_CA_CERTS: ca,
        IDENTITY_ENDPOINT: `http://127.0.0.1:${(identity.address() as AddressInfo).port}`,
        IDENTITY_HEADER: 'secret',
        SETTINGS: JSON.stringify(azure),
        ACCOUNT_KEY: secure.accountKey,
      },
    }).finally(async () => {
      identity.close()
      await secure.stop()
      await rm(folder, { recursive: true })
    })

    expect(JSON.parse(stdout)).toEqual({ read: 'x', linked: 'x', delegated: true })
  },
)

const identityScript = `
  import { createHash } from 'node:crypto'
  import { Readable } from 'node:stream'
  import { text } from 'node:stream/consumers'
  import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob'
  import { azureStorage } from './server/src/foundation/storage/azure.ts'

  const settings = JSON.parse(process.env.SETTINGS)
  const owner = new StorageSharedKeyCredential(settings.account_name, process.env.ACCOUNT_KEY)
  await new BlobServiceClient(settings.endpoint, owner).createContainer(settings.container_name)
  const storage = await azureStorage(settings)
  const promised = { sha256: createHash('sha256').update('x').digest('hex'), sizeBytes: 1 }
  await storage.put('modules/a', Readable.from([Buffer.from('x')]), promised)
  const link = await storage.link('modules/a', { lifetimeSeconds: 60, fileName: 'a' })
  const linked = await (await fetch(link)).text()
  const read = await text(await storage.get('modules/a'))
  console.log(JSON.stringify({ read, linked, delegated: new URL(link).searchParams.has('skoid') }))
  process.exit(0)`

/** As the endpoint of an identity answers; of its token Azurite reads only what it says of itself. */
function tokenOfIdentity() {
  const now = Math.floor(Date.now() / 1000)
  const ids = { oid: randomUUID(), tid: randomUUID() }
  const claims = { aud: 'https://storage.azure.com', iss: `https://sts.windows.net/${ids.tid}/`, ...ids }
  const parts = [
    { alg: 'none', typ: 'JWT' },
    { ...claims, iat: now - 60, nbf: now - 60, exp: now + 3600 },
  ]
  const token = [...parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')), 'x'].join('.')
  return { access_token: token, expires_on: String(now + 3600), resource: claims.aud, token_type: 'Bearer' }
}
