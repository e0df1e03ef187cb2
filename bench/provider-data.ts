/** Providers of a bench: documents and rows as publishing leaves them, and versions that are really published. */
import { hash, randomBytes } from 'node:crypto'
import { prepareDocument } from '../server/src/foundation/http/prepared.ts'
import { packageDocumentOf, versionsDocumentOf } from '../server/src/providers/documents.ts'
import { type Dist, makeSigningKey } from '../server/test/provider-dist.ts'
import { namespace } from './data.ts'
import type { Registry } from './registry.ts'

/** Versions of the largest provider of the public registry, and of one that is made up. */
export const [largestProvider, giantProvider] = [402, 720]

/** The twelve commonest. */
export const platforms = [
  'darwin_amd64 darwin_arm64 freebsd_386 freebsd_amd64 freebsd_arm freebsd_arm64',
  'linux_386 linux_amd64 linux_arm linux_arm64 windows_386 windows_amd64',
].flatMap((line) =>
  line.split(' ').map((text) => {
    const [os, arch] = text.split('_') as [string, string]
    return { os, arch }
  }),
)

export const providerListPath = (type: string) => `/v1/providers/${namespace}/${type}/versions`

/** Writes the list of a provider, as publishing so many versions for twelve platforms would. */
export async function insertProviderDocument(registry: Registry, type: string, count: number) {
  const versions = Array.from({ length: count }, (_, index) => ({
    version: `${Math.floor(index / 100)}.${Math.floor(index / 10) % 10}.${index % 10}`,
    protocols: ['5.0'],
    state: 'active' as const,
    deprecation: '',
    platforms,
  })).reverse()
  const { plain, gzip, etag } = prepareDocument(versionsDocumentOf({ namespace, type }, '', versions))
  await registry.sql('insert into documents (key, plain, gzip, etag) values ($1, $2, $3, $4)', [
    `providers/${namespace}/${type}/versions`,
    plain,
    gzip,
    etag,
  ])
  return { plainBytes: plain.length, gzipBytes: gzip.length, etag }
}

/** A provider with the versions 1.0.0 … 1.0.`count - 1` for twelve platforms each; its zips are rows only. */
export async function insertProvider(registry: Registry, type: string, count: number): Promise<void> {
  const someHash = () => randomBytes(32)
  const packageDocument = packageDocumentOf({
    protocols: ['5.0'],
    key: { keyId: '0123456789ABCDEF', armored: armoredText() },
    platforms: platforms.map((platform) => ({
      ...platform,
      sha256: someHash().toString('hex'),
      h1Unpacked: `h1:${someHash().toString('base64')}`,
      sizeBytes: 12_345_678,
    })),
  })
  const sha256 = hash('sha256', `zip of ${type}`)
  await registry.sql(
    `with object as (
       insert into stored_objects (backend, key, sha256, size_bytes, revision, touched_at)
       values ('local', 'providers/' || $2 || '.zip', $2, 12345678, '1764115200000000000-12345678', now()) returning id
     ), provider as (
       insert into providers (namespace_id, namespace, type) select id, name, $1 from namespaces where name = $3 returning id
     ), version as (
       insert into provider_versions (provider_id, version, core, precedence, protocols, shasums, shasums_filename,
         shasums_signature, gpg_key_id, package_document)
       select id, '1.0.' || patch, '1.0.' || patch, 'b1b0' || chr(97 + length(patch::text)) || patch || '~', '{5.0}', 'sums',
         'terraform-provider-' || $1 || '_1.0.' || patch || '_SHA256SUMS', 'signature', '0123456789ABCDEF', $4
       from provider, generate_series(0, $5::int - 1) as patch returning id, version
     )
     insert into provider_platforms (provider_version_id, os, arch, filename, sha256, size_bytes, object_id)
     select version.id, os, arch, 'terraform-provider-' || $1 || '_' || version || '_' || os || '_' || arch || '.zip', $2,
       12345678, object.id
     from version, object, unnest($6::text[], $7::text[]) as platform (os, arch)`,
    [type, sha256, namespace, packageDocument, count, platforms.map(({ os }) => os), platforms.map(({ arch }) => arch)],
  )
  await registry.sql('vacuum analyze providers, provider_versions, provider_platforms, stored_objects')
  // What PostgreSQL has yet to write of this would be counted with the requests.
  await registry.sql('checkpoint')
}

/** As long as a public key of RSA with 4,096 bits, and as hard to compress. */
function armoredText(): string {
  const lines = randomBytes(1_200)
    .toString('base64')
    .match(/.{1,64}/g)!
  return `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${lines.join('\n')}\n-----END PGP PUBLIC KEY BLOCK-----\n`
}

/** From now on the namespace takes what `makeDist` signs. */
export async function trustSigningKey(registry: Registry): Promise<void> {
  const { armoredPublic: armored } = await makeSigningKey()
  await expectOk(registry, 'POST', `/api/v1/namespaces/${namespace}/signing-keys`, { armored })
}

export const versionFolder = ({ type, version }: Pick<Dist, 'type' | 'version'>) =>
  `/api/v1/providers/${namespace}/${type}/${version}`

export async function publishDist(registry: Registry, dist: Dist): Promise<void> {
  for (const [name, content] of dist.files)
    await expectOk(registry, 'PUT', `${versionFolder(dist)}/files/${name}`, content)
  await expectOk(registry, 'POST', `${versionFolder(dist)}/publish`)
}

async function expectOk(registry: Registry, method: string, path: string, body?: unknown): Promise<void> {
  const answer = await registry.request(method, path, { body })
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.body}`)
}
