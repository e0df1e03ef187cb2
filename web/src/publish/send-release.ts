/** Brings a release to the registry: what has arrived before is not sent again, and all of it goes live at once. */
import { question } from '@cadastre/contract/question'
import { api, ask, changed, Refused } from '../api.ts'
import { type Refuse, type Release, refuseDiffering, sha256Of } from './release.ts'
import type { sourceIn } from './SourceField.tsx'
import { send } from './send.ts'

/** How much of a file has gone, from 0 to 1; `there` once the registry has it; undefined before, and when it failed. */
export type Sent = number | 'there' | undefined
export type PublishedRelease = { address: string; version: string; warnings: string[] }

type Note = (name: string, how: Sent) => void
type Path = { namespace: string; type: string; version: string }
type Source = ReturnType<typeof sourceIn>

const template = '/api/v1/providers/{namespace}/{type}/{version}/files'

/** @throws Refused, by the rules of a release before anything is sent, and by the registry */
export async function sendRelease(
  release: Release,
  namespace: string,
  source: Source,
  note: Note,
): Promise<PublishedRelease> {
  const path = { namespace, type: release.type, version: release.version }
  await refuseDiffering(release, refuse)
  const there = await whatIsThere(path, release)
  for (const { name, content } of release.small) {
    const own = await sha256Of(content)
    await bring(path, name, content, own === undefined || there.get(name) !== own, note)
  }
  // The signature is judged before the zips are sent, and what lacks then is zips alone.
  const early = await goLive(path, source, 'true')
  if (early) return early
  for (const { name, content, sha256 } of release.zips)
    await bring(path, name, content, there.get(name) !== sha256, note)
  return (await goLive(path, source, 'false'))!
}

export const refuse: Refuse = (code, detail, hint) =>
  new Refused({ code, title: 'Refused content', status: 422, detail, hint })

/**
 * What an earlier attempt has sent: the checksum of each file. What is none of this release, or has other bytes than it,
 * would stand in its way, and is taken back.
 */
async function whatIsThere(path: Path, { small, zips }: Release): Promise<Map<string, string>> {
  const { items } = await ask(question(template, { path })).catch(() => ({ items: [] }))
  const there = new Map<string, string>()
  for (const { filename, sha256 } of items) {
    const zip = zips.find(({ name }) => name === filename)
    if (zip ? zip.sha256 === sha256 : small.some(({ name }) => name === filename)) there.set(filename, sha256)
    else await changed(api.DELETE(`${template}/{filename}`, { params: { path: { ...path, filename } } }))
  }
  return there
}

async function bring(path: Path, name: string, content: Blob, isMissing: boolean, note: Note): Promise<void> {
  if (isMissing) {
    note(name, 0)
    const url = `${question(template, { path }).url}/${encodeURIComponent(name)}`
    await send(url, content, (share) => note(name, share)).catch((error) => {
      note(name, undefined)
      throw error
    })
  }
  note(name, 'there')
}

/** @returns undefined when files are missing, which may be when it `mayWait` for them */
async function goLive(path: Path, source: Source, mayWait: 'true' | 'false'): Promise<PublishedRelease | undefined> {
  const params = { path, query: { ...source, mayWait } }
  const answer = await changed(api.POST('/api/v1/providers/{namespace}/{type}/{version}/publish', { params }))
  if (answer.outcome === 'waiting') return undefined
  return { address: answer.version.address, version: answer.version.version, warnings: answer.warnings }
}
