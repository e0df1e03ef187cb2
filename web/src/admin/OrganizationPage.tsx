/** One organization: its namespaces and who may see them, its members and their roles. */
import { question } from '@cadastre/contract/question'
import { useState } from 'react'
import { api, changed, forget } from '../api.ts'
import { useAt } from '../at.ts'
import type { Problem } from '../page-data.ts'
import { holdsAny } from '../shell/rights.ts'
import { Answered, problemIn, Refusal } from '../ui/Answered.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Link } from '../ui/Link.tsx'
import { announce } from '../ui/LiveRegion.tsx'
import { Pages } from '../ui/Pages.tsx'
import { Select } from '../ui/Select.tsx'
import { shellWord } from '../ui/shell-word.ts'
import { Table } from '../ui/Table.tsx'
import { AdminSheet } from './AdminSheet.tsx'

const visibilities = { private: 'its members', internal: 'whoever is signed in', public: 'anyone' } as const

export function OrganizationPage() {
  const organization = useAt().params.organization ?? ''
  return (
    <AdminSheet title={organization}>
      <Answered to={question('/api/v1/organizations/{organization}', { path: { organization } })} what="organization">
        {({ displayName }) => (
          <>
            {displayName && <p>{displayName}</p>}
            <Namespaces of={organization} />
            <Members of={organization} />
          </>
        )}
      </Answered>
    </AdminSheet>
  )
}

function Namespaces({ of: organization }: { of: string }) {
  const [problem, setProblem] = useState<Problem>()
  async function show(namespace: string, visibility: keyof typeof visibilities) {
    setProblem(undefined)
    await changed(
      api.PATCH('/api/v1/namespaces/{namespace}', { params: { path: { namespace } }, body: { visibility } }),
    ).then(
      () => announce(`${namespace} is visible to ${visibilities[visibility]}`),
      (error) => setProblem(problemIn(error)),
    )
    await forget('/api/v1/namespaces')
  }
  return (
    <>
      {problem && <Refusal problem={problem} what="change" />}
      <h2>Namespaces</h2>
      <Pages to={question('/api/v1/namespaces', { query: { organization } })} what="namespaces">
        {(items, more) =>
          items.length === 0 ? (
            <EmptyState
              title="No namespaces yet"
              command={`cadastre namespace create NAME --organization ${shellWord(organization)}`}
              action={
                holdsAny(['organizations:write']) && (
                  <Link to={`/namespaces/new?organization=${encodeURIComponent(organization)}`}>Claim a namespace</Link>
                )
              }
            />
          ) : (
            <>
              <Table
                caption="Namespaces"
                rows={items}
                keyOf={({ name }) => name}
                columns={[
                  {
                    head: 'Name',
                    isName: true,
                    cell: ({ name }) => <Link to={`/namespaces/${name}`}>{name}</Link>,
                  },
                  {
                    head: 'Visible to',
                    cell: ({ name, visibility }) => (
                      <Select
                        label={`Who may see ${name}`}
                        options={visibilities}
                        value={visibility}
                        onChange={(chosen) => void show(name, chosen)}
                      />
                    ),
                  },
                ]}
              />
              {more}
            </>
          )
        }
      </Pages>
    </>
  )
}

const Members = ({ of: organization }: { of: string }) => (
  <>
    <h2>Members</h2>
    <Pages to={question('/api/v1/organizations/{organization}/members', { path: { organization } })} what="members">
      {(items, more) =>
        items.length === 0 ? (
          <EmptyState
            title="No members yet"
            command={`cadastre admin organizations members set ${shellWord(organization)} someone@example.com --role publisher`}
          />
        ) : (
          <>
            <Table
              caption="Members"
              rows={items}
              keyOf={({ userId }) => userId}
              columns={[
                { head: 'Person', isName: true, cell: ({ email }) => email },
                {
                  head: 'Roles',
                  cell: ({ roles }) =>
                    roles.map(({ role, source }) => (source === 'manual' ? role : `${role} (by ${source})`)).join(', '),
                },
              ]}
            />
            {more}
          </>
        )
      }
    </Pages>
  </>
)
