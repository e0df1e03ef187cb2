/** Versions as they may be published: strict SemVer 2 (https://semver.org), one leading `v` taken off. Pure. */
import { usage } from './exit.ts'

const number = '(?:0|[1-9][0-9]*)'
const prerelease = `(?:${number}|[0-9]*[A-Za-z-][0-9A-Za-z-]*)`
const strict = new RegExp(
  `^${number}\\.${number}\\.${number}(?:-${prerelease}(?:\\.${prerelease})*)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`,
)
const maxLength = 128

export function publishedVersion(text: string): string {
  const version = text.startsWith('v') ? text.slice(1) : text
  if (version.length <= maxLength && strict.test(version)) return version
  throw usage(
    `${JSON.stringify(text.slice(0, maxLength))} is not a SemVer 2 version.`,
    'Use three numbers without leading zeros, such as 1.4.0, or 1.4.0-rc.1 for a prerelease.',
  )
}
