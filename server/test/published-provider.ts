/** A version of a provider, published into a registry of tests as the command line would: key, files, finish. */
import { zipOf } from './archives.ts'
import { type Client, expectStatus } from './client.ts'
import { type Dist, type DistOptions, makeDist, makeSigningKey, type TestKey } from './provider-dist.ts'

/** From now on versions with this key's signature are taken. */
export async function trustKey(client: Client, namespace: string, key?: TestKey): Promise<void> {
  const { armoredPublic } = key ?? (await makeSigningKey())
  expectStatus(
    await client.send('POST', `/api/v1/namespaces/${namespace}/signing-keys`, { armored: armoredPublic }),
    201,
  )
}

/** @param namespace one that trusts the key @param from where its code comes from, as the API takes it */
export async function publishProvider(
  client: Client,
  namespace: string,
  options: DistOptions,
  from: { source: string; commit?: string; folder?: string } | Record<string, never> = {},
): Promise<Dist> {
  const dist = await makeDist(options)
  const version = `/api/v1/providers/${namespace}/${dist.type}/${encodeURIComponent(dist.version)}`
  for (const [name, content] of dist.files) {
    expectStatus(await client.send('PUT', `${version}/files/${encodeURIComponent(name)}`, content), 200)
  }
  expectStatus(await client.send('POST', `${version}/publish?${new URLSearchParams(from)}`), 201)
  return dist
}

/** For `change` of a dist: zips that name their folders, whose two h1 hashes differ. */
export function zipFolders(files: Map<string, Buffer>): void {
  for (const name of files.keys()) {
    const type = /^terraform-provider-([a-z0-9-]+)_.*\.zip$/.exec(name)?.[1]
    if (type === undefined) continue
    files.set(
      name,
      zipOf([
        { name: 'docs/', mode: 0o40755 },
        { name: 'docs/README.md', content: name },
        { name: `terraform-provider-${type}`, content: `#!/bin/sh\n# ${name}\n`, mode: 0o100755 },
      ]),
    )
  }
}
