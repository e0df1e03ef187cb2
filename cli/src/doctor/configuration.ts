/** The settings of terraform and tofu themselves: which file they read, and where it sends them for providers. */
import { parseUrl } from '@cadastre/contract/parse-url'
import { isMark, type Token, tokensOf } from '../credentials-blocks.ts'
import { credentialKey } from '../registry-host.ts'
import type { Surroundings } from '../surroundings.ts'
import { configurationFiles, readText } from '../terraform-credentials.ts'
import { type Finding, failed, ok, warning } from './finding.ts'

/** @param key of the registry, as `registryHost` gives it */
export function checkConfiguration(key: string | undefined, here: Surroundings): Finding[] {
  const check = 'configuration'
  const files = configurationFiles(here)
  const read = files.map((path) => ({ path, text: readText(path) })).filter(({ text }) => text !== undefined)
  const named = here.env.TF_CLI_CONFIG_FILE
  if (named && read.length === 0)
    return [
      warning(
        check,
        `TF_CLI_CONFIG_FILE names ${named}, which cannot be read: terraform and tofu go on without it.`,
        'Mend the path, or unset the variable.',
      ),
    ]
  if (read.length === 0) return [ok(check, `There is none (${files.join(', ')}).`)]
  return read.flatMap(({ path, text }) => {
    const { mirrors, hosts } = settingsIn(text!)
    const found = mirrors.map((url) => ofMirror(url, key, path))
    if (key !== undefined && hosts.some((host) => credentialKey(host) === key))
      found.push(ok(check, `${path} says itself where the services of ${key} are; discovery is not asked.`))
    return found.length > 0 ? found : [ok(check, `${path} names no mirror.`)]
  })
}

function ofMirror(url: string, key: string | undefined, path: string): Finding {
  const check = 'mirror'
  if (!parseUrl(url)) return failed(check, `${path} names a mirror that is no address: ${url}`, 'Mend it.')
  const { protocol, host, username } = new URL(url)
  // An address may hold a password.
  const shown = username ? `the mirror at ${host}` : url
  if (protocol !== 'https:')
    return failed(check, `${path}: ${shown} is not https, which terraform and tofu refuse.`, 'Use https.')
  if (!url.endsWith('/'))
    return failed(check, `${path}: ${shown} does not end in a slash, which terraform and tofu refuse.`, 'Add it.')
  return ok(check, `${path}: providers come from ${shown}${host === key ? ', which is this registry' : ''}.`)
}

/** Reads lightly: what it does not know it steps over. */
function settingsIn(source: string): { mirrors: string[]; hosts: string[] } {
  const tokens = tokensOf(source)
  const [mirrors, hosts]: [string[], string[]] = [[], []]
  const blocks: string[] = []
  for (const [at, token] of tokens.entries()) {
    if (isMark(token, '{', '[')) blocks.push(nameOf(tokens, at))
    else if (isMark(token, '}', ']')) blocks.pop()
    else if (token.value === 'host' && blocks.length === 0 && tokens[at + 1]?.kind === 'text')
      hosts.push(tokens[at + 1]!.value)
    else if (blocks.join(' ') === 'provider_installation network_mirror' && token.value === 'url') {
      const [equals, value] = tokens.slice(at + 1, at + 3)
      if (isMark(equals, '=') && value?.kind === 'text') mirrors.push(value.value)
    }
  }
  return { mirrors, hosts }
}

/** Of the block that opens here: the word before it, or before its label. */
function nameOf(tokens: Token[], at: number): string {
  const before = tokens.slice(0, at).reverse()
  return before.find(({ kind }) => kind !== 'text')?.value ?? ''
}
