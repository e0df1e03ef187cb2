/** The registry of a command: found, connected, and asked through its typed API. */
import type { paths } from '@cadastre/contract/openapi.gen'
import { parseUrl } from '@cadastre/contract/parse-url'
import type { Problem } from '@cadastre/contract/problem'
import createClient, { type Client } from 'openapi-fetch'
import { runningRegistry } from './clone-registry.ts'
import { type Answer, type Exchange, exchangeOver } from './exchange.ts'
import { exit, exitOfStatus, Failure, refusedBy } from './exit.ts'
import type { GlobalFlags } from './global-flags.ts'
import { chooseRegistry, type RegistryChoice } from './registry-choice.ts'
import { readSettingsFile, settingsFileName } from './settings-file.ts'
import type { Surroundings } from './surroundings.ts'
import { terraformToken } from './terraform-credentials.ts'

export type Registry = {
  choice: RegistryChoice
  /** under which its API lies, without a trailing slash */
  base: string
  api: Client<paths>
  exchange: Exchange
  /** of the caller, for requests beside the typed API */
  authorization: Record<string, string>
}

/** @throws Failure when no registry is named, or the token would not be safe on its way */
export async function findRegistry(flags: GlobalFlags, here: Surroundings): Promise<[RegistryChoice, string[]]> {
  const file = await readSettingsFile(here.cwd)
  const choice = chooseRegistry({
    named: [
      { host: flags.host, token: flags.token, hostFrom: '--host', tokenFrom: '--token', explicit: true },
      {
        // An empty variable is how a pipeline says that there is none.
        host: here.env.TFR_CLI_HOST || undefined,
        token: here.env.TFR_CLI_TOKEN || undefined,
        hostFrom: 'TFR_CLI_HOST',
        tokenFrom: 'TFR_CLI_TOKEN',
        explicit: false,
      },
      { ...file, hostFrom: settingsFileName, tokenFrom: settingsFileName, explicit: false },
    ],
    terraformToken: (key) => terraformToken(key, here),
    running: () => runningRegistry(here),
  })
  return [choice, file.warnings]
}

export async function connect(choice: RegistryChoice, flags: GlobalFlags): Promise<Registry> {
  const exchange = exchangeOver({ timeoutSeconds: flags.timeout, caFile: flags.caFile })
  const base = choice.discoverable ? await discovered(choice.base, exchange) : choice.base
  const authorization: Record<string, string> =
    choice.token === undefined ? {} : { authorization: `Bearer ${choice.token}` }
  const api = createClient<paths>({ baseUrl: base, headers: authorization, fetch: fetchOver(exchange) })
  return { choice, base, api, exchange, authorization }
}

/**
 * The API lies beside the module protocol, which discovery finds behind whatever path a proxy has put in front. Services
 * on another host are that host's: a token for this one is not taken there.
 */
async function discovered(origin: string, exchange: Exchange): Promise<string> {
  const { status, text } = await exchange({ method: 'GET', url: `${origin}/.well-known/terraform.json` })
  const announced = status === 200 ? parsedJson(text)?.['modules.v1'] : undefined
  if (typeof announced !== 'string' || !parseUrl(announced, origin)) return origin
  const modules = new URL(announced, origin)
  const prefix = /^(.*?)\/v1\/modules\/?$/.exec(modules.pathname)?.[1]
  return modules.origin === origin && prefix ? origin + prefix : origin
}

const fetchOver =
  (exchange: Exchange) =>
  async (request: Request): Promise<Response> => {
    const body = request.body ? Buffer.from(await request.arrayBuffer()) : undefined
    const headers = Object.fromEntries(request.headers)
    if (body) headers['content-length'] = String(body.length)
    const answer = await exchange({ method: request.method, url: request.url, headers, body })
    refuseOthers(answer, request.url)
    return new Response(answer.text, { status: answer.status, headers: { 'content-type': 'application/json' } })
  }

/** What the API answered, or the failure that its refusal stands for. */
export async function answered<Content>(
  asked: Promise<{ data?: Content; error?: Problem; response: Response }>,
): Promise<NonNullable<Content>> {
  const { data, error, response } = await asked
  if (error) throw refusedBy(response.status, error)
  return data!
}

/** The same for an exchange beside the typed API. */
export function contentOf<Content>(answer: Answer, url: string): Content {
  refuseOthers(answer, url)
  const content = JSON.parse(answer.text)
  if (answer.status >= 300) throw refusedBy(answer.status, content)
  return content
}

/** The items of every page. */
export async function everyItem<Item>(
  page: (
    cursor: string | undefined,
  ) => Promise<{ data?: { items: Item[]; next: string | null }; error?: Problem; response: Response }>,
): Promise<Item[]> {
  const items: Item[] = []
  let cursor: string | undefined
  do {
    const { items: more, next } = await answered(page(cursor))
    items.push(...more)
    cursor = next ?? undefined
  } while (cursor !== undefined)
  return items
}

/** @throws Failure when this is neither the API's answer nor its refusal: a proxy's page, a redirect, another program */
function refuseOthers({ status, headers, text }: Answer, url: string): void {
  const { origin } = new URL(url)
  if (status >= 300 && status < 400) {
    const target = (headers.location && parseUrl(headers.location, url)?.origin) || ''
    const hint = target && target !== origin ? `If that is the registry, name it: --host ${hostOf(target)}.` : undefined
    throw new Failure(exit.unreachable, 'redirected', `${origin} sends elsewhere${target && ` (${target})`}.`, hint)
  }
  const content = parsedJson(text)
  if (status < 300 ? content !== undefined : typeof content?.code === 'string' && typeof content.detail === 'string')
    return
  if (status < 300 || status === 404) {
    throw new Failure(
      exit.unreachable,
      'not-a-registry',
      `What answers at ${origin} is not a Cadastre registry.`,
      'Is it the right host? A path in front of the registry belongs to its URL.',
    )
  }
  const known = exitOfStatus(status)
  throw new Failure(known, 'unexpected-answer', `${origin} answered ${status}, and not in the registry's words.`)
}

const hostOf = (origin: string) => (origin.startsWith('https://') ? origin.slice('https://'.length) : origin)

function parsedJson(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
