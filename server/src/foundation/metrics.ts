/** What Prometheus reads, on a port of its own. Labels are route groups, never paths. */
import { createServer, type Server } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Log } from './log.ts'

export type Metrics = {
  registry: Registry
  /** One answered request. `group` is a route group such as `modules.versions`. */
  answered(group: string, status: number, elapsedMs: number): void
  downloads: Counter
  gauge(name: string, help: string, read: () => number): void
  counter(name: string, help: string, read: () => number): void
}

/** @param service the label that tells this installation from others */
export function createMetrics(service: string): Metrics {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  const duration = new Histogram({
    name: 'cadastre_http_request_duration_seconds',
    help: 'Time from the first byte of a request to the end of its answer, by route group and status class.',
    labelNames: ['group', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  const downloads = new Counter({
    name: 'cadastre_downloads_total',
    help: 'Answered module download look-ups.',
    registers: [registry],
  })
  const observers = new Map<string, { observe(value: number): void }>()
  const loop = monitorEventLoopDelay({ resolution: 20 })
  loop.enable()

  const metrics: Metrics = {
    registry,
    downloads,
    answered(group, status, elapsedMs) {
      const key = group + ((status / 100) | 0)
      let observer = observers.get(key)
      if (!observer) {
        observer = duration.labels(group, `${(status / 100) | 0}xx`)
        observers.set(key, observer)
      }
      observer.observe(elapsedMs / 1000)
    },
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
