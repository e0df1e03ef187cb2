/** What jobs are called, and what their reports count, for people. */
import type { Answer } from '@cadastre/contract/question'
import { asCount } from '../ui/in-words.ts'

export type Run = Answer<'/api/v1/jobs'>['items'][number]

const names: Record<string, string> = { 'catalogue.import': 'Import of', 'modules.inspect': 'Reading of' }

export const jobName = ({ kind, subject }: Pick<Run, 'kind' | 'subject'>): string => `${names[kind] ?? kind} ${subject}`

/** The database keeps the parts of a report in an order of its own. */
const parts = ['modules', 'providers', 'versions', 'platforms', 'keys', 'done', 'total', 'failed', 'problems']
const changes = ['new', 'changed', 'gone', 'unchanged']

/** How much of what could not be taken, or not as it was, has its own list. */
export const problemsOf = ({ report }: Run): number => {
  const [problems, failed] = [report?.problems, report?.failed]
  return typeof problems === 'number' ? problems : typeof failed === 'number' ? failed : 0
}

/** `modules: 1,420 new and 3 gone, providers: 11,268 unchanged`: of counts in groups, those that are not nothing. */
export const reportInWords = ({ report }: Run): string =>
  inOrder(report ?? {}, parts)
    .filter(([name]) => name !== 'problems' && name !== 'failed')
    .map(([name, value]) => [name, inWords(value)] as const)
    .filter(([, words]) => words !== '')
    .map(([name, words]) => `${name}: ${words}`)
    .join(', ')

function inWords(value: unknown): string {
  if (typeof value === 'number') return asCount(value)
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.join(' and ')
  if (typeof value !== 'object' || value === null) return ''
  return inOrder(value as Record<string, unknown>, changes)
    .filter(([, count]) => typeof count === 'number' && count > 0)
    .map(([what, count]) => `${asCount(count as number)} ${what}`)
    .join(' and ')
}

/** What nobody knows here comes last, as it came. */
function inOrder(of: Record<string, unknown>, known: string[]): [string, unknown][] {
  const places = new Map(known.map((name, place) => [name, place]))
  return Object.entries(of).sort(([a], [b]) => (places.get(a) ?? known.length) - (places.get(b) ?? known.length))
}
