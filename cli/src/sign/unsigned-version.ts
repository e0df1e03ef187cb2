/** A provider version before it is signed: the zips that are built. */
import { zipFileName, zipOfVersion } from '@cadastre/contract/shasums'
import { exit, Failure } from '../exit.ts'
import { readProviderDist } from '../provider-dist.ts'

export type UnsignedVersion = {
  path: string
  type: string
  version: string
  /** names of its zips, sorted */
  zips: string[]
}

/** @param wanted the version, where there are several */
export function readUnsignedVersion(folder: string, wanted?: string): UnsignedVersion {
  const { path, type, version, files } = readProviderDist(folder, wanted)
  const zips = files.filter((name) => name.startsWith(`terraform-provider-${type}_${version}`) && name.endsWith('.zip'))
  const odd = zips.find((name) => !zipOfVersion(name, { type, version }))
  const expected = zipFileName({ type, version }, { os: 'OS', arch: 'ARCH' })
  if (odd) throw refused('zip-name', `${odd} is not called like ${expected}.`, 'Rename it, or take it away.')
  if (zips.length === 0) throw refused('zip-missing', `${path} holds no ${expected}.`, 'Build the provider first.')
  return { path, type, version, zips: zips.sort() }
}

const refused = (code: string, message: string, hint: string) => new Failure(exit.content, code, message, hint)
