/** The registry as somebody meets it first: on loopback, with the examples in it, and with the next step on the screen. */
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { offerSetup } from '../auth/setup.ts'
import type { App } from '../foundation/app.ts'
import type { Settings } from '../foundation/config/load.ts'
import { removeWithDatabase } from '../foundation/database/embedded-folder.ts'
import type { Registry } from '../main.ts'
import { seedExamples, tryOutName, writeCliConfig } from './examples.ts'
import { adminTokenFile } from './first-keys.ts'
import { peerCertificate } from './peer-certificate.ts'
import { runRegistry, settingsHere } from './run.ts'

/** `npm start`: what is published stays in data_dir. */
export const start = () => tryOut(settingsHere(), [], useFile)

/** `cadastre demo`: everything vanishes when it stops, unless a folder is given. */
export async function demo({ port, keep }: { port?: number; keep?: string }): Promise<void> {
  const settings = settingsHere()
  const folder = keep ?? (await mkdtemp(join(tmpdir(), 'cadastre-demo-')))
  const { config, sources } = settings
  const demoSettings: Settings = {
    ...settings,
    config: {
      ...config,
      data_dir: folder,
      server: { ...config.server, ...(port === undefined ? {} : onPort(port, settings)) },
      database: { ...config.database, url: undefined, host: undefined, migration_url: undefined },
      storage: { ...config.storage, local: { ...config.storage.local, base_path: join(folder, 'storage') } },
    },
    sources,
  }
  const remark = keep ? `Demo: the data stays in ${folder}.` : 'Demo: the data vanishes when it stops.'
  await tryOut(demoSettings, [remark], keep ? useFile : copyBlock, !keep).finally(() =>
    keep ? undefined : removeWithDatabase(folder),
  )
}

/** The address goes with the port, unless somebody has said what the registry is called. */
const onPort = (port: number, { config, sources }: Settings) => ({
  port,
  base_url: sources.has('server.base_url')
    ? config.server.base_url
    : `${config.security.tls.enabled ? 'https' : 'http'}://localhost:${port}`,
})

async function tryOut(
  given: Settings,
  remarks: string[],
  nextStep: (cliConfig: string) => string[] | Promise<string[]>,
  isPassing = false,
): Promise<void> {
  const settings = alsoKnownAs(tryOutName, given)
  const { config, sources } = settings
  await runRegistry({
    settings,
    isPassing,
    host: sources.has('server.host') ? config.server.host : '127.0.0.1',
    logOutput: join(config.data_dir, 'log', 'cadastre.log'),
    prepare: seedExamples,
    ready: async (registry) => {
      const cliConfig = await writeCliConfig(registry.app, loopbackAddress(registry))
      const link = await offerSetup(registry.app)
      const doubts = await doubtsAboutCertificate(registry)
      greet(registry.app, settings, link, [...remarks, ...doubts, ...(await nextStep(cliConfig))])
    },
  })
}

/** Its network mirror and lock files answer to the name in the CLI configuration, too. */
const alsoKnownAs = (name: string, { config, ...others }: Settings): Settings => {
  const hostnames = [...new Set([...config.server.hostnames, name])]
  return { ...others, config: { ...config, server: { ...config.server, hostnames } } }
}

/** Where programs on this machine reach it, whatever `server.base_url` calls it. */
function loopbackAddress({ app, address }: Registry): string {
  if (app.config.security.tls.enabled) return app.config.server.base_url.replace(/\/+$/, '')
  return loopback(address)
}

function loopback(address: string): string {
  const url = new URL(address)
  const anywhere = ['0.0.0.0', '[::]', '[::1]', 'localhost'].includes(url.hostname)
  return `${url.protocol}//${anywhere ? '127.0.0.1' : url.hostname}:${url.port}`
}

/** Said before terraform says it, and in plainer words. */
async function doubtsAboutCertificate({ app: { config }, address }: Registry): Promise<string[]> {
  const { tls } = config.security
  if (!tls.enabled) return []
  const { hostname: host, port } = new URL(loopback(address))
  const name = new URL(config.server.base_url).hostname
  const shown = await peerCertificate({ host, port: Number(port), name }).catch(() => undefined)
  if (!shown?.untrusted) return []
  return [
    `The certificate in ${tls.cert_file} is untrusted on this machine (${shown.untrusted}):`,
    '  terraform, tofu and browsers refuse it until they know its authority; on Linux SSL_CERT_FILE names it to the first two.',
  ]
}

const useFile = (cliConfig: string) => [
  'Install the example module and provider, in another terminal:',
  '  cd examples/consume',
  `  TF_CLI_CONFIG_FILE=${cliConfig} terraform init`,
]

/** A demo's folder vanishes, and in a container nobody outside sees it: the file's text goes on the screen. */
async function copyBlock(cliConfig: string): Promise<string[]> {
  const block = (await readFile(cliConfig, 'utf8')).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return [
    'Install the example module and provider, in another terminal: save this as cli.tfrc,',
    ...block,
    'and in examples/consume, or where a module block has the source registry.localhost/examples/network/generic:',
    '  TF_CLI_CONFIG_FILE=/path/to/cli.tfrc terraform init',
  ]
}

function greet(app: App, { sources }: Settings, setupLink: string | undefined, nextSteps: string[]): void {
  const { config } = app
  const here = (path: string) => {
    const short = relative(process.cwd(), path) || '.'
    return short.startsWith('..') ? path : short
  }
  const admin =
    config.auth.bootstrap_token === undefined ? here(adminTokenFile(config.data_dir)) : 'auth.bootstrap_token'
  const logs = sources.has('logging.output')
    ? config.logging.output
    : here(join(config.data_dir, 'log', 'cadastre.log'))
  const lines = [
    `Cadastre answers at ${config.server.base_url}`,
    ...whereToSignIn(config, setupLink),
    `  admin token  ${admin}`,
    `  data         ${here(config.data_dir)}`,
    `  log          ${logs}`,
    ...nextSteps,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

function whereToSignIn({ auth, server }: App['config'], setupLink: string | undefined): string[] {
  if (setupLink)
    return [`  sign in      ${setupLink}`, '               makes the first administrator, once, within an hour']
  // With a token of the operator's own there may be nobody who could.
  return auth.bootstrap_token === undefined ? [`  sign in      ${server.base_url}/login`] : []
}
