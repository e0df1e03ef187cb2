/** The refusals that belong to jobs. Pure. */
import { Refusal } from '../foundation/refusal.ts'

export const jobNotFound = (id: string) => new Refusal('not-found', 'job-not-found', `There is no job ${id}.`)

export const jobEnded = (id: string) =>
  new Refusal('conflict', 'job-ended', `The job ${id} has come to its end already.`)

export const jobCancelled = () => new Refusal('conflict', 'job-cancelled', 'The import was cancelled.')
