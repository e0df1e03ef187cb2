/** The registry as others see it: whether it answers here, under its public address, and on the port of its metrics. */
import { createServer } from 'node:net'
import type { Config } from '../../foundation/config/settings.ts'
import { basePathOf } from '../../foundation/http/http.ts'
import { askHere } from '../healthcheck.ts'
import { type Finding, failed, ok, warning } from './finding.ts'

const timeoutMs = 10_000

/** @returns with whether it runs here, on which the other checks depend */
export async function checkServer(config: Config): Promise<{ runs: boolean; findings: Finding[] }> {
  const check = 'server'
  const { host, port } = config.server
  const place = `port ${port} of ${host}`
  const answer = await askHere(config, '/health').catch(() => undefined)
  if (answer && /"status":"(healthy|unhealthy)"/.test(answer.body)) {
    const isWell = answer.status === 200
    const says = `It runs here, on ${place}, and is ${isWell ? 'well' : `not well: ${answer.body.slice(0, 500)}`}.`
    return { runs: true, findings: [isWell ? ok(check, says) : failed(check, says, 'Its log says more.')] }
  }
  const isFree = await canListen(host, port)
  const findings = isFree
    ? [
        warning(
          check,
          `It does not run here: nothing answers on ${place}.`,
          'Start it, if it should: cadastre serve. If it runs, look with the settings that it was started with.',
        ),
      ]
    : [
        failed(
          check,
          `Something else has ${place}, or this user may not.`,
          'End what listens there, or set server.port.',
        ),
      ]
  return { runs: false, findings }
}

/** terraform and tofu ask at the root of the host, whatever path the registry has. */
export async function checkAddress(config: Config, runs: boolean): Promise<Finding[]> {
  const base = config.server.base_url.replace(/\/+$/, '')
  const { origin } = new URL(base)
  const found = await checkDiscovery(base, config, runs)
  if (origin === base || found.result !== 'ok') return [found]
  return [found, await checkDiscovery(origin, config, runs)]
}

async function checkDiscovery(base: string, config: Config, runs: boolean): Promise<Finding> {
  const check = 'base_url'
  const address = `${base}/.well-known/terraform.json`
  const asked = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) }).catch(
    (error: Error) => error,
  )
  if (asked instanceof Error) {
    const says = `${address} cannot be reached from here: ${causeOf(asked)}.`
    const fix =
      'Check server.base_url, the name, and the proxy in front. An authority of your own is named in NODE_EXTRA_CA_CERTS.'
    return runs ? failed(check, says, fix) : warning(check, says, 'Start the registry, and ask again.')
  }
  const text = await asked.text()
  if (asked.status !== 200)
    return failed(check, `${address} answered ${asked.status}.`, 'The proxy in front has to pass this address on.')
  const modules = modulesIn(text, address)
  const expected = new URL(`${basePathOf(config)}/v1/modules/`, address).href
  if (modules !== expected)
    return failed(
      check,
      `${address} announces ${modules ?? 'no modules.v1'}, not ${expected}.`,
      'Is it another registry, or does it run with another server.base_url?',
    )
  return ok(check, `${address} is the document of this registry.`)
}

function modulesIn(text: string, address: string): string | undefined {
  try {
    return new URL(JSON.parse(text)['modules.v1'], address).href
  } catch {
    return undefined
  }
}

function causeOf(error: Error): string {
  const { cause } = error as { cause?: NodeJS.ErrnoException }
  return cause?.code ?? cause?.message ?? error.message
}

export async function checkMetrics({ telemetry, server }: Config, runs: boolean): Promise<Finding[]> {
  const check = 'metrics'
  const { enabled, prometheus_port: port } = telemetry.metrics
  if (!telemetry.enabled || !enabled) return [ok(check, 'They are switched off.')]
  if (port === 0) return [ok(check, 'They are served on any free port.')]
  const fix = 'End what listens there, or set telemetry.metrics.prometheus_port.'
  if (!runs)
    return [
      (await canListen(server.host, port))
        ? ok(check, `Port ${port} is free.`)
        : failed(check, `Port ${port} is taken.`, fix),
    ]
  const host = isAnywhere(server.host) ? '127.0.0.1' : server.host
  const text = await fetch(`http://${host.includes(':') ? `[${host}]` : host}:${port}/metrics`, {
    signal: AbortSignal.timeout(timeoutMs),
  }).then(
    (answer) => answer.text(),
    () => '',
  )
  if (text.includes('cadastre_')) return [ok(check, `They are served on port ${port}.`)]
  return [warning(check, `They are not served on port ${port}: it was taken when the registry started.`, fix)]
}

const isAnywhere = (host: string) => host === '0.0.0.0' || host === '::'

function canListen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(false))
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(true)))
  })
}
