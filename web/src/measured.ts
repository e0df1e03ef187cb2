/** Whether a version number says as much as changed; the same rule as when it is published. */
import type { moduleTemplate } from '@cadastre/contract/module-pages'
import type { Answer } from '@cadastre/contract/question'
import { allowedStep, isWithin, stepOfNumbers, type VersionNumbers } from '@cadastre/contract/version-step'

type Version = Answer<`${typeof moduleTemplate}/versions`>['items'][number]
type Measured = Pick<Version, 'version' | 'measuredStep' | 'measuredFrom'>

export function saysTooLittle({ version, measuredStep, measuredFrom }: Measured): boolean {
  if (measuredStep === null || measuredFrom === null) return false
  const [from, to] = [numbersOf(measuredFrom), numbersOf(version)]
  return !isWithin(measuredStep, allowedStep(stepOfNumbers(from, to), from))
}

/** The registry lists versions that it has parsed. */
function numbersOf(version: string): VersionNumbers {
  const [core = '', ...prerelease] = version.split('+')[0]!.split('-')
  const [major = 0, minor = 0, patch = 0] = core.split('.').map(Number)
  return { major, minor, patch, prerelease: prerelease.join('-') }
}
