/** What two version numbers say of the step between them, and which number a step asks for. Pure. */
import type { VersionStep } from '@cadastre/contract/modules'
import { allowedStep, stepOfNumbers } from '@cadastre/contract/version-step'
import { compareVersions, type Version } from '../../foundation/semver.ts'

export type Stated = { order: 'forward' | 'backward' | 'same'; stated: VersionStep | null; allowed: VersionStep | null }

export function statedStep(from: Version, to: Version): Stated {
  const order = compareVersions(from, to)
  if (order > 0) return { order: 'backward', stated: null, allowed: null }
  if (order === 0) return { order: 'same', stated: 'none', allowed: 'none' }
  const stated = stepOfNumbers(from, to)
  return { order: 'forward', stated, allowed: allowedStep(stated, from) }
}

/** The lowest version above `from` that may make such a step and whose number nobody has taken. */
export function versionFor(step: VersionStep, from: Version, taken: Version[]): string {
  const { major, minor } = from
  const ofMajor = taken.filter((each) => each.major === major)
  const ofMinor = ofMajor.filter((each) => each.minor === minor)
  const next = (of: Version[], part: 'major' | 'minor' | 'patch') =>
    of.reduce((found, each) => Math.max(found, each[part]), from[part]) + 1
  const numbers = [
    [next(taken, 'major'), 0, 0],
    [major, next(ofMajor, 'minor'), 0],
    [major, minor, next(ofMinor, 'patch')],
  ] as const
  const smallest = step === 'major' ? (major > 0 ? 0 : 1) : step === 'minor' && major > 0 ? 1 : 2
  // Where somebody took the last number that there is, only a larger step is left.
  const free = numbers.slice(0, smallest + 1).findLast((parts) => parts.every(Number.isSafeInteger))
  return (free ?? numbers[0]).join('.')
}
