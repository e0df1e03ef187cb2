/** `/setup`: the page behind the link that a server prints while nobody can sign in, and that `cadastre admin reset` prints. */
import { Line } from '@cadastre/contract/texts'
import { Email } from '@cadastre/contract/users'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../foundation/app.ts'
import { basePathOf, type Http } from '../../foundation/http/http.ts'
import { fromRequest, giveCookie } from '../session-cookie.ts'
import { finishSetup, linkOver, openSetup } from '../setup.ts'
import { field, hidden, problem } from './fields.ts'
import type { FormBody, Forms } from './forms.ts'
import { type Html, html } from './html.ts'
import { sendPage } from './page.ts'

type SetupPage = { Querystring: { token?: string }; Body: FormBody }
type Wrong = Partial<Record<'email' | 'name' | 'password' | 'again', string>>

const minPasswordLength = 12

export function setupPage(pages: Http, app: App, forms: Forms): void {
  const action = `${basePathOf(app.config)}/setup`

  pages.get<SetupPage>('/setup', async (request, reply) => {
    const { token } = request.query
    if (typeof token !== 'string') throw linkOver()
    return show(request, reply, token, {}, {})
  })

  pages.post<SetupPage>('/setup', { config: { limit: 'sign_in' } }, async (request, reply) => {
    const { token = '', way, email = '', name = '', password = '', again = '' } = request.body
    const { ways } = await openSetup(app, token)
    const withPassword = ways.password && way !== 'issuer'
    const wrong = whatIsWrong({ email, name, ...(withPassword ? { password, again } : {}) })
    if (Object.keys(wrong).length > 0) return show(request, reply, token, request.body, wrong)
    const wanted = {
      email: Email.parse(email.trim()),
      displayName: name.trim(),
      password: withPassword ? password : null,
    }
    const session = await finishSetup(app, token, wanted, fromRequest(request))
    if (session) return giveCookie(app, reply, session).redirect(`${basePathOf(app.config)}/`, 303)
    return sendPage(request, reply, {
      title: 'Sign in to go on',
      body: html`<p>Whoever signs in as <strong>${wanted.email}</strong> through an identity provider, which has to vouch for the address, administers this registry.</p>
<p><a class="button" href="${basePathOf(app.config)}/login">Sign in</a></p>`,
    })
  })

  async function show(request: FastifyRequest, reply: FastifyReply, token: string, typed: FormBody, wrong: Wrong) {
    const { purpose, ways } = await openSetup(app, token)
    const proof = html`${forms.token(request, reply)}${hidden('token', token)}`
    const isWrong = Object.keys(wrong).length > 0
    const form = (way: 'password' | 'issuer') => {
      const isTyped = isWrong && (typed.way ?? 'password') === way
      return setupForm({
        action,
        way,
        proof,
        typed: isTyped ? typed : {},
        wrong: isTyped ? wrong : {},
        first: !isWrong,
        isSecond: way === 'issuer' && ways.password,
      })
    }
    return sendPage(request, reply, {
      title: purpose === 'first' ? 'Set up this registry' : 'Administer this registry',
      status: isWrong ? 422 : 200,
      body: html`${isWrong && problem('Something below is not right yet.')}
<p>${
        purpose === 'first'
          ? 'Nobody can sign in yet. Whoever you name here is the first administrator.'
          : 'Whoever you name here becomes an administrator of the platform, or is let in again.'
      } This page works once.</p>
${ways.password && form('password')}
${ways.password && ways.issuer && html`<hr><h2>Without a password</h2>`}
${ways.issuer && html`<p class="quiet">Name the address that your identity provider vouches for.</p>${form('issuer')}`}`,
    })
  }
}

type SetupForm = {
  action: string
  way: 'password' | 'issuer'
  proof: Html
  typed: FormBody
  wrong: Wrong
  first: boolean
  isSecond: boolean
}

/** Two of them can be on one page, so their fields are told apart by the way. */
const setupForm = ({
  action,
  way,
  proof,
  typed,
  wrong,
  first,
  isSecond,
}: SetupForm) => html`<form method="post" action="${action}">
${proof}${hidden('way', way)}
${field({ name: 'email', id: `${way}-email`, label: 'E-mail', type: 'email', autocomplete: 'username', value: typed.email, wrong: wrong.email, first: first && way === 'password' })}
${field({ name: 'name', id: `${way}-name`, label: 'Name (optional)', autocomplete: 'name', value: typed.name, wrong: wrong.name, optional: true })}
${
  way === 'password' &&
  html`${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'new-password', hint: `${minPasswordLength} characters at least.`, wrong: wrong.password })}
${field({ name: 'again', label: 'The same password again', type: 'password', autocomplete: 'new-password', wrong: wrong.again })}`
}
<button${isSecond && html` class="second"`}>${way === 'password' ? 'Make this administrator' : 'Bind this address'}</button>
</form>`

function whatIsWrong(typed: { email: string; name: string; password?: string; again?: string }): Wrong {
  const { email, name, password, again } = typed
  const wrong: Wrong = {}
  if (!Email.safeParse(email.trim()).success) wrong.email = 'This is no e-mail address.'
  if (name.trim() !== '' && !Line.safeParse(name).success) wrong.name = 'At most 100 characters, in one line.'
  if (password === undefined) return wrong
  if (password.length < minPasswordLength) wrong.password = `It has to be of ${minPasswordLength} characters at least.`
  else if (password.length > 256) wrong.password = 'It has to be of 256 characters at most.'
  else if (password !== again) wrong.again = 'The two passwords differ.'
  return wrong
}
