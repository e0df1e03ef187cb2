/** Counts and logs each answered request, once, when it is over. */
import pino from 'pino'
import type { App } from '../app.ts'
import type { Log } from '../log.ts'
import type { Http } from './http.ts'
import { isOwnQuestion } from './own-question.ts'

/** `url` may have a query, which is never written: it may hold a signature. `route` is the pattern that took it. */
export type Answered = {
  id: string
  method: string
  url: string
  route: string | undefined
  status: number
  elapsedMs: number
  caller: string | undefined
}

export type Observer = {
  answered(answered: Answered): void
  /** Hands on the log lines that wait. */
  flush(): void
}

export function observer({ log, metrics, clock }: App): Observer {
  const lines = log.isLevelEnabled('info') ? accessLog(log, clock) : undefined
  return {
    answered(answered) {
      metrics.answered(answered.route, answered.status, answered.elapsedMs)
      lines?.add(answered)
    },
    flush: () => lines?.flush(),
  }
}

/** Observes every route of `http`. */
export function observeRequests(http: Http, observe: Observer): void {
  http.addHook('onResponse', (request, reply, done) => {
    if (isOwnQuestion(request)) return done()
    observe.answered({
      id: request.id,
      method: request.method,
      url: request.url,
      route: request.routeOptions.url,
      status: reply.raw.statusCode,
      elapsedMs: reply.elapsedTime,
      caller: request.caller?.name,
    })
    done()
  })
}

const linesAtOnce = 64

/** Lines as pino would write them into the same stream, put together here and many at once: a tenth of the cost. */
function accessLog(log: Log, clock: () => number) {
  const stream = (log as unknown as Record<symbol, { write(text: string): void }>)[pino.symbols.streamSym]!
  const timeText = isoClock()
  let waiting: { answered: Answered; at: number }[] = []

  function flush() {
    const noted = waiting
    waiting = []
    for (const { answered, at } of noted) stream.write(lineOf(answered, timeText(at)))
  }

  return {
    flush,
    add(answered: Answered) {
      waiting.push({ answered, at: clock() })
      if (waiting.length === linesAtOnce) flush()
    },
  }
}

function lineOf({ id, method, url, status, elapsedMs, caller }: Answered, time: string): string {
  const query = url.indexOf('?')
  const path = JSON.stringify(query < 0 ? url : url.slice(0, query))
  const ms = Math.round(elapsedMs * 100) / 100
  const by = caller === undefined ? '' : `,"caller":${JSON.stringify(caller)}`
  return `{"level":"info","time":"${time}","requestId":"${id}","method":"${method}","path":${path},"status":${status},"ms":${ms}${by}}\n`
}

/** A time as a text; lines of one millisecond share it. */
function isoClock(): (at: number) => string {
  let madeOf = 0
  let text = ''
  return (at) => {
    if (at !== madeOf) {
      madeOf = at
      text = new Date(at).toISOString()
    }
    return text
  }
}
