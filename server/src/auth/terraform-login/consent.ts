/** The page on which somebody allows a program on their computer to act for them: what it gets, and until when. */
import type { Role } from '@cadastre/contract/roles'
import type { UserRow } from '../../organizations/user-queries.ts'
import { day } from '../pages/day.ts'
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

export const consentTitle = 'Let this program in?'

export const consentBody = ({ host, basePath, user, request, expiresAt, proof }: Consent) => html`<p>Allow this
if you have just run <code>terraform login ${host}</code> yourself, or the same with <code>tofu</code> or
<code>cadastre</code>. If you named another host, refuse: that one would get the key.</p>
<dl>
<div><dt>Registry</dt><dd><code>${host}</code></dd></div>
<div><dt>As</dt><dd>${user.email}</dd></div>
<div><dt>Program</dt><dd>on this computer, at port ${new URL(request.redirectUri).port}</dd></div>
<div><dt>It may</dt><dd>${rightsInWords(user)}</dd></div>
<div><dt>Until</dt><dd>${day(expiresAt)}, or until you revoke it</dd></div>
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

const rightsInWords = ({ roles }: Consent['user']) => html`whatever you may:
<ul>
${[...new Set(roles.map(({ place }) => place))].map((place) => html`<li>${rightsIn(place, roles)}</li>`)}
<li>what is open to everybody who is signed in</li>
<li>your own API keys and sessions</li>
</ul>`

function rightsIn(where: string, roles: UserRow['roles']): Html {
  const held = roles.filter(({ place }) => place === where)
  const name = where === 'platform' ? 'everywhere' : html`in <code>${held[0]!.organization}</code>`
  return html`${name}: ${inWords(new Set(['viewer', ...held.map(({ role }) => role)]))}`
}

/** Each role beside viewer is a viewer with more. */
const inWords = (roles: ReadonlySet<Role>) =>
  roles.has('admin') ? rightsOf.admin : [...roles].map((role) => rightsOf[role]).join(', ')

const rightsOf: Record<Role, string> = {
  viewer: 'read',
  publisher: 'publish modules and providers',
  mirror_manager: 'look after mirrors',
  user_manager: 'look after people and API keys',
  auditor: 'see people and the audit trail',
  admin: 'everything',
}
