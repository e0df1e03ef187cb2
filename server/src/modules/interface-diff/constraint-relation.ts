/**
 * Two version constraints held against each other: which versions that were taken still are. A constraint is a set of
 * intervals, each from a version up to another that is not in it any more. Pure.
 */
import { compareVersions, type Version } from '../../foundation/semver.ts'

export type ConstraintRelation = 'same' | 'rewritten' | 'narrowed' | 'widened' | 'unclear'

/** Terraform itself takes any later version for `~> 1`; of a provider, any later one below 2. */
export type Asked = 'terraform' | 'provider'

type Point = Pick<Version, 'major' | 'minor' | 'patch' | 'prerelease'>
/** `below` undefined: without an end */
type Interval = { from: Point; below: Point | undefined }

const mostParts = 50

/** @param before what has to hold, all of it; null: nothing has to */
export function relateConstraints(before: string | null, after: string | null, asked: Asked): ConstraintRelation {
  const [left, right] = [normal(before), normal(after)]
  if (left === right) return before === after || left === '' ? 'same' : 'rewritten'
  const [was, is] = [intervalsOf(left, asked), intervalsOf(right, asked)]
  if (!was || !is) return 'unclear'
  const [stillTaken, takenBefore] = [isWithin(was, is), isWithin(is, was)]
  if (stillTaken) return takenBefore ? 'rewritten' : 'widened'
  return 'narrowed'
}

const normal = (constraint: string | null) => (constraint ?? '').replace(/\s+/g, '')

const start: Point = { major: 0, minor: 0, patch: 0, prerelease: '' }
const everything: Interval[] = [{ from: start, below: undefined }]

/** @returns undefined when it is none that clients read */
function intervalsOf(constraint: string, asked: Asked): Interval[] | undefined {
  if (constraint === '') return everything
  const parts = constraint.split(',')
  if (parts.length > mostParts) return undefined
  let found: Interval[] = everything
  for (const part of parts) {
    const allowed = partIntervals(part, asked)
    if (!allowed) return undefined
    found = intersection(found, allowed)
  }
  return found
}

const shape =
  /^(=|!=|>|>=|<|<=|~>)?v?(\d{1,15})(?:\.(\d{1,15}))?(?:\.(\d{1,15}))?(?:-([0-9A-Za-z.-]{1,100}))?(?:\+[0-9A-Za-z.-]{1,100})?$/

function partIntervals(part: string, asked: Asked): Interval[] | undefined {
  const match = shape.exec(part)
  if (!match) return undefined
  const [, operator = '=', major = '0', minor, patch, prerelease = ''] = match
  const at: Point = { major: Number(major), minor: Number(minor ?? 0), patch: Number(patch ?? 0), prerelease }
  const next = after(at)
  switch (operator) {
    case '=':
      return [{ from: at, below: next }]
    case '!=':
      return [
        { from: start, below: at },
        { from: next, below: undefined },
      ]
    case '>':
      return [{ from: next, below: undefined }]
    case '>=':
      return [{ from: at, below: undefined }]
    case '<':
      return [{ from: start, below: at }]
    case '<=':
      return [{ from: start, below: next }]
    default:
      return [{ from: at, below: pessimisticEnd(at, minor, patch, asked) }]
  }
}

function pessimisticEnd(
  { major, minor: minorNumber }: Point,
  minor: string | undefined,
  patch: string | undefined,
  asked: Asked,
) {
  if (patch !== undefined) return { ...start, major, minor: minorNumber + 1 }
  if (minor !== undefined || asked === 'provider') return { ...start, major: major + 1 }
  return undefined
}

/** The next version there can be: of releases, since no constraint takes a prerelease by accident. */
const after = (at: Point): Point =>
  at.prerelease === '' ? { ...at, patch: at.patch + 1 } : { ...at, prerelease: `${at.prerelease}.0` }

function intersection(left: Interval[], right: Interval[]): Interval[] {
  const found: Interval[] = []
  for (const a of left)
    for (const b of right) {
      const from = compare(a.from, b.from) > 0 ? a.from : b.from
      const below = earlier(a.below, b.below)
      if (!below || compare(from, below) < 0) found.push({ from, below })
    }
  return found
}

/** Whether all of it lies in the other: intervals of one set neither overlap nor have nothing between them. */
const isWithin = (inner: Interval[], outer: Interval[]) =>
  inner.every((part) =>
    outer.some(
      (whole) =>
        compare(whole.from, part.from) <= 0 && (!whole.below || (part.below && compare(part.below, whole.below) <= 0)),
    ),
  )

const earlier = (a: Point | undefined, b: Point | undefined) => (a && b ? (compare(a, b) < 0 ? a : b) : (a ?? b))
const compare = (a: Point, b: Point) => compareVersions(a as Version, b as Version)
