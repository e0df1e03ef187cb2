/** Which files of a folder are its configuration, and in which order they are read. */
import { nameOf } from '../../foundation/archive/paths.ts'

const extensions = /^(?<stem>.*)(?<extension>\.(?:tf|tofu)(?:\.json)?)$/s

export const isConfiguration = (path: string): boolean => {
  const name = nameOf(path)
  // What editors leave behind is none.
  return extensions.test(name) && !/^(\.|#.*#$)|~$/.test(name)
}

/** A `.tofu` file stands for the `.tf` of the same name, in either syntax; overrides are merged into what came before. */
export function configurationFiles<File extends { path: string }>(
  files: File[],
): { primary: File[]; overrides: File[] } {
  const names = new Set(files.map(({ path }) => nameOf(path)))
  const read = files
    .filter(({ path }) => isConfiguration(path) && !names.has(tofuNameOf(nameOf(path))))
    .sort((a, b) => (nameOf(a.path) < nameOf(b.path) ? -1 : 1))
  return {
    primary: read.filter(({ path }) => !isOverride(path)),
    overrides: read.filter(({ path }) => isOverride(path)),
  }
}

function tofuNameOf(name: string): string {
  const { stem, extension } = extensions.exec(name)?.groups ?? {}
  return extension?.startsWith('.tf') ? `${stem}${extension.replace('.tf', '.tofu')}` : ''
}

function isOverride(path: string): boolean {
  const stem = extensions.exec(nameOf(path))?.groups?.stem ?? ''
  return stem === 'override' || stem.endsWith('_override')
}
