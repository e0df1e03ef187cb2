/** Providers for the cases: published as a pipeline does it, spoiled on their way to a client, and remembered in its lock file. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { zip } from '../server/test/archives.ts'
import { type Answer, expectStatus } from '../server/test/client.ts'
import { type Dist, makeSigningKey, type TestKey } from '../server/test/provider-dist.ts'
import type { TestRegistry } from '../server/test/registry.ts'
import type { Front, FrontOptions, Reply, Seen } from './front.ts'
import type { Workplace } from './terraform.ts'

const systems: Record<string, string> = { win32: 'windows', darwin: 'darwin', freebsd: 'freebsd', openbsd: 'openbsd' }
const architectures: Record<string, string> = { x64: 'amd64', ia32: '386' }

/** What the clients on this machine ask for. */
export const [os, arch] = [
  systems[process.platform] ?? process.platform,
  architectures[process.arch] ?? process.arch,
] as const
export const platform = `${os}_${arch}`

export const allPlatforms = [...new Set(['linux_amd64', 'darwin_arm64', 'windows_amd64', platform])]

export async function addKey(registry: TestRegistry, namespace: string, key?: TestKey): Promise<void> {
  const { armoredPublic: armored } = key ?? (await makeSigningKey())
  expectStatus(await registry.admin.send('POST', `/api/v1/namespaces/${namespace}/signing-keys`, { armored }), 201)
}

export async function publish(registry: TestRegistry, namespace: string, dist: Dist): Promise<void> {
  expectStatus(await tryToPublish(registry, namespace, dist), 201)
}

/** @returns the first refusal, or what the last request was answered */
export async function tryToPublish(registry: TestRegistry, namespace: string, dist: Dist): Promise<Answer> {
  const folder = `/api/v1/providers/${namespace}/${dist.type}/${dist.version}`
  for (const [name, content] of dist.files) {
    const sent = await registry.admin.send('PUT', `${folder}/files/${name}`, content)
    if (sent.status !== 200) return sent
  }
  return registry.admin.send('POST', `${folder}/publish`)
}

/** The four requests of an installation by what they are for. */
export const isList = ({ url }: { url: string }) => pathOf(url).endsWith('/versions')
export const isMetadata = ({ url }: { url: string }) => pathOf(url).includes('/download/')
export const isSums = ({ url }: { url: string }) => pathOf(url).endsWith('_SHA256SUMS')
export const isSignature = ({ url }: { url: string }) => pathOf(url).endsWith('_SHA256SUMS.sig')
export const isZip = ({ url }: { url: string }) => pathOf(url).endsWith('.zip')

const pathOf = (url: string) => url.split('?')[0]!

export type Asked = (request: { url: string }) => boolean

/** Answers without the encoding that clients ask for, so that they can be read and changed on their way. */
export const plain: FrontOptions = { headers: { 'accept-encoding': 'identity' } }

/** A front that changes an answer of this kind. */
export const changing = (asked: Asked, change: (reply: Required<Reply>) => Reply): FrontOptions => ({
  ...plain,
  change: (reply, request) => (asked(request) && reply.status === 200 ? change(reply) : reply),
})

// biome-ignore lint/suspicious/noExplicitAny: whatever the document holds
export const changingJson = (asked: Asked, change: (document: any) => void): FrontOptions =>
  changing(asked, (reply) => {
    const document = JSON.parse(String(reply.body))
    change(document)
    return { ...reply, body: JSON.stringify(document) }
  })

/** A registry that answers with the files of another release under the addresses of this one. */
export function servingInstead(dist: Dist): FrontOptions {
  const other = dist.files.get(zipName(dist))!
  const { change } = changingJson(isMetadata, (document) => {
    document.shasum = sha256(other)
    // Says something of the old zip, and may be left out.
    delete document.packages
  })
  return {
    ...plain,
    change(reply, request) {
      if (isZip(request))
        return { ...reply, headers: { ...reply.headers, 'content-length': String(other.length) }, body: other }
      if (isSums(request)) return { ...reply, body: dist.sums }
      if (isSignature(request)) return { ...reply, body: dist.files.get(dist.signatureName)! }
      return change!(reply, request)
    },
  }
}

export function withSignature(dist: Dist, signature: Buffer): Dist {
  return { ...dist, files: new Map([...dist.files, [dist.signatureName, signature]]) }
}

/** What the zips of a release hold is no longer found by a client. */
export function binaryElsewhere(files: Map<string, Buffer>): void {
  for (const name of files.keys()) {
    const [, type] = /^terraform-provider-([^_]+)_.*\.zip$/.exec(name) ?? []
    if (type) files.set(name, zip({ [`bin/terraform-provider-${type}`]: '#!/bin/sh\n' }))
  }
}

export const findRequest = ({ seen }: Front, asked: Asked): Seen => {
  const found = seen.find(asked)
  if (!found) throw new Error(`nobody asked for that, only for ${seen.map(({ url }) => url).join(' ')}`)
  return found
}

export const documentOf = (front: Front, asked: Asked) => JSON.parse(String(findRequest(front, asked).answer.body))

export const lockFile = (cli: Workplace): Promise<string> => readFile(join(cli.folder, '.terraform.lock.hcl'), 'utf8')

/** The hashes that a lock file trusts. */
export const lockedHashes = (lock: string): string[] =>
  [...lock.matchAll(/"((?:h1|zh):[^"]+)"/g)].map(([, hash]) => hash!)

export const sha256 = (content: Buffer | string) => createHash('sha256').update(content).digest('hex')

/** As a line of SHA256SUMS has it. */
export const zipName = ({ type, version }: Pick<Dist, 'type' | 'version'>, on = platform) =>
  `terraform-provider-${type}_${version}_${on}.zip`
