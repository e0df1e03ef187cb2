/** The page on which somebody allows a program on their computer to act for them: what it gets, and until when. */
import { meaningOfRole } from '@cadastre/contract/roles'
import type { UserRow } from '../../organizations/user-queries.ts'
import { hidden } from '../pages/fields.ts'
import { type Html, html } from '../pages/html.ts'
import { type AuthorizationRequest, asParameters } from './authorization-request.ts'

export type Consent = {
  /** of this registry, as people know it */
  host: string
  basePath: string
  user: Pick<UserRow, 'email' | 'roles'>
  request: AuthorizationRequest
  expiresAt: Date
  proof: Html
}

export const consentTitle = 'Let a program on this computer in?'

export const consentBody = ({ host, basePath, user, request, expiresAt, proof }: Consent) => html`<p>Allow this
if you have just run <code>terraform login</code>, <code>tofu login</code> or <code>cadastre login</code>
yourself.</p>
<dl>
<div><dt>Registry</dt><dd><code>${host}</code></dd></div>
<div><dt>As</dt><dd>${user.email}</dd></div>
<div><dt>Program</dt><dd>waits on port ${new URL(request.redirectUri).port} of this computer</dd></div>
<div><dt>It may</dt><dd>${rightsInWords(user)}</dd></div>
<div><dt>Until</dt><dd>${dayOf(expiresAt)}, unless you revoke it before</dd></div>
</dl>
<p class="quiet">It gets an API key that the program keeps on this computer. When you may do less, so may the key.</p>
<form method="post" action="${basePath}/oauth/authorize">
${proof}${Object.entries(asParameters(request)).map(([name, value]) => hidden(name, value))}
<p class="actions"><button name="decision" value="allow">Allow</button>
<button class="second" name="decision" value="refuse">Refuse</button></p>
</form>`

export const refusedTitle = 'Nothing was given'

export const refusedBody = (basePath: string) => html`<p>The program got no key.</p>
<div class="notice"><p>It does not know of this, and still waits in your terminal: press Ctrl-C there.</p></div>
<p class="actions"><a class="button second" href="${basePath}/">To the start</a></p>`

const rightsInWords = ({ roles }: Pick<UserRow, 'roles'>) => html`everything that you may:
${
  roles.length === 0
    ? html`<br>read what is open to everybody who is signed in`
    : roles.map(
        ({ organization, place, role }) =>
          html`<br>${place === 'platform' ? 'everywhere' : `in ${organization}`}, ${role}: ${meaningOfRole[role]}`,
      )
}<br>and look after your own API keys and sessions`

/** In the words of no country, and by the clock of none. */
const dayOf = (time: Date) =>
  html`<time datetime="${time.toISOString()}">${new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(time)}</time>`
