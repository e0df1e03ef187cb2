/** The area of whoever administers a namespace: who sees it, and whose it is. Both are taken back with one press. */
import { type Answer, question } from '@cadastre/contract/question'
import { useState } from 'react'
import { api, changed, forget } from '../api.ts'
import { useAt } from '../at.ts'
import { cadastre } from '../shell/ClientSignIn.tsx'
import { Forbidden } from '../shell/Forbidden.tsx'
import { NotFound } from '../shell/NotFound.tsx'
import { mayIn } from '../shell/rights.ts'
import { Answered } from '../ui/Answered.tsx'
import { Breadcrumb } from '../ui/Breadcrumb.tsx'
import { CommandStrip } from '../ui/CommandStrip.tsx'
import { Count } from '../ui/Count.tsx'
import { RadioField } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { announce } from '../ui/LiveRegion.tsx'
import { ParcelTile } from '../ui/ParcelTile.tsx'
import sheet from '../ui/Sheet.module.css'
import { TitleBlock } from '../ui/TitleBlock.tsx'
import styles from './NamespacePage.module.css'
import { OrganizationField, useOrganization, useOrganizations } from './OrganizationField.tsx'
import { Undo } from './Undo.tsx'
import { seenBy, type Visibility, visibilities } from './visibility.ts'

type Namespace = Answer<'/api/v1/namespaces/{namespace}'>

export function NamespaceSettingsPage() {
  const name = useAt().params.namespace ?? ''
  return (
    <Answered
      to={question('/api/v1/namespaces/{namespace}', { path: { namespace: name } })}
      what="namespace"
      missing={<NotFound />}
    >
      {(namespace) =>
        mayIn(namespace, 'organizations:write') ? (
          <Settings namespace={namespace} />
        ) : (
          <Forbidden scopes={['organizations:write']} organization={namespace.organization} />
        )
      }
    </Answered>
  )
}

const Settings = ({ namespace }: { namespace: Namespace }) => (
  <>
    <TitleBlock
      above={
        <Breadcrumb
          crumbs={[
            { label: 'Namespaces', to: '/namespaces' },
            { label: namespace.name, to: `/namespaces/${namespace.name}` },
            { label: 'Settings' },
          ]}
        />
      }
      address={namespace.name}
      mark={<ParcelTile name={namespace.name} size={32} />}
      cells={[
        { label: 'Owner', value: namespace.organization },
        { label: 'Visible to', value: seenBy[namespace.visibility] },
        { label: 'Modules', value: <Count of={namespace.modules} to={`/modules?ns=${namespace.name}`} /> },
        { label: 'Providers', value: <Count of={namespace.providers} to={`/providers?ns=${namespace.name}`} /> },
      ]}
    />
    <div className={sheet.beside}>
      <div className={sheet.content}>
        <WhoSeesIt namespace={namespace} />
        <WhoseItIs namespace={namespace} />
      </div>
      <aside className={sheet.rail} aria-label="The same as a command">
        <h2>Command line</h2>
        <CommandStrip
          text={`${cadastre} namespace update ${namespace.name} --visibility ${namespace.visibility}`}
          what="the command to change who sees it"
        />
        <CommandStrip
          text={`${cadastre} namespace transfer ${namespace.name} --to ORGANIZATION`}
          what="the command to hand it over"
        />
      </aside>
    </div>
  </>
)

function WhoSeesIt({ namespace: { name, visibility } }: { namespace: Namespace }) {
  const [chosen, setChosen] = useState(visibility)
  const [before, setBefore] = useState<Visibility>()
  async function show(to: Visibility) {
    await changed(
      api.PATCH('/api/v1/namespaces/{namespace}', {
        params: { path: { namespace: name } },
        body: { visibility: to },
      }),
    )
    announce(`${name} is visible to ${seenBy[to]}`)
    setChosen(to)
    await forget('/api/v1/')
  }
  return (
    <section className={styles.part}>
      <h2>Who sees it</h2>
      <Form
        action="Change who sees it"
        onSubmit={async () => {
          if (chosen === visibility) return announce(`${name} is visible to ${seenBy[chosen]} already`)
          await show(chosen)
          setBefore(visibility)
        }}
      >
        <RadioField
          label={`${name} and what is in it`}
          name="visibility"
          options={visibilities}
          value={chosen}
          onChange={setChosen}
        />
      </Form>
      {before && (
        <Undo
          done={`${name} is visible to ${seenBy[visibility]}.`}
          onUndo={async () => {
            await show(before)
            setBefore(visibility)
          }}
        >
          It was visible to {seenBy[before]}.
        </Undo>
      )}
    </section>
  )
}

function WhoseItIs({ namespace: { name, organization } }: { namespace: Namespace }) {
  const [chosen, setChosen] = useState('')
  const [before, setBefore] = useState<string>()
  const { names, isOpen } = useOrganizations(organization)
  const to = useOrganization(chosen, organization)
  async function handTo(owner: string) {
    await changed(
      api.POST('/api/v1/namespaces/{namespace}/transfer', {
        params: { path: { namespace: name } },
        body: { organization: owner },
      }),
    )
    announce(`${name} belongs to ${owner}`)
    setChosen('')
    await forget('/api/v1/')
  }
  return (
    <section className={styles.part}>
      <h2>Whose it is</h2>
      <p>
        {`It belongs to ${organization}. Whoever it is handed to publishes into it from then on; members and keys of ${organization} lose it at once. Addresses, versions and signing keys stay.`}
      </p>
      {names.length === 0 && !isOpen ? (
        <p>You administer no other organization. Whoever administers both, or the whole registry, can hand it over.</p>
      ) : (
        <Form
          action="Hand it over"
          onSubmit={async () => {
            await handTo(to)
            setBefore(organization)
          }}
        >
          {(problem) => (
            <OrganizationField
              label="New owner"
              value={to}
              onChange={setChosen}
              except={organization}
              wrong={problem?.code === 'organization-not-found' ? problem.detail : undefined}
            />
          )}
        </Form>
      )}
      {before && (
        <Undo
          done={`${name} belongs to ${organization}.`}
          onUndo={async () => {
            await handTo(before)
            setBefore(organization)
          }}
        >
          It belonged to {before}.
        </Undo>
      )}
    </section>
  )
}
