/** Where the browser comes back to: a server on loopback that hears one answer, the one that knows the state. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { parseUrl } from '@cadastre/contract/parse-url'
import { exit, Failure } from '../exit.ts'

export type Callback = {
  redirectUri: string
  /** @throws Failure when the sign-in was refused, or nobody came in time */
  code(waitMs: number): Promise<string>
  close(): void
}

/** What the answer has to bring, and whom it may come from: the origin of who is to be shown the code. */
export type Expected = { state: string; issuer: string }

/** @param ports as the registry announces them */
export async function listenForCallback(ports: [number, number], expected: Expected): Promise<Callback> {
  const server = createServer()
  const code = new Promise<string>((resolve, reject) => {
    server.on('request', (request, response) => {
      const { status, says, code, failure } = heard(request, expected)
      page(response, status, says)
      if (code) resolve(code)
      if (failure) reject(failure)
    })
  })
  // The answer may come before anybody waits for it.
  code.catch(() => {})
  // A browser keeps connections open for later; there is none.
  server.on('connection', (socket) => socket.unref())
  const port = await listenOnOneOf(server, ports)
  return {
    // By its address: what the name means is up to others on this machine, who may listen where browsers try first.
    redirectUri: `http://127.0.0.1:${port}/login`,
    code(waitMs) {
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(tooLate(waitMs)), waitMs)
      })
      return Promise.race([code, late]).finally(() => clearTimeout(timer))
    },
    close: () => void server.close(),
  }
}

type Heard = { status: number; says: string; code?: string; failure?: Failure }

/** Anybody on this machine, and any page in the browser, may ask here: who does not know the state is not heard. */
function heard({ method, url = '' }: IncomingMessage, { state, issuer }: Expected): Heard {
  const address = `http://localhost${url}`
  const { pathname, searchParams } = parseUrl(address) ?? new URL('http://localhost')
  if (pathname !== '/login' || method !== 'GET') return { status: 404, says: 'There is nothing here.' }
  if (!same(searchParams.get('state') ?? '', state))
    return { status: 400, says: 'This does not belong to the sign-in that the terminal waits for.' }
  // https://www.rfc-editor.org/rfc/rfc9207: who sent the browser to another registry would turn its code into a key.
  const givenBy = searchParams.get('iss') ?? issuer
  if (parseUrl(givenBy)?.origin !== issuer)
    return {
      status: 400,
      says: 'This is of another registry, and nobody is shown it.',
      failure: elsewhere(givenBy, issuer),
    }
  const code = searchParams.get('code')
  if (code) return { status: 200, says: 'The terminal has what it needs. You may close this window.', code }
  const failure = refused(searchParams.get('error_description') ?? searchParams.get('error'))
  return { status: 200, says: 'The sign-in was refused, and the terminal knows. You may close this window.', failure }
}

async function listenOnOneOf(server: Server, [first, afterLast]: [number, number]): Promise<number> {
  for (let port = first; port < afterLast; port++) if (await listens(server, port)) return port
  throw new Failure(
    exit.unreachable,
    'no-port',
    `The sign-in comes back on one of the ports ${first} to ${afterLast - 1} of this machine, and all of them are taken.`,
    'End what listens there, or pass an API key to: cadastre login --token-stdin',
  )
}

function listens(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const taken = () => resolve(false)
    server.once('error', taken)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', taken)
      resolve(true)
    })
  })
}

/** In a time that does not tell how much of it was right. */
function same(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}

function page(response: ServerResponse, status: number, sentence: string): void {
  response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      'cache-control': 'no-store',
      // The code is in the address of this page.
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      connection: 'close',
    })
    .end(documentOf(sentence))
}

const documentOf = (sentence: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Cadastre</title>
<style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1rem}</style>
</head>
<body><main><h1>Cadastre</h1><p>${sentence}</p></main></body>
</html>
`

const refused = (reason: string | null) =>
  new Failure(
    exit.refused,
    'login-refused',
    `The sign-in was refused${reason ? `: ${reason.slice(0, 300)}` : ''}.`,
    'Nothing was granted. Run cadastre login again to ask once more.',
  )

const elsewhere = (givenBy: string, issuer: string) =>
  new Failure(
    exit.refused,
    'login-elsewhere',
    `The sign-in was allowed at ${givenBy.slice(0, 300)}, and ${issuer} would have got the key.`,
    'Nothing was passed on. Sign in to the registry that you mean by its own name.',
  )

const tooLate = (waitMs: number) =>
  new Failure(
    exit.refused,
    'login-timeout',
    `Nobody signed in within ${Math.round(waitMs / 60_000)} minutes.`,
    'Run cadastre login again, or pass an API key to: cadastre login --token-stdin',
  )
