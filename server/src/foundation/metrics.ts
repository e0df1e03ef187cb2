/** What Prometheus reads, on a port of its own. Labels are route groups, never paths. */
import { createServer, type Server } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, Gauge, type Metric, Registry } from 'prom-client'
import type { Log } from './log.ts'

export type Metrics = {
  registry: Registry
  /** One answered request. `route` is the pattern that took it, if one did. */
  answered(route: string | undefined, status: number, elapsedMs: number): void
  downloads: Counter
  gauge(name: string, help: string, read: () => number): void
  counter(name: string, help: string, read: () => number): void
}

/** @param service the label that tells this installation from others */
export function createMetrics(service: string): Metrics {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  const durations = requestDurations()
  registry.registerMetric(durations.metric)
  const downloads = new Counter({
    name: 'cadastre_downloads_total',
    help: 'Answered module download look-ups.',
    registers: [registry],
  })
  const loop = monitorEventLoopDelay({ resolution: 20 })
  loop.enable()

  const metrics: Metrics = {
    registry,
    downloads,
    answered: durations.answered,
    gauge(name, help, read) {
      new Gauge({
        name,
        help,
        registers: [registry],
        collect() {
          this.set(read())
        },
      })
    },
    counter(name, help, read) {
      new Counter({
        name,
        help,
        registers: [registry],
        collect() {
          this.reset()
          this.inc(read())
        },
      })
    },
  }
  metrics.gauge('cadastre_event_loop_lag_seconds', 'Largest delay of the event loop since the last scrape.', () => {
    const lag = loop.max / 1e9
    loop.reset()
    return lag
  })
  metrics.gauge('process_resident_memory_bytes', 'Resident memory of this process.', () => process.memoryUsage.rss())
  metrics.counter('process_cpu_seconds_total', 'CPU time of this process.', () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6
  })
  return metrics
}

const bucketsSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]
const bucketsMs = [...bucketsSeconds.map((seconds) => seconds * 1000), Number.POSITIVE_INFINITY]

type Series = { labels: { group: string; status: string }; counts: number[]; sumMs: number }

/**
 * A histogram as prom-client knows it, that costs two look-ups and an addition per request: its own looks up every label
 * each time, which an answer from memory would feel.
 */
function requestDurations() {
  const name = 'cadastre_http_request_duration_seconds'
  const series = new Map<string | undefined, (Series | undefined)[]>()

  function seriesOf(route: string | undefined, hundreds: number): Series {
    const ofRoute = series.get(route) ?? []
    series.set(route, ofRoute)
    const found = ofRoute[hundreds] ?? {
      labels: { group: groupOf(route), status: `${hundreds}xx` },
      counts: bucketsMs.map(() => 0),
      sumMs: 0,
    }
    ofRoute[hundreds] = found
    return found
  }

  function valuesOf({ labels, counts, sumMs }: Series) {
    let total = 0
    const buckets = counts.map((count, index) => {
      total += count
      const le = bucketsSeconds[index] ?? '+Inf'
      return { metricName: `${name}_bucket`, labels: { ...labels, le }, value: total }
    })
    return [
      ...buckets,
      { metricName: `${name}_sum`, labels, value: sumMs / 1000 },
      { metricName: `${name}_count`, labels, value: total },
    ]
  }

  return {
    answered(route: string | undefined, status: number, elapsedMs: number) {
      const hundreds = (status / 100) | 0
      const found = series.get(route)?.[hundreds] ?? seriesOf(route, hundreds)
      let bucket = 0
      while (elapsedMs > bucketsMs[bucket]!) bucket += 1
      found.counts[bucket]! += 1
      found.sumMs += elapsedMs
    },
    metric: {
      name,
      get: async () => ({
        name,
        help: 'Time from the first byte of a request to the end of its answer, by route group and status class.',
        type: 'histogram',
        aggregator: 'sum',
        values: [...series.values()].flat().flatMap((each) => (each ? valuesOf(each) : [])),
      }),
    } as unknown as Metric,
  }
}

/** `/v1/modules/:namespace/:name/:system/versions` → `v1.modules.versions`: bounded by the number of routes. */
function groupOf(route: string | undefined): string {
  if (route === undefined) return 'none'
  const words = route.split('/').filter((part) => part !== '' && !part.startsWith(':'))
  return words.join('.') || 'root'
}

/**
 * Serves `/metrics` on its own port.
 * @param required whether an operator asked for this port: then a taken one is a failed start, else a warning
 */
export async function serveMetrics(
  metrics: Metrics,
  options: { host: string; port: number; required: boolean; log: Log },
): Promise<Server | undefined> {
  const server = createServer(async (request, response) => {
    if (request.url?.split('?')[0] !== '/metrics')
      return void response.writeHead(404, { 'content-type': 'text/plain' }).end('See /metrics\n')
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return void response.writeHead(405, { allow: 'GET, HEAD' }).end()
    response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(await metrics.registry.metrics())
  })
  try {
    await new Promise<void>((resolve, refuse) => {
      server.once('error', refuse)
      server.listen(options.port, options.host, resolve)
    })
    return server
  } catch (error) {
    if (options.required || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    options.log.warn(
      { port: options.port },
      'the metrics port is taken; metrics are not served (telemetry.metrics.prometheus_port)',
    )
    return undefined
  }
}
