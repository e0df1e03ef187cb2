/** `/account`: what somebody has left open, such as keys that `terraform login` gave them, and an end for each of it. */
import { z } from 'zod'
import { asker } from '../../access/asker.ts'
import type { App } from '../../foundation/app.ts'
import { basePathOf, type Http } from '../../foundation/http/http.ts'
import { Refusal } from '../../foundation/refusal.ts'
import { revokeApiKey } from '../api-keys.ts'
import { listKeys } from '../queries.ts'
import { takeCookie } from '../session-cookie.ts'
import { listSessions, type ShownSession } from '../session-queries.ts'
import { revokeSession, sessionOver } from '../sessions.ts'
import { day, moment } from './day.ts'
import { hidden } from './fields.ts'
import type { FormBody, Forms } from './forms.ts'
import { type Html, html } from './html.ts'
import { sendPage } from './page.ts'

const maxShown = 200

const Ended = z.object({ key: z.uuid().optional(), session: z.uuid().optional() })

export function accountPage(pages: Http, app: App, forms: Forms): void {
  const basePath = basePathOf(app.config)

  pages.get('/account', async (request, reply) => {
    if (!request.session) return reply.redirect(`${basePath}/login?next=/account`, 303)
    const { id, userId, email } = request.session.row
    const [keys, sessions] = [await goodKeys(app, userId), await goodSessions(app, userId)]
    const proof = forms.token(request, reply)
    const end = (what: keyof typeof endsBy, of: string, name: string) =>
      html`<form method="post" action="${basePath}/account">${proof}${hidden(what, of)}
<button class="second" aria-label="${endsBy[what]} ${name}">${endsBy[what]}</button></form>`
    const keyRow = (key: Key) => row(key.name, keyInWords(key), end('key', key.id, key.name))
    const sessionRow = (session: ShownSession) => {
      const name = session.id === id ? 'This browser' : 'A browser'
      return row(name, sessionInWords(session), end('session', session.id, name))
    }
    return sendPage(request, reply, {
      title: 'Your keys and sessions',
      body: html`<p>Of <strong>${email}</strong>. What is ended here is refused from then on, wherever it is kept.</p>
<h2>API keys</h2>
${keys.length > 0 ? html`<dl>${keys.map(keyRow)}</dl>` : html`<p class="quiet">None that is still good.</p>`}
<h2>Sessions</h2>
<dl>${sessions.map(sessionRow)}</dl>`,
    })
  })

  pages.post<{ Body: FormBody }>('/account', async (request, reply) => {
    const own = request.session?.row
    if (!own) throw sessionOver()
    const { data: ended } = Ended.safeParse(request.body)
    if (!ended) throw nothingNamed()
    if (ended.key) await revokeApiKey(app, asker(request), ended.key)
    if (ended.session) await revokeSession(app, asker(request), ended.session, (userId) => userId === own.userId)
    if (ended.session === own.id) takeCookie(app, reply)
    return reply.redirect(`${basePath}/account`, 303)
  })
}

const endsBy = { key: 'Revoke', session: 'End' } as const

const row = (name: string, words: Html, form: Html) => html`<div><dt>${name}</dt><dd>${words}${form}</dd></div>`

const nothingNamed = () => new Refusal('malformed', 'request-malformed', 'The form names neither a key nor a session.')

type Key = Awaited<ReturnType<typeof listKeys>>[number]

async function goodKeys(app: App, userId: string): Promise<Key[]> {
  const keys = await listKeys(app.db, { managed: [], own: userId, only: userId }, undefined, maxShown)
  return keys.filter(({ revokedAt, expiresAt }) => !revokedAt && (!expiresAt || expiresAt.getTime() > app.clock()))
}

function goodSessions(app: App, userId: string): Promise<ShownSession[]> {
  const now = app.clock()
  return listSessions(app.db, userId, new Date(now), new Date(now - app.config.auth.sessions.idle_timeout))
}

const keyInWords = ({ prefix, createdAt, lastUsedAt, expiresAt }: Key) => html`<code>${prefix}&hellip;</code>,
made on ${day(createdAt)}, ${lastUsedAt ? html`last used on ${day(lastUsedAt)}` : 'never used'},
${expiresAt ? html`good until ${day(expiresAt)}` : 'without an end'}`

const sessionInWords = ({ client, address, createdAt, lastUsedAt }: ShownSession) => html`from ${address},
signed in on ${moment(createdAt)}, last used on ${moment(lastUsedAt)}<br><span class="hint">${client}</span>`
