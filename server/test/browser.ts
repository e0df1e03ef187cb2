/** What a browser does with our pages as far as tests need it: keeps cookies, follows nothing, fills in and sends forms. */
import { type Answer, clientOf } from './client.ts'

export type Browser = {
  cookies: Map<string, string>
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  /** Sends the first form of a page with its hidden fields and these. */
  submit(page: Answer, fields: Record<string, string>, headers?: Record<string, string>): Promise<Answer>
  /** Opens the page of signing in, and signs in. */
  signIn(email: string, password: string, next?: string): Promise<Answer>
}

export function browserAt(url: string): Browser {
  const client = clientOf(url)
  const cookies = new Map<string, string>()

  async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await client.send(method, path, body, { ...(cookie ? { cookie } : {}), ...headers })
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = line.split(';')[0]!.split('=') as [string, string]
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }
  const submit = (page: Answer, fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const form = formOf(page.text)
    return send('POST', form.action, new URLSearchParams({ ...form.hidden, ...fields }).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    })
  }
  return {
    cookies,
    get: (path, headers) => send('GET', path, undefined, headers),
    send,
    submit,
    async signIn(email, password, next = '/') {
      return submit(await send('GET', `/login?next=${encodeURIComponent(next)}`), { email, password })
    },
  }
}

export function formOf(page: string): { action: string; hidden: Record<string, string> } {
  const [, action = '', inside = ''] = /<form method="post" action="([^"]+)">(.*?)<\/form>/s.exec(page) ?? []
  const hidden = [...inside.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)]
  return { action, hidden: Object.fromEntries(hidden.map(([, name, value]) => [name!, textOf(value!)])) }
}

const textOf = (html: string) =>
  html.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? "'")
