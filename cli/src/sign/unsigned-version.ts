/** A provider version before it is signed: the zips that are built, and the manifest that belongs among them. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { readManifest } from '@cadastre/contract/provider-manifest'
import { manifestFileName, zipFileName, zipOfVersion } from '@cadastre/contract/shasums'
import { exit, Failure } from '../exit.ts'
import { readProviderDist } from '../provider-dist.ts'

export type UnsignedVersion = {
  path: string
  type: string
  version: string
  /** names of its zips, sorted */
  zips: string[]
  /** whether the manifest lies among the zips, under the name that it is published by */
  hasManifest: boolean
}

/** What the manifest is called in a repository. */
export const nameInRepository = 'terraform-registry-manifest.json'

/** @param wanted the version, where there are several */
export function readUnsignedVersion(folder: string, wanted?: string): UnsignedVersion {
  const { path, type, version, files } = readProviderDist(folder, wanted)
  const zips = files.filter((name) => name.startsWith(`terraform-provider-${type}_${version}`) && name.endsWith('.zip'))
  const odd = zips.find((name) => !zipOfVersion(name, { type, version }))
  const expected = zipFileName({ type, version }, { os: 'OS', arch: 'ARCH' })
  if (odd) throw refused('zip-name', `${odd} is not called like ${expected}.`, 'Rename it, or take it away.')
  if (zips.length === 0) throw refused('zip-missing', `${path} holds no ${expected}.`, 'Build the provider first.')
  const hasManifest = files.includes(manifestFileName({ type, version }))
  return { path, type, version, zips: zips.sort(), hasManifest }
}

/** In the folder, or in the one above, where the manifest lies in a repository. */
export const findManifestOfRepository = (folder: string): string | undefined =>
  [join(folder, nameInRepository), join(dirname(resolve(folder)), nameInRepository)].find((path) => existsSync(path))

/** @throws Failure when the registry could not use it */
export function checkManifest(path: string): void {
  readManifest(readFileSync(path), (fault, sentence, hint) => refused(`manifest-${fault}`, sentence, hint))
}

const refused = (code: string, message: string, hint: string) => new Failure(exit.content, code, message, hint)
