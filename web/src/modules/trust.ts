/** What was checked of a version, each stamp leading to where that can be seen. */
import { saysTooLittle } from '../measured.ts'
import type { StampOf } from '../ui/Stamp.tsx'
import type { Details } from './shown.ts'

export function stampsOf(details: Details): StampOf[] {
  const { address, version, sha256, measuredStep, measuredFrom } = details
  const stamps: (StampOf | false)[] = [
    sha256 !== null && {
      label: 'Archive',
      words: `never changes, sha256 ${sha256.slice(0, 12)}`,
      to: `/modules/${address}/${version}/files`,
    },
    measuredStep !== null &&
      measuredFrom !== null && {
        label: 'Number',
        words: saysTooLittle(details)
          ? `${measuredStep} change since ${measuredFrom}, which it does not say`
          : measuredStep === 'none'
            ? `the same as ${measuredFrom}`
            : `says what changed since ${measuredFrom}`,
        tone: saysTooLittle(details) ? 'attention' : 'plain',
        to: `/modules/${address}/compare/${measuredFrom}...${version}`,
      },
  ]
  return stamps.filter((stamp) => stamp !== false)
}
