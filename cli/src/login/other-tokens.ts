/** Tokens for the same host that somebody has set elsewhere: those that forbid a sign-in, and those that win over one. */
import { credentialsBlocks } from '../credentials-blocks.ts'
import { usage } from '../exit.ts'
import type { RegistryChoice } from '../registry-choice.ts'
import { credentialKey } from '../registry-host.ts'
import type { Surroundings } from '../surroundings.ts'
import { configurationFiles, readText, storedCredentialsFile, terraformToken } from '../terraform-credentials.ts'

/** As terraform does: it would never read what is kept beside such a block. */
export function refuseWrittenByHand(key: string, here: Surroundings): void {
  const path = fileWithBlock(key, here)
  if (path === undefined) return
  throw usage(
    `The token for ${key} was written by hand, in ${path}.`,
    'Take its credentials block away there, or go on with that token.',
  )
}

/** @returns the configuration file of terraform or tofu that has a `credentials` block for the host */
export const fileWithBlock = (key: string, here: Surroundings) =>
  configurationFiles(here).find((path) =>
    [...credentialsBlocks(readText(path) ?? '').keys()].some((host) => credentialKey(host) === key),
  )

/** @param choice as it was before the token was kept @returns a sentence for each that is used in its place */
export function overruledBy({ key, ...before }: RegistryChoice, token: string, here: Surroundings): string[] {
  const kept = storedCredentialsFile(here)
  const theirs = terraformToken(key, here)
  const sentences = []
  if (before.tokenFrom !== undefined && before.tokenFrom !== kept && before.token !== token)
    sentences.push(`cadastre goes on with another token, that of ${before.tokenFrom}.`)
  if (theirs && theirs.token !== token)
    sentences.push(`terraform and tofu go on with another token, that of ${theirs.from}.`)
  if (here.env.TF_CLI_CONFIG_FILE)
    sentences.push(`TF_CLI_CONFIG_FILE is set, so terraform and tofu do not read ${kept}.`)
  return sentences
}
