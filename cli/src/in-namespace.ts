/** What was asked of one namespace: when it is not there, it is named. */
import { Failure } from './exit.ts'

/** @param asked what `answered` gives */
export async function inNamespace<Content>(namespace: string, asked: Promise<Content>): Promise<Content> {
  try {
    return await asked
  } catch (error) {
    // The registry does not say whether it is missing or closed to the caller.
    if (!(error instanceof Failure && error.code === 'not-found')) throw error
    const sentence = `There is no namespace ${namespace} that you may read.`
    const hint = 'Is the name spelt right? See those that you may read: cadastre namespace list'
    throw new Failure(error.exitCode, error.code, sentence, hint, error.requestId)
  }
}
