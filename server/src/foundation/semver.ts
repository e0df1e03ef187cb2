/** Published versions: strict SemVer 2 (https://semver.org), their order, and that order as a text PostgreSQL can sort. */
import { Refusal } from './refusal.ts'

export type Version = {
  /** canonical: without the leading `v` that people like to write */
  text: string
  major: number
  minor: number
  patch: number
  /** `rc.1` of `1.0.0-rc.1`, or empty */
  prerelease: string
  /** `b7` of `1.0.0+b7`, or empty; no client tells two versions apart by it */
  build: string
  /** the text without build metadata: equal for two versions that are one version to every client */
  core: string
}

const maxLength = 128
const shape = /^(?<numbers>[^-+]*)(?:-(?<prerelease>[^+]*))?(?:\+(?<build>.*))?$/s
const digits = /^[0-9]+$/
const identifier = /^[0-9A-Za-z-]+$/

/** @throws Refusal invalid, saying which rule of SemVer the text breaks */
export function parseVersion(text: string): Version {
  const canonical = text.startsWith('v') ? text.slice(1) : text
  if (canonical === '') throw invalid(text, 'it is empty')
  if (canonical.length > maxLength) throw invalid(text, `it is longer than ${maxLength} characters`)

  const { numbers = '', prerelease, build } = shape.exec(canonical)!.groups!
  const parts = numbers.split('.')
  if (parts.length !== 3) throw invalid(text, `it needs three numbers, major.minor.patch, and has ${parts.length}`)
  const [major, minor, patch] = parts.map((part) => number(part, text)) as [number, number, number]
  for (const part of prerelease?.split('.') ?? []) {
    if (!identifier.test(part)) throw invalid(text, misspelt(part, 'prerelease'))
    if (digits.test(part)) number(part, text)
  }
  for (const part of build?.split('.') ?? []) {
    if (!identifier.test(part)) throw invalid(text, misspelt(part, 'build metadata'))
  }

  const core = `${numbers}${prerelease === undefined ? '' : `-${prerelease}`}`
  return { text: canonical, major, minor, patch, prerelease: prerelease ?? '', build: build ?? '', core }
}

/** By precedence: negative when `a` comes before `b`, zero when they differ in build metadata at most. */
export function compareVersions(a: Version, b: Version): number {
  const byNumbers = a.major - b.major || a.minor - b.minor || a.patch - b.patch
  if (byNumbers !== 0) return byNumbers
  if (!a.prerelease || !b.prerelease) return Number(!a.prerelease) - Number(!b.prerelease)
  const [left, right] = [a.prerelease.split('.'), b.prerelease.split('.')]
  for (const [index, part] of left.entries()) {
    const other = right[index]
    if (other === undefined) return 1
    const byPart = compareIdentifiers(part, other)
    if (byPart !== 0) return byPart
  }
  return left.length - right.length
}

/**
 * A text whose plain byte order is the precedence of versions. A number is led by the count of its digits, so that 9
 * comes before 10; `0` marks a numeric and `1` a worded prerelease identifier; `~` stands for a release, which comes
 * after its prereleases; `,` ends a word and is smaller than all that words are made of.
 */
export function precedenceKey({ major, minor, patch, prerelease }: Version): string {
  const numbers = [major, minor, patch].map((value) => sortableNumber(String(value))).join('')
  if (!prerelease) return `${numbers}~`
  const parts = prerelease.split('.').map((part) => (digits.test(part) ? `0${sortableNumber(part)}` : `1${part},`))
  return numbers + parts.join('')
}

const sortableNumber = (number: string) => String.fromCharCode('a'.charCodeAt(0) + number.length) + number

function compareIdentifiers(a: string, b: string): number {
  const [aIsNumber, bIsNumber] = [digits.test(a), digits.test(b)]
  if (aIsNumber && bIsNumber) return Number(a) - Number(b)
  if (aIsNumber !== bIsNumber) return aIsNumber ? -1 : 1
  if (a === b) return 0
  return a < b ? -1 : 1
}

// Bounded so that a number survives JavaScript, JSON and a PostgreSQL bigint unchanged.
function number(part: string, text: string): number {
  if (part === '') throw invalid(text, 'a number is missing')
  if (!digits.test(part)) throw invalid(text, `${JSON.stringify(part)} is not a number`)
  if (part.length > 1 && part.startsWith('0')) throw invalid(text, `the number ${part} starts with a zero`)
  if (!Number.isSafeInteger(Number(part)))
    throw invalid(text, `the number ${part} is larger than ${Number.MAX_SAFE_INTEGER}`)
  return Number(part)
}

const misspelt = (part: string, where: string) =>
  part === ''
    ? `its ${where} has an empty part`
    : `its ${where} ${JSON.stringify(part)} has other characters than letters, digits and hyphens`

const invalid = (text: string, reason: string) =>
  new Refusal(
    'invalid',
    'version-invalid',
    `${JSON.stringify(text.slice(0, maxLength))} is not a SemVer 2 version: ${reason}.`,
    'Use a version such as 1.4.0, or 1.4.0-rc.1 for a prerelease.',
  )
