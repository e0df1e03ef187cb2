/** `cadastre healthcheck`: asks the registry of these settings whether it is well; for containers. */
import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import type { Config } from '../foundation/config/settings.ts'
import { basePathOf } from '../foundation/http/http.ts'
import { Refusal } from '../foundation/refusal.ts'
import { settingsHere } from './run.ts'

const timeoutMs = 5_000

export async function healthcheck(): Promise<void> {
  const { config } = settingsHere()
  const { status, body } = await askHere(config, '/health')
  if (status !== 200) throw unhealthy(`It answers ${status}: ${body.slice(0, 500)}`)
  process.stdout.write(`${body}\n`)
}

/** What the registry of these settings answers, asked past whatever stands in front of it. @throws unavailable */
export function askHere(config: Config, path: string): Promise<{ status: number; body: string }> {
  const { tls } = config.security
  const anywhere = ['0.0.0.0', '::'].includes(config.server.host)
  const address = {
    host: anywhere ? '127.0.0.1' : config.server.host,
    port: config.server.port,
    path: `${basePathOf(config)}${path}`,
    timeout: timeoutMs,
  }
  // The certificate is made out to another name than the one that is asked here, on this machine.
  return answer(tls.enabled ? secure({ ...address, rejectUnauthorized: false }) : plain(address))
}

function answer(asking: ReturnType<typeof plain>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, refuse) => {
    asking.on('timeout', () => asking.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)))
    asking.on('error', (error) => refuse(unreachable(error.message)))
    asking.on('response', (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text) => {
        body += text
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
    })
    asking.end()
  })
}

const unhealthy = (detail: string) =>
  new Refusal('unavailable', 'unhealthy', `The registry is not well. ${detail}`, 'Its log says more.')

const unreachable = (detail: string) =>
  new Refusal(
    'unavailable',
    'unhealthy',
    `The registry does not answer: ${detail}.`,
    'Does it run? It is asked where server.host and server.port say: cadastre config explain server',
  )
