/** What two version numbers say of the step between them. Pure, for the registry and for its pages alike. */
import type { VersionStep } from './modules.ts'

/** Of SemVer; `prerelease` is empty where there is none. */
export type VersionNumbers = { major: number; minor: number; patch: number; prerelease: string }

const steps: VersionStep[] = ['none', 'patch', 'minor', 'major']
export const isWithin = (step: VersionStep, allowed: VersionStep) => steps.indexOf(step) <= steps.indexOf(allowed)

export function stepOfNumbers(from: VersionNumbers, to: VersionNumbers): VersionStep {
  if (from.major !== to.major) return 'major'
  if (from.minor !== to.minor) return 'minor'
  return from.patch !== to.patch ? 'patch' : 'none'
}

/**
 * SemVer promises nothing of a prerelease, nor before 1.0.0. The first is taken as it is. Of the second callers would
 * have nothing, so the second number is read as the first, as those do who pin `~> 0.4.1`: additions fit into any
 * release, and what breaks needs a new second number.
 */
export function allowedStep(stated: VersionStep, from: VersionNumbers): VersionStep {
  if (from.prerelease !== '') return 'major'
  if (from.major > 0) return stated
  return stated === 'patch' ? 'minor' : stated === 'minor' ? 'major' : stated
}
