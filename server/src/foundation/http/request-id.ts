/** A name for each request, taken from the proxy in front when it gives one, that logs, answers and audit facts share. */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

const acceptable = /^[A-Za-z0-9._-]{8,64}$/

/** Random per process and counted within it: unique without a random number per request. */
export function requestIds(): (request: Pick<IncomingMessage, 'headers'>) => string {
  const prefix = `${Date.now().toString(36)}${randomBytes(4).toString('hex')}-`
  let count = 0
  return (request) => {
    const given = request.headers['x-request-id']
    if (typeof given === 'string' && acceptable.test(given)) return given
    count += 1
    return prefix + count.toString(36)
  }
}
