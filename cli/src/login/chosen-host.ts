/** Which registry to sign in to, or out of: the one that was typed, or the one that commands speak to. */
import type { Call } from '../call.ts'
import { exit, Failure } from '../exit.ts'
import { findRegistry } from '../registry.ts'
import type { RegistryChoice } from '../registry-choice.ts'
import { registryHost } from '../registry-host.ts'

/** @throws Failure when a token would cross the network in clear text without anybody having said so */
export async function chosenHost(call: Call, typed: string | undefined): Promise<RegistryChoice> {
  if (typed !== undefined) registryHost(typed, 'HOST')
  const host = typed ?? call.flags.host
  const [choice, warnings] = await findRegistry({ ...call.flags, host, token: undefined }, call.here)
  call.warnings.push(...warnings)
  if (choice.plainHttp && !choice.loopback && host === undefined) throw inClearText(choice)
  return choice
}

const inClearText = ({ base, hostFrom }: RegistryChoice) =>
  new Failure(
    exit.usage,
    'clear-text',
    `${base} (${hostFrom}) is plain http: anybody on the way could read the token.`,
    `Use https. If the network between is yours alone, say so: cadastre login ${base}`,
  )
