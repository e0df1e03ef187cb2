/** Which files of a folder go along when it is published as a module: one answer for the command line and the browser. Pure. */
import { ignoreRules } from './terraformignore.ts'

/** By the name of a file or folder, at any depth: what version control, terraform and this system keep for themselves. */
const kept = [
  /^\.git$/,
  /^\.terraform$/,
  /^\.terragrunt-cache$/,
  /^\.terraform\.d$/,
  /^(\.terraformrc|\.tofurc|terraform\.rc|tofu\.rc|credentials\.tfrc\.json)$/,
  /^crash(\..+)?\.log$/,
  /^\.DS_Store$/,
  // Where and as whom a module is published, a token among it perhaps; none of it is for those who use the module.
  // Where case is nothing to the file system, it is read by any of its spellings.
  /^cadastre\.yaml$/i,
]

/** `terraform.tfstate`, `terraform.tfstate.backup`, `terraform.tfstate.d`, `.terraform.tfstate.lock.info`. */
const state = /\.tfstate(\..*)?$/

export const isKeptBack = (name: string): boolean => state.test(name) || kept.some((pattern) => pattern.test(name))

/** Of a path, when it or a folder that it lies in holds state: every secret of what it was made for, in the clear. */
export const isState = (path: string): boolean => path.split('/').some((name) => state.test(name))

/** Of a path, when it is the settings of whoever publishes, which may hold a token. */
export const isSettings = (path: string): boolean => /(^|\/)cadastre\.yaml$/i.test(path)

/** Values that somebody runs a configuration with; in examples they are part of what is shown. */
const mayHoldSecrets = (path: string): boolean => /\.tfvars(\.json)?$/.test(path) && !/(^|\/)examples\//.test(path)

/** What stays out because of a path: it or a folder that it lies in, with its slash; undefined: it goes along. */
export type LeftOut = (path: string) => string | undefined

/** @returns for paths below the module's folder, with `/` between their parts; those of folders end with one */
export function leftOutOf(terraformignore: string): LeftOut {
  const { ignored, final } = ignoreRules(terraformignore)
  return (path) => {
    for (const { index } of path.matchAll(/\//g)) {
      const folder = path.slice(0, index + 1)
      if (isKeptBack(nameOf(path.slice(0, index))) || (final && ignored(folder))) return folder
    }
    if (path.endsWith('/')) return undefined
    return isKeptBack(nameOf(path)) || ignored(path) ? path : undefined
  }
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

const mostNamed = 10

/** `a, b and 3 more` */
export function named(paths: readonly string[]): string {
  const more = paths.length - mostNamed
  return `${paths.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** What to tell whoever sends these files; undefined: nothing. */
export function secretsWarning(paths: readonly string[]): string | undefined {
  const values = paths.filter(mayHoldSecrets)
  if (values.length === 0) return undefined
  const [goes, holds] = values.length === 1 ? ['goes', 'it often holds'] : ['go', 'they often hold']
  return `${named(values)} ${goes} along, and ${holds} secrets; a version never changes. What .terraformignore names stays out.`
}
