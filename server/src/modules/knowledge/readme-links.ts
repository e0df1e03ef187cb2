/** Where the links of a README lead: into the files of its own version. Pure. */
import type { ModuleAddress } from '../module.ts'

type VersionAddress = ModuleAddress & { version: string }

const below = (start: string, { namespace, name, system, version }: VersionAddress) =>
  `${start}/modules/${namespace}/${name}/${system}/${encodeURIComponent(version)}/files/`

/** The page of a file. */
export const filePages = (version: VersionAddress) => below('', version)

/** Its bytes, for images. */
export const rawFiles = (version: VersionAddress) => `${below('/api/v1', version)}raw/`

/** Rendered once, it knows nothing of the path that this registry may lie below today. */
export function readmeBelow(basePath: string, html: string, version: VersionAddress): string {
  if (basePath === '') return html
  return [filePages(version), rawFiles(version)].reduce(
    (text, start) => text.replaceAll(`="${start}`, `="${basePath}${start}`),
    html,
  )
}
