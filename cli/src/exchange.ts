/**
 * One HTTP exchange over node:http, which takes extra certificate authorities and streams. Redirects are not followed: a
 * token is for the host that was named.
 */
import { readFileSync } from 'node:fs'
import { type IncomingMessage, request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { createInterface } from 'node:readline'
import { pipeline, type Readable } from 'node:stream'
import { rootCertificates } from 'node:tls'
import { cliVersion } from './cli-version.ts'
import { exit, Failure, usage } from './exit.ts'

export type Wire = { timeoutSeconds: number; caFile?: string }

export type Sent = {
  method: string
  url: string
  headers?: Record<string, string>
  body?: Buffer | Readable
  /** Gets each line of a good answer as it comes; the text is empty then. */
  onLine?(line: string): Promise<void>
}

export type Answer = { status: number; headers: Record<string, string>; text: string }

export type Exchange = (sent: Sent) => Promise<Answer>

// A refusal may come while the upload still runs; its words are worth waiting for.
const lateAnswerMs = 2_000

/** @throws Failure unreachable, with the cause in a sentence */
export function exchangeOver({ timeoutSeconds, caFile }: Wire): Exchange {
  const ca = caFile === undefined ? undefined : [...rootCertificates, certificates(caFile)]
  return ({ method, url, headers, body, onLine }) =>
    new Promise((resolve, reject) => {
      const request = (url.startsWith('https:') ? secure : plain)(url, {
        method,
        headers: { 'user-agent': `cadastre/${cliVersion}`, accept: 'application/json', ...headers },
        timeout: timeoutSeconds * 1000,
        ...(ca && { ca }),
      })
      const failed = (error: Error) => reject(unreachable(url, error))
      let late: NodeJS.Timeout | undefined
      let answered = false
      let broken = false
      request.on('timeout', () => request.destroy(new Error(`it was silent for ${timeoutSeconds} s`)))
      request.on('error', (error) => {
        broken = true
        if (!answered) late = setTimeout(failed, isStream(body) ? lateAnswerMs : 0, error)
      })
      request.on('response', (response) => {
        answered = true
        clearTimeout(late)
        const status = response.statusCode ?? 0
        textOf(response, status < 300 ? onLine : undefined).then((text) => {
          resolve({ status, headers: flat(response.headers), text })
          if (!request.writableFinished) request.destroy()
        }, failed)
      })
      if (!isStream(body)) {
        request.end(body)
        return
      }
      // Each side of a pipeline ends with the other's error: what the connection met with has been heard above.
      body.on('error', (error) => !broken && reject(error))
      pipeline(body, request, () => {})
    })
}

async function textOf(response: IncomingMessage, onLine: Sent['onLine']): Promise<string> {
  if (!onLine) {
    let text = ''
    for await (const more of response.setEncoding('utf8')) text += more
    return text
  }
  for await (const line of createInterface({ input: response })) await onLine(line)
  // Lines end where the connection does, whether all of them had come or not.
  if (!response.complete) throw new Error('the connection was cut in the middle of the answer')
  return ''
}

const isStream = (body: Sent['body']): body is Readable => body !== undefined && !Buffer.isBuffer(body)

function certificates(file: string): string {
  const text = contentOf(file)
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text
  throw usage(`${file} (--ca-file) holds no certificate in PEM form.`)
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw usage(`--ca-file cannot be read: ${(error as Error).message}`)
  }
}

function flat(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}

function unreachable(url: string, error: NodeJS.ErrnoException): Failure {
  const { origin } = new URL(url)
  const { sentence, hint } = cause(error, origin)
  return new Failure(exit.unreachable, 'unreachable', `${origin} cannot be reached: ${sentence}.`, hint)
}

function cause(error: NodeJS.ErrnoException, origin: string): { sentence: string; hint?: string } {
  const code = error.code ?? ''
  if (code === 'ECONNREFUSED')
    return { sentence: 'nothing listens there', hint: 'Is it the right port, and does it run?' }
  if (code === 'ENOTFOUND') return { sentence: 'there is no host of that name', hint: 'Is the name spelt right?' }
  if (code === 'EAI_AGAIN') return { sentence: 'its name cannot be looked up at the moment' }
  if (code === 'ECONNRESET' || code === 'EPIPE') return { sentence: 'the connection was cut', hint: 'Try again.' }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL')) {
    const asHttp = origin.replace('https:', 'http:')
    return { sentence: 'it does not speak TLS', hint: `Where it is plain http, name it with --host ${asHttp}.` }
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return { sentence: 'its certificate is made out to another name' }
  if (/CERT|SELF_SIGNED|UNABLE_TO|VERIFY/.test(code)) {
    const hint = 'If your organization signs it, name its authority with --ca-file (or NODE_EXTRA_CA_CERTS).'
    return { sentence: `its certificate is not trusted (${error.message})`, hint }
  }
  return { sentence: error.message || code || 'the connection failed' }
}
