/** Whether a version number says as much as changed; the same rule as when it is published. */
import type { Answer } from '@cadastre/contract/question'
import type { moduleTemplate } from './shown.ts'

type Version = Answer<`${typeof moduleTemplate}/versions`>['items'][number]
type Step = NonNullable<Version['measuredStep']>

const steps: Step[] = ['none', 'patch', 'minor', 'major']

/** Before 1.0.0 the second number stands for the first. */
function allowed(from: string, to: string): Step {
  const [major, minor] = to.split('.')
  const [majorBefore, minorBefore] = from.split('.')
  if (major !== majorBefore) return 'major'
  if (majorBefore === '0') return minor === minorBefore ? 'minor' : 'major'
  return minor === minorBefore ? 'patch' : 'minor'
}

type Measured = Pick<Version, 'version' | 'measuredStep' | 'measuredFrom'>

export const saysTooLittle = ({ version, measuredStep, measuredFrom }: Measured): boolean =>
  measuredStep !== null &&
  measuredFrom !== null &&
  steps.indexOf(measuredStep) > steps.indexOf(allowed(measuredFrom, version))
