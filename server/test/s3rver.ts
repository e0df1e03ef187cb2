/** A stand-in for S3 on a free port of this machine, in a process of its own. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'

const require = createRequire(import.meta.url)

export type S3rver = {
  endpoint: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
  stop(): Promise<void>
}

export async function startS3rver(): Promise<S3rver> {
  const [port, bucket] = [await freePort(), 'cadastre-test']
  const directory = await mkdtemp(join(tmpdir(), 'cadastre-s3rver-'))
  const program = require.resolve('s3rver/bin/s3rver.js')
  const child = spawn(
    process.execPath,
    // It makes the names of its pages with DES, which OpenSSL has put aside.
    ['--openssl-legacy-provider', program, '-a', '127.0.0.1', '-p', `${port}`, '-d', directory, '--silent'].concat(
      '--configure-bucket',
      bucket,
    ),
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const leave = () => void child.kill('SIGKILL')
  process.once('exit', leave)
  for await (const line of child.stdout) if (`${line}`.includes('listening')) break
  return {
    endpoint: `http://127.0.0.1:${port}`,
    bucket,
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
    async stop() {
      process.off('exit', leave)
      const ended = child.exitCode === null ? once(child, 'exit') : undefined
      child.kill('SIGKILL')
      await ended
      await rm(directory, { recursive: true, force: true })
    },
  }
}
