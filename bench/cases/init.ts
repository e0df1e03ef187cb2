/**
 * P12: wall time of `terraform init` for one module and one provider over TLS, against a registry that answers at once;
 * warm, cold, and with many versions.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseVersion, precedenceKey } from '../../server/src/foundation/semver.ts'
import { moduleFiles, tarGz } from '../../server/test/archives.ts'
import { makeDist, makeSigningKey } from '../../server/test/provider-dist.ts'
import { makeCertificate } from '../certificate.ts'
import { makeReader, namespace, versionNumbers } from '../data.ts'
import { addRow, type Bench, type Round, ratioOf, turnByTurn } from '../measure.ts'
import { cores, firstLine, onPath, startOn, stop } from '../processes.ts'
import { insertProvider, publishDist, trustSigningKey } from '../provider-data.ts'
import { type Registry, startRegistry, temporaryFolder } from '../registry.ts'

const version = '1000.0.0'
const archive = tarGz(moduleFiles({ 'variables.tf': 'variable "name" { default = "x" }\n' }))

export async function init(bench: Bench): Promise<void> {
  const missing = ['terraform', 'openssl'].filter((program) => !onPath(program))
  if (missing.length > 0) {
    bench.report.add({
      goal: 'P12',
      name: `terraform init: ${missing.join(' and ')} absent`,
      wanted: '≤ 1.10×',
      verdict: 'skipped',
    })
    return
  }
  const folder = await temporaryFolder('cadastre-bench-init-')
  const [certificate, key] = makeCertificate(folder)
  const registry = await startRegistry({
    ca: await readFile(certificate),
    env: {
      TFR_SECURITY_TLS_ENABLED: 'true',
      TFR_SECURITY_TLS_CERT_FILE: certificate,
      TFR_SECURITY_TLS_KEY_FILE: key,
    },
  })
  const archiveFile = join(folder, 'archive.tar.gz')
  await writeFile(archiveFile, archive)
  const providerFolder = join(folder, 'provider')
  await mkdir(providerFolder)
  for (const [name, content] of (await distOf('warm')).files) await writeFile(join(providerFolder, name), content)
  const { armoredPublic } = await makeSigningKey()
  const fake = startOn(
    cores.servers,
    [fakeRegistry, certificate, key, archiveFile, version, providerFolder, armoredPublic],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  try {
    const token = await makeReader(registry)
    await trustSigningKey(registry)
    const hosts = { fake: Number(await firstLine(fake)), registry: registry.port }
    const terraform = await terraformFor(folder, certificate, Object.values(hosts), token)
    await measureInits(bench, registry, {
      fake: (name) => terraform(hosts.fake, name),
      registry: (name) => terraform(hosts.registry, name),
    })
  } finally {
    await stop(fake, 'SIGKILL')
    await registry.remove()
    await rm(folder, { recursive: true, force: true })
  }
}

/** What the machine's terraform installs, and nothing for others. */
const distOf = (type: string) => makeDist({ type, version, platforms: [hostPlatform] })
const systems: Record<string, string> = { win32: 'windows' }
const architectures: Record<string, string> = { x64: 'amd64', ia32: '386' }
const hostPlatform = `${systems[process.platform] ?? process.platform}_${architectures[process.arch] ?? process.arch}`

const fakeRegistry = fileURLToPath(new URL('../fake-registry.mjs', import.meta.url))

type Inits = Record<'fake' | 'registry', (name: string) => Promise<number>>

async function measureInits(bench: Bench, registry: Registry, inits: Inits): Promise<void> {
  const pairs = 3 * bench.options.pairs
  await publish(registry, 'warm', 30)
  await publish(registry, 'many', 500)
  const control = ratioOf(
    await turnByTurn(
      pairs,
      () => inits.fake('warm'),
      () => inits.fake('warm'),
    ),
  )
  bench.report.busy.time = control.median < 0.87 || control.median > 1.15
  bench.report.add({
    goal: 'control',
    name: 'terraform init from the instant registry, turn by turn',
    ratio: control,
    wanted: '0.87–1.15',
    verdict: bench.report.busy.time ? 'inconclusive' : 'met',
  })
  const row = (name: string, atMost: number) => ({ goal: 'P12', name, atMost, unit: 'ms' as const })
  await addRow(
    bench,
    row('terraform init, one module and one provider, TLS, warm, against the instant registry', 1.1),
    (count) =>
      turnByTurn(
        count,
        () => inits.fake('warm'),
        () => inits.registry('warm'),
      ),
    pairs,
  )
  let next = 0
  await addRow(
    bench,
    row('the same, nothing of the two in memory', 1.35),
    async (count): Promise<Round[]> => {
      // A module and a provider of its own for each init: nobody has asked for them before.
      const names = Array.from({ length: count + 1 }, () => `cold-${next++}`)
      for (const name of names) await publish(registry, name, 1)
      return turnByTurn(
        count,
        () => inits.fake('warm'),
        () => inits.registry(names.shift()!),
      )
    },
    pairs,
  )
  await addRow(
    bench,
    row('a module and a provider of 500 versions against 30', 1.05),
    (count) =>
      turnByTurn(
        count,
        () => inits.registry('warm'),
        () => inits.registry('many'),
      ),
    pairs,
  )
}

/** Runs init in an empty folder and tells how long it took. */
async function terraformFor(folder: string, certificate: string, ports: number[], token: string) {
  const config = join(folder, 'cli.tfrc')
  await writeFile(config, ports.map((port) => `credentials "127.0.0.1:${port}" {\n  token = "${token}"\n}\n`).join(''))
  const env = { ...process.env, TF_CLI_CONFIG_FILE: config, SSL_CERT_FILE: certificate, CHECKPOINT_DISABLE: '1' }
  let count = 0
  return async (port: number, name: string): Promise<number> => {
    count += 1
    const cwd = join(folder, `init-${count}`)
    await mkdir(cwd)
    await writeFile(
      join(cwd, 'main.tf'),
      `module "m" {\n  source  = "127.0.0.1:${port}/${namespace}/${name}/aws"\n  version = "${version}"\n}\n` +
        `terraform {\n  required_providers {\n    p = {\n      source  = "127.0.0.1:${port}/${namespace}/${name}"\n      version = "${version}"\n    }\n  }\n}\n`,
    )
    const startedAt = performance.now()
    const child = startOn(
      cores.clients,
      ['init', '-input=false', '-no-color'],
      { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] },
      'terraform',
    )
    let output = ''
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (text) => {
        output += text
      })
    const code = await new Promise((resolve) => child.once('close', resolve))
    const elapsedMs = performance.now() - startedAt
    if (code !== 0) throw new Error(`terraform init ended with ${code}:\n${output}`)
    await rm(cwd, { recursive: true, force: true })
    return elapsedMs
  }
}

/** Publishes the version of the module and of the provider that is installed; those before it are rows only. */
async function publish(registry: Registry, name: string, versions: number): Promise<void> {
  const put = async (text: string) => {
    const answer = await registry.request('PUT', `/api/v1/modules/${namespace}/${name}/aws/${text}`, { body: archive })
    if (answer.status !== 201) throw new Error(`publishing: ${answer.status} ${answer.body}`)
  }
  if (versions > 1) {
    await put('0.0.0')
    const others = versionNumbers(versions - 1).slice(1)
    await registry.sql(
      `insert into module_versions (module_id, version, core, precedence)
       select id, version, version, precedence
       from modules, unnest($1::text[], $2::text[]) as other(version, precedence) where name = $3`,
      [others, others.map((text) => precedenceKey(parseVersion(text))), name],
    )
  }
  await put(version)
  if (versions > 1) await insertProvider(registry, name, versions - 1)
  await publishDist(registry, await distOf(name))
}
