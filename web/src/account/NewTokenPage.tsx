/** A new token: what it is for, what it may do, how long; then the token once, in every form that is ready to paste. */
import { scopeMeanings, scopesToCome } from '@cadastre/contract/scope-meanings'
import { scopes as allScopes, type ScopeName } from '@cadastre/contract/scope-names'
import { useState } from 'react'
import { api, changed, forget } from '../api.ts'
import { pageData } from '../page-data.ts'
import { holdsAny } from '../shell/rights.ts'
import { Banner } from '../ui/Banner.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { CheckField, SelectField, TextField } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { AccountSheet } from './AccountSheet.tsx'
import { TokenForms } from './TokenForms.tsx'
import { namesIn, wrongNames } from './token-namespaces.ts'

const lives = { '7': '7 days', '30': '30 days', '90': '90 days', '': 'until it is revoked' } as const
const dayMs = 86_400_000

export function NewTokenPage() {
  const [scopes, setScopes] = useState<string[]>(['modules:read', 'providers:read'])
  const [token, setToken] = useState<string>()
  const offered = allScopes.filter((scope) => holdsAny([scope]) && !scopesToCome.includes(scope))

  async function create(fields: FormData) {
    const days = Number(fields.get('days'))
    const created = await changed(
      api.POST('/api/v1/api-keys', {
        body: {
          name: String(fields.get('name')),
          scopes: scopes as ScopeName[],
          namespaces: namesIn(String(fields.get('namespaces'))),
          expiresAt: days ? new Date(Date.now() + days * dayMs).toISOString() : null,
        },
      }),
    )
    setToken(created.token)
    await forget('/api/v1/api-keys')
  }

  if (token)
    return (
      <AccountSheet title="Your new token">
        <Banner tone="attention" title="Copy it now: it is not shown again.">
          Whoever has it can do what it may do.
        </Banner>
        <TokenForms token={token} registry={pageData} />
        <div>
          <ButtonLink to="/me/tokens">Done</ButtonLink>
        </div>
      </AccountSheet>
    )
  return (
    <AccountSheet title="New token">
      <Form action="Create token" onSubmit={create}>
        <TextField
          label="Name"
          name="name"
          required
          maxLength={100}
          autoComplete="off"
          hint="What it is for, such as the pipeline that uses it."
        />
        <SelectField label="Good for" name="days" defaultValue="30">
          {Object.entries(lives)
            .sort(([a], [b]) => (Number(a) || 999) - (Number(b) || 999))
            .map(([days, words]) => (
              <option key={days} value={days}>
                {words}
              </option>
            ))}
        </SelectField>
        <CheckField
          label="It may"
          options={Object.fromEntries(offered.map((scope) => [scope, <Scope key={scope} name={scope} />]))}
          chosen={scopes}
          onChange={setScopes}
        />
        <TextField
          label="Only in these namespaces"
          name="namespaces"
          autoComplete="off"
          spellCheck={false}
          hint="Names, with spaces or commas between them. Leave it empty for all that you may use."
          onChange={({ target }) => target.setCustomValidity(wrongNames(target.value))}
        />
      </Form>
    </AccountSheet>
  )
}

const Scope = ({ name }: { name: ScopeName }) => (
  <>
    {scopeMeanings[name]} <code>{name}</code>
  </>
)
