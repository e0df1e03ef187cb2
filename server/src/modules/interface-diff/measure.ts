/** The step that a version makes, measured against the release it follows: when it is published, and when it is read again. */
import type { VersionStep } from '@cadastre/contract/modules'
import type { Db, Tx } from '../../foundation/database/database.ts'
import { Refusal } from '../../foundation/refusal.ts'
import { parseVersion, precedenceKey, type Version } from '../../foundation/semver.ts'
import type { Inspected } from '../knowledge/inspected.ts'
import { type ModuleAddress, moduleText } from '../module.ts'
import { compareModules, compareWhatWasRead, type Difference } from './compare.ts'
import { changesIn } from './folders.ts'
import {
  asComparable,
  findPredecessor,
  getMeasurable,
  listComparableById,
  listSuccessors,
  listTaken,
  type MeasurableVersion,
  setMeasured,
} from './queries.ts'
import { versionFor } from './steps.ts'

/** A version that is to be published, held against the one before it. */
export type Measured = {
  /** undefined: there is no release below it */
  predecessor: { id: string; version: string } | undefined
  difference: Difference | undefined
  /** of the parts that both have whole, where the difference as a whole cannot be measured */
  sure: Difference | undefined
  step: VersionStep | null
}

export async function measure(
  db: Db | Tx,
  address: ModuleAddress,
  version: Version,
  known: Inspected,
): Promise<Measured> {
  const predecessor = await findPredecessor(db, address, precedenceKey(version))
  const row = predecessor && (await listComparableById(db, [predecessor.id]))[0]
  if (!predecessor || !row) return { predecessor: undefined, difference: undefined, sure: undefined, step: null }
  const versions = [asComparable(row), { ...known, version, inspection: known.state }] as const
  const difference = compareModules(...versions)
  const step = difference.verdict.measured
  return { predecessor, difference, sure: step === null ? compareWhatWasRead(...versions) : difference, step }
}

/** What was measured before the transaction holds unless a version was published in between. */
export async function stillMeasured(
  tx: Tx,
  address: ModuleAddress,
  version: Version,
  known: Inspected,
  before: Measured,
): Promise<Measured> {
  const predecessor = await findPredecessor(tx, address, precedenceKey(version))
  return predecessor?.id === before.predecessor?.id ? before : measure(tx, address, version, known)
}

/** @returns what to tell the publisher; undefined: the number says what the version is */
export async function stepComplaint(
  db: Db | Tx,
  address: ModuleAddress,
  version: Version,
  { predecessor, difference, sure }: Measured,
): Promise<Complaint | undefined> {
  if (!predecessor || !difference) return undefined
  const since = `${moduleText(address)} ${version.text}`
  const step = sure?.verdict.measured
  if (!sure || !step || sure.verdict.enough !== false) {
    if (difference.verdict.measured !== null) return undefined
    return {
      isCertain: false,
      text: `What ${since} changes since ${predecessor.version} was not measured. ${difference.verdict.sentence}`,
    }
  }
  const taken = (await listTaken(db, address)).map(parseVersion)
  const number = versionFor(step, parseVersion(predecessor.version), taken)
  return {
    isCertain: true,
    text: `${since} changes more since ${predecessor.version} than its number says: ${sure.verdict.sentence} ${firstChanges(sure)}`,
    advice: `Publish it as ${number}, or take those changes back.`,
  }
}

export type Complaint = { isCertain: false; text: string } | { isCertain: true; text: string; advice: string }

export const stepTooSmall = (complaint: Complaint & { isCertain: true }) =>
  new Refusal('invalid', 'version-step-too-small', complaint.text, complaint.advice)

const mostNamed = 3
const longestNamed = 300

/** Of those that decided it. */
function firstChanges({ folders, verdict }: Difference): string {
  const severity = verdict.measured === 'major' ? 'breaking' : 'addition'
  const deciding = folders.flatMap((folder) =>
    changesIn(folder)
      .filter((each) => each.severity === severity)
      .map(({ what }) => (folder.path === '' || folder.folder.length > 0 ? what : `In ${folder.path}: ${what}`)),
  )
  const named = deciding.slice(0, mostNamed).map((what) => what.slice(0, longestNamed))
  const all = verdict.measured === 'major' ? verdict.breaking : verdict.additions
  if (all > named.length) named.push(`And ${all - named.length} more.`)
  return named.join(' ')
}

/** Between two releases there are prereleases; more of them than this are measured when they are read themselves. */
const mostSuccessors = 20

/** In the transaction in which a version was read again. */
export async function measureAgain(tx: Tx, address: ModuleAddress, versionId: string): Promise<void> {
  await measureStored(tx, address, await getMeasurable(tx, versionId))
}

/** After it: each row by itself, since counting downloads changes several at once in an order of its own. */
export async function measureSuccessors(db: Db, address: ModuleAddress, versionId: string): Promise<void> {
  for (const later of await listSuccessors(db, versionId, mostSuccessors)) await measureStored(db, address, later)
}

async function measureStored(
  db: Db | Tx,
  address: ModuleAddress,
  { id, precedence }: MeasurableVersion,
): Promise<void> {
  const predecessor = await findPredecessor(db, address, precedence)
  const rows = predecessor ? await listComparableById(db, [predecessor.id, id]) : []
  const [from, to] = [rows.find((row) => row.id === predecessor?.id), rows.find((row) => row.id === id)]
  const step = from && to ? compareModules(asComparable(from), asComparable(to)).verdict.measured : null
  await setMeasured(db, id, { step, from: step && from ? from.version : null })
}
