/**
 * Which registry a command speaks to, and with which token. The first place that names a host decides; a token is used
 * only with the host that it stands beside, or, where it stands alone, with the one that was decided on.
 */
import { exit, Failure } from './exit.ts'
import { type RegistryHost, registryHost } from './registry-host.ts'
import type { FoundToken } from './terraform-credentials.ts'

export type Named = { host?: string; token?: string; hostFrom: string; tokenFrom: string; explicit: boolean }

export type RegistryChoice = RegistryHost & {
  hostFrom: string
  token: string | undefined
  tokenFrom: string | undefined
  /** tokens that were there and are for another host */
  passedOver: string[]
}

export type Places = {
  /** those that may name a registry, the strongest first */
  named: Named[]
  terraformToken(key: string): FoundToken | undefined
  running(): { url: string; adminToken: string | undefined; dataDir: string } | undefined
}

/** @throws Failure when no place names a registry, or the token would cross the network in clear text */
export function chooseRegistry({ named, terraformToken, running }: Places): RegistryChoice {
  const place = named.find(({ host }) => host !== undefined)
  const local = place ? undefined : running()
  if (!place && !local) throw noRegistry()
  const hostFrom = place ? place.hostFrom : `the registry that runs on ${local!.dataDir}`
  const host = registryHost(place ? place.host! : local!.url, hostFrom)

  const { fitting, passedOver } = tokensFor(host, named)
  const found =
    fitting ??
    (place ? terraformToken(host.key) : undefined) ??
    (local?.adminToken ? { token: local.adminToken, from: `${local.dataDir}/admin-token` } : undefined)
  if (found && host.plainHttp && !host.loopback && !place?.explicit) throw inClearText(host, hostFrom)
  return { ...host, hostFrom, token: found?.token, tokenFrom: found?.from, passedOver }
}

function tokensFor(host: RegistryHost, named: Named[]): { fitting: FoundToken | undefined; passedOver: string[] } {
  const passedOver: string[] = []
  for (const { token, host: besideIt, hostFrom, tokenFrom } of named) {
    if (token === undefined) continue
    if (besideIt === undefined || registryHost(besideIt, hostFrom).identity === host.identity)
      return { fitting: { token, from: tokenFrom }, passedOver }
    passedOver.push(`${tokenFrom} is for ${besideIt} and is not sent to ${host.base}.`)
  }
  return { fitting: undefined, passedOver }
}

const noRegistry = () =>
  new Failure(
    exit.usage,
    'no-registry',
    'No registry is named, and none runs here.',
    'Name one with --host, TFR_CLI_HOST or host in cadastre.yaml; or start one: npm start in a clone, or cadastre demo.',
  )

const inClearText = ({ base }: RegistryHost, hostFrom: string) =>
  new Failure(
    exit.usage,
    'clear-text',
    `${base} (${hostFrom}) is plain http: the token is not sent there, since anybody on the way could read it.`,
    `Use https. If the network between is yours alone, say so with --host ${base}.`,
  )
