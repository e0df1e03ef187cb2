/** The people of this registry: their roles, when they were last seen, and whether they may come in. */
import { placeInWords } from '@cadastre/contract/held'
import { question } from '@cadastre/contract/question'
import { useState } from 'react'
import { api, changed, forget } from '../api.ts'
import type { Problem } from '../page-data.ts'
import { holdsAny } from '../shell/rights.ts'
import { problemIn, Refusal } from '../ui/Answered.tsx'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { TextField } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { announce } from '../ui/LiveRegion.tsx'
import { Pages } from '../ui/Pages.tsx'
import { Table } from '../ui/Table.tsx'
import { Time } from '../ui/Time.tsx'
import { AdminSheet } from './AdminSheet.tsx'

export function PeoplePage() {
  const [problem, setProblem] = useState<Problem>()
  const mayWrite = holdsAny(['users:write'])
  async function letIn(id: string, email: string, isIn: boolean) {
    setProblem(undefined)
    await changed(api.PATCH('/api/v1/users/{id}', { params: { path: { id } }, body: { disabled: !isIn } })).then(
      () => announce(isIn ? `${email} may sign in again` : `${email} may not sign in any more`),
      (error) => setProblem(problemIn(error)),
    )
    await forget('/api/v1/users')
  }
  return (
    <AdminSheet title="People">
      {problem && <Refusal problem={problem} what="change" />}
      <Pages to={question('/api/v1/users')} what="people">
        {(items, more) =>
          items.length === 0 ? (
            <EmptyState title="Nobody yet">
              People appear when they first sign in, or when they are added here.
            </EmptyState>
          ) : (
            <>
              <Table
                caption="People"
                rows={items}
                keyOf={({ id }) => id}
                columns={[
                  {
                    head: 'Person',
                    isName: true,
                    cell: ({ email, displayName }) => (displayName ? `${displayName}, ${email}` : email),
                  },
                  {
                    head: 'Roles',
                    isWide: true,
                    cell: ({ roles }) =>
                      roles.length === 0
                        ? 'none'
                        : roles.map(({ organization, role }) => `${role} ${placeInWords(organization)}`).join(', '),
                  },
                  { head: 'Last seen', cell: ({ lastSeenAt }) => (lastSeenAt ? <Time at={lastSeenAt} /> : 'never') },
                  {
                    head: 'May sign in',
                    cell: ({ disabled }) => (disabled ? <Badge tone="bad">no</Badge> : <Badge tone="good">yes</Badge>),
                  },
                  {
                    head: 'Change',
                    cell: ({ id, email, disabled }) =>
                      mayWrite && (
                        <Button
                          small
                          look={disabled ? 'second' : 'danger'}
                          aria-label={disabled ? `Let ${email} in` : `Keep ${email} out`}
                          onClick={() => void letIn(id, email, disabled)}
                        >
                          {disabled ? 'Let in' : 'Keep out'}
                        </Button>
                      ),
                  },
                ]}
              />
              {more}
            </>
          )
        }
      </Pages>
      {mayWrite && <NewPerson />}
    </AdminSheet>
  )
}

function NewPerson() {
  const [added, setAdded] = useState(0)
  async function add(fields: FormData) {
    const email = String(fields.get('email'))
    await changed(
      api.POST('/api/v1/users', {
        body: {
          email,
          displayName: String(fields.get('name') ?? ''),
          password: String(fields.get('password')) || undefined,
        },
      }),
    )
    announce(`Added ${email}`)
    setAdded((count) => count + 1)
    await forget('/api/v1/users')
  }
  return (
    <section>
      <h2>Add a person</h2>
      <Form key={added} action="Add" onSubmit={add}>
        <TextField label="E-mail address" name="email" type="email" required autoComplete="off" />
        <TextField label="Name" name="name" autoComplete="off" />
        <TextField
          label="Password"
          name="password"
          type="password"
          minLength={12}
          autoComplete="new-password"
          hint="12 characters at least. Leave it empty for who signs in through an identity provider."
        />
      </Form>
    </section>
  )
}
