/** The refusals that belong to jobs. Pure. */
import { Refusal } from '../foundation/refusal.ts'
import type { Only } from '../upstream/source.ts'

export const jobNotFound = (id: string) => new Refusal('not-found', 'job-not-found', `There is no job ${id}.`)

export const jobEnded = (id: string) =>
  new Refusal('conflict', 'job-ended', `The job ${id} has come to its end already.`)

export const jobCancelled = () => new Refusal('conflict', 'job-cancelled', 'The import was cancelled.')

export const importIncomplete = (address: string, kinds: Only[]) =>
  new Refusal(
    'unavailable',
    'import-incomplete',
    `${address} broke off in its list of ${kinds.join(' and of ')}. What it named is imported; nothing else is taken for gone.`,
    'Import it again later.',
  )
