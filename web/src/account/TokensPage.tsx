/** The reader's API keys: which are good, when they were last used, and their end. */
import { question } from '@cadastre/contract/question'
import { useState } from 'react'
import { api, changed, forget } from '../api.ts'
import type { Problem } from '../page-data.ts'
import { cadastreLogin, isForClients } from '../shell/ClientSignIn.tsx'
import { problemIn, Refusal } from '../ui/Answered.tsx'
import { Badge } from '../ui/Badge.tsx'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { announce } from '../ui/LiveRegion.tsx'
import { Pages } from '../ui/Pages.tsx'
import { Table } from '../ui/Table.tsx'
import { Time } from '../ui/Time.tsx'
import { AccountSheet } from './AccountSheet.tsx'

export function TokensPage() {
  const [problem, setProblem] = useState<Problem>()
  async function revoke(id: string, name: string) {
    setProblem(undefined)
    await changed(api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id } } })).then(
      () => announce(`Revoked ${name}`),
      (error) => setProblem(problemIn(error)),
    )
    await forget('/api/v1/api-keys')
  }
  return (
    <AccountSheet
      title="Your tokens"
      action={
        <ButtonLink to="/me/tokens/new" look="primary" icon="plus">
          New token
        </ButtonLink>
      }
    >
      {problem && <Refusal problem={problem} what="change" />}
      <Pages to={question('/api/v1/api-keys', { query: { mine: true } })} what="tokens">
        {(items, more) =>
          items.length === 0 ? (
            <EmptyState title="No tokens yet">
              A token lets a program do what you may do, or less. On your own computer,{' '}
              <code>{isForClients ? 'terraform login' : cadastreLogin}</code> makes one.
            </EmptyState>
          ) : (
            <>
              <Table
                caption="Tokens"
                rows={items}
                keyOf={({ id }) => id}
                columns={[
                  { head: 'Name', isName: true, cell: ({ name }) => name },
                  { head: 'Begins with', cell: ({ prefix }) => <code>{prefix}</code> },
                  { head: 'May', cell: ({ scopes }) => <code>{scopes.join(' ')}</code> },
                  {
                    head: 'Last used',
                    cell: ({ lastUsedAt }) => (lastUsedAt ? <Time at={lastUsedAt} /> : 'never'),
                  },
                  { head: 'State', cell: (key) => <State of={key} /> },
                  {
                    head: 'End',
                    cell: ({ id, name, revokedAt }) =>
                      !revokedAt && (
                        <Button look="danger" small aria-label={`Revoke ${name}`} onClick={() => void revoke(id, name)}>
                          Revoke
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
    </AccountSheet>
  )
}

function State({ of: { revokedAt, expiresAt } }: { of: { revokedAt: string | null; expiresAt: string | null } }) {
  if (revokedAt) return <Badge tone="bad">revoked</Badge>
  if (!expiresAt) return <>good until revoked</>
  if (new Date(expiresAt) < new Date()) return <Badge tone="attention">expired</Badge>
  return (
    <>
      {'ends '}
      <Time at={expiresAt} />
    </>
  )
}
