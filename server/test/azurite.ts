/** Starts the blob part of Azurite, the stand-in for Azure Blob Storage; it lies in emulators/, apart from all else. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob'
import { freePort } from './free-port.ts'

const packages = fileURLToPath(new URL('emulators/node_modules/', import.meta.url))
const program = join(packages, 'azurite/dist/src/blob/main.js')

// npm writes this file last.
export const azuriteMissing = existsSync(join(packages, '.package-lock.json'))
  ? undefined
  : 'Azurite is not installed: npm test does that'

export type Azurite = {
  origin: string
  account: string
  accountKey: string
  service: BlobServiceClient
  stop(): Promise<void>
}

/** @param tls files of a certificate for localhost; with them it speaks https and takes tokens of identities */
export async function startAzurite(tls?: { cert: string; key: string }): Promise<Azurite> {
  const folder = await mkdtemp(join(tmpdir(), 'cadastre-azurite-'))
  const [port, account, accountKey] = [await freePort(), 'cadastretest', randomBytes(64).toString('base64')]
  const flags = ['--inMemoryPersistence', '--skipApiVersionCheck', '--disableTelemetry', '--silent']
  const place = ['--blobHost', '127.0.0.1', '--blobPort', String(port)]
  const secure = tls ? ['--cert', tls.cert, '--key', tls.key, '--oauth', 'basic'] : []
  const child = spawn(process.execPath, [program, ...place, ...flags, ...secure], {
    cwd: folder,
    env: { ...process.env, AZURITE_ACCOUNTS: `${account}:${accountKey}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // A test that fails before it stops this leaves nothing running.
  const kill = () => child.kill()
  process.once('exit', kill)
  child.once('exit', () => process.off('exit', kill))
  let said = ''
  const listening = new Promise<void>((resolve, reject) => {
    const hear = (words: Buffer) => {
      said += words
      if (said.includes('successfully listens')) resolve()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', () => reject(new Error(`Azurite did not start: ${said}`)))
  })
  await listening
  const origin = tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`
  return {
    origin,
    account,
    accountKey,
    service: new BlobServiceClient(`${origin}/${account}`, new StorageSharedKeyCredential(account, accountKey)),
    async stop() {
      if (child.exitCode === null) {
        child.kill('SIGTERM')
        await once(child, 'exit')
      }
      await rm(folder, { recursive: true, force: true })
    },
  }
}
