/** The verdict over all changes between two versions: which step they make, and whether the numbers say so. */
import type { ChangedFile, DiffVerdict, InterfaceChange } from '@cadastre/contract/interface-diff'
import type { VersionStep } from '@cadastre/contract/modules'
import { isWithin } from '@cadastre/contract/version-step'
import type { Version } from '../../foundation/semver.ts'
import { mostSevere } from './change.ts'
import { type RuleName, rules } from './rules.ts'
import { type Stated, statedStep } from './steps.ts'

const stepOf = { breaking: 'major', addition: 'minor', patch: 'patch' } as const

type Judged = {
  from: Version
  to: Version
  changes: InterfaceChange[]
  files: ChangedFile[]
  /** why nothing can be said of the whole; undefined: it can */
  unread: string | undefined
}

export function verdictOn({ from, to, changes, files, unread }: Judged): DiffVerdict {
  const measured = unread === undefined ? measuredStep(changes, files) : null
  const stated = statedStep(from, to)
  const enough = measured && stated.allowed ? isWithin(measured, stated.allowed) : null
  const count = (severity: InterfaceChange['severity']) => changes.filter((each) => each.severity === severity).length
  return {
    ...stated,
    measured,
    enough,
    sentence: unread ?? sentenceOn({ from, to, changes, files }, measured ?? 'none', stated),
    breaking: count('breaking'),
    additions: count('addition'),
    patches: count('patch'),
  }
}

export function measuredStep(changes: InterfaceChange[], files: ChangedFile[]): VersionStep {
  const worst = mostSevere(changes)
  if (worst) return stepOf[worst]
  return files.length > 0 ? 'patch' : 'none'
}

function sentenceOn(
  { from, to, changes, files }: Omit<Judged, 'unread'>,
  measured: VersionStep,
  { order, allowed }: Stated,
): string {
  if (measured === 'none') return `Nothing differs between ${from.text} and ${to.text}.`
  const told = countedChanges(changes, files, measured)
  if (order === 'backward') return `${told} from ${from.text} back to ${to.text}.`
  if (from.prerelease !== '' && measured === 'major') return `${told} since the prerelease ${from.text}.`
  if (order === 'same' || allowed === 'none') return `${told}, though ${from.text} and ${to.text} are one version.`
  const release = releaseOf(from, to)
  return `${told} in ${release}.`
}

function releaseOf(from: Version, to: Version): string {
  if (from.major !== to.major) return 'a major release'
  const early = to.major === 0 ? ' before 1.0.0' : ''
  if (from.minor !== to.minor) return `a minor release${early}`
  return from.patch !== to.patch ? `a patch release${early}` : 'a release of its prerelease'
}

const severityOf: Partial<Record<VersionStep, InterfaceChange['severity']>> = {
  major: 'breaking',
  minor: 'addition',
}

/** The two most frequent of the most severe: `2 inputs were removed and 1 output was removed`. */
function countedChanges(changes: InterfaceChange[], files: ChangedFile[], measured: VersionStep): string {
  const severity = severityOf[measured]
  if (!severity)
    return `The interface stayed the same and ${counted(files.length, ['file was changed', 'files were changed'])}`
  const counts = new Map<RuleName, number>()
  for (const each of changes)
    if (each.severity === severity) counts.set(each.rule as RuleName, (counts.get(each.rule as RuleName) ?? 0) + 1)
  const all = [...counts].sort(([, a], [, b]) => b - a)
  const [first, second, ...more] = all.map(([rule, count]) => counted(count, [rules[rule].one, rules[rule].many]))
  if (!second) return first ?? ''
  return more.length > 0 ? `${first}, ${second} and more` : `${first} and ${second}`
}

const counted = (count: number, [one, many]: [string, string]) => `${count} ${count === 1 ? one : many}`
