/** `cadastre login`: one sign-in for cadastre, terraform and tofu, kept where `terraform login` keeps it. */
import { createInterface } from 'node:readline'
import type { Command } from 'commander'
import { action, type Call } from './call.ts'
import { keepToken, requireCredentialsFile } from './credentials-file.ts'
import { usage } from './exit.ts'
import { examples } from './help.ts'
import { chosenHost } from './login/chosen-host.ts'
import { overruledBy, refuseWrittenByHand } from './login/other-tokens.ts'
import { signInWithBrowser } from './login/sign-in.ts'
import { answered, connect } from './registry.ts'
import type { RegistryChoice } from './registry-choice.ts'
import type { Report } from './report.ts'
import { askSecret } from './secret-input.ts'
import { storedCredentialsFile } from './terraform-credentials.ts'
import { callerText, grantText } from './whoami.ts'

type Flags = { tokenStdin?: boolean; browser: boolean }

export function addLogin(program: Command): void {
  const command = program
    .command('login')
    .description('Sign in with a browser, for cadastre, terraform and tofu at once.')
    .argument('[host]', 'a host name, or a URL where it is plain http')
    .option('--token-stdin', 'take an API key from stdin, in place of a browser')
    .option('--no-browser', 'open none, and only say which address to open')
    .action(action(login))
  examples(command, [
    'cadastre login registry.example.com',
    'cadastre login registry.example.com --token-stdin < key.txt',
  ])
}

async function login(call: Call, host: string | undefined, flags: Flags): Promise<Report> {
  const choice = await chosenHost(call, host)
  // A file that came with a clone may name any.
  if (host === undefined) call.say(`Signing in to ${choice.base} (${choice.hostFrom}).`)
  refuseWrittenByHand(choice.key, call.here)
  requireCredentialsFile(call.here)
  const token = flags.tokenStdin ? await readToken(call, choice) : await signInWithBrowser(call, choice.base, flags)

  const registry = await connect({ ...choice, token, tokenFrom: 'login' }, call.flags)
  const caller = await answered(registry.api.GET('/api/v1/whoami'))
  keepToken(choice.key, token, call.here)

  const file = storedCredentialsFile(call.here)
  return {
    schema: 'cadastre.login.v1',
    data: { host: choice.key, storedIn: file, ...caller },
    rows: [
      ['host', choice.base],
      ['caller', callerText(caller)],
      ...caller.grants.map((grant) => ['grant', grantText(grant)]),
      ...(caller.expiresAt ? [['until', caller.expiresAt]] : []),
    ],
    notes: [`Signed in to ${choice.base}. cadastre, terraform and tofu read the token in ${file}.`],
    warnings: overruledBy(choice, token, call.here),
  }
}

/** On a terminal it is asked for, without being seen. */
async function readToken(call: Call, { base }: RegistryChoice): Promise<string> {
  const text = process.stdin.isTTY
    ? await askSecret(call, `An API key of ${base} is needed.`, 'API key', 'Pass it on stdin.')
    : await firstLine()
  const token = text.trim()
  if (/^[\x21-\x7e]+$/.test(token)) return token
  throw usage(token === '' ? 'There is no API key on stdin.' : 'What stands on stdin is not an API key.')
}

/** Whoever passes it need not end what they pass it through. */
async function firstLine(): Promise<string> {
  try {
    for await (const line of createInterface({ input: process.stdin })) return line
    return ''
  } finally {
    process.stdin.destroy()
  }
}
