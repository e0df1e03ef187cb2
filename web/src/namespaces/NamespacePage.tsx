/** A namespace: whose it is, who may see it, what is in it, and the keys that sign for it. */
import { type Answer, question } from '@cadastre/contract/question'
import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useAt } from '../at.ts'
import { pageData } from '../page-data.ts'
import { cadastre } from '../shell/ClientSignIn.tsx'
import { NotFound } from '../shell/NotFound.tsx'
import { onShortcut } from '../shell/on-shortcut.ts'
import { mayIn } from '../shell/rights.ts'
import { Answered } from '../ui/Answered.tsx'
import { Breadcrumb } from '../ui/Breadcrumb.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Link } from '../ui/Link.tsx'
import { Pages } from '../ui/Pages.tsx'
import { ParcelTile } from '../ui/ParcelTile.tsx'
import { Table } from '../ui/Table.tsx'
import { Time } from '../ui/Time.tsx'
import { TitleBlock } from '../ui/TitleBlock.tsx'
import styles from './NamespacePage.module.css'
import { SigningKeys } from './SigningKeys.tsx'
import { seenBy } from './visibility.ts'

export function NamespacePage() {
  const name = useAt().params.namespace ?? ''
  return (
    <Answered
      to={question('/api/v1/namespaces/{namespace}', { path: { namespace: name } })}
      what="namespace"
      missing={<NotFound />}
    >
      {(namespace) => (
        <>
          <TitleBlock
            above={<Breadcrumb crumbs={[{ label: 'Namespaces', to: '/namespaces' }, { label: namespace.name }]} />}
            address={namespace.name}
            action={<Actions namespace={namespace} />}
            mark={<ParcelTile name={name} size={32} />}
            cells={[
              { label: 'Owner', value: namespace.organization },
              { label: 'Visible to', value: seenBy[namespace.visibility] },
              { label: 'Claimed', value: <Time at={namespace.createdAt} both /> },
            ]}
          />
          <section className={styles.part}>
            <h2>Modules</h2>
            <Pages to={question('/api/v1/modules', { query: { namespace: name } })} what="modules">
              {(items, more) =>
                items.length === 0 ? (
                  <Nothing
                    namespace={namespace}
                    kind="module"
                    command={`${cadastre} publish module . --address ${namespace.name}/NAME/SYSTEM --version 1.0.0`}
                  />
                ) : (
                  <>
                    <Listed what="Modules" at="/modules" items={items} />
                    {more}
                  </>
                )
              }
            </Pages>
          </section>
          <section className={styles.part}>
            <h2>Providers</h2>
            <Pages to={question('/api/v1/providers', { query: { namespace: name } })} what="providers">
              {(items, more) =>
                items.length === 0 ? (
                  <Nothing
                    namespace={namespace}
                    kind="provider"
                    command={`${cadastre} publish provider ./dist --namespace ${namespace.name}`}
                  />
                ) : (
                  <>
                    <Listed what="Providers" at="/providers" items={items} />
                    {more}
                  </>
                )
              }
            </Pages>
          </section>
          <SigningKeys namespace={namespace} />
        </>
      )}
    </Answered>
  )
}

type Namespace = Answer<'/api/v1/namespaces/{namespace}'>

function Actions({ namespace }: { namespace: Namespace }) {
  const settings = mayIn(namespace, 'organizations:write') ? `/namespaces/${namespace.name}/settings` : undefined
  useSettingsKey(settings)
  return (
    <div className={styles.actions}>
      {settings && <ButtonLink to={settings}>Settings</ButtonLink>}
      {mayIn(namespace, 'modules:write') && (
        <ButtonLink to={`/publish/module?namespace=${namespace.name}`} look="primary" icon="upload">
          Publish
        </ButtonLink>
      )}
    </div>
  )
}

/** @param settings undefined: the reader has no business there, and the key does nothing */
function useSettingsKey(settings: string | undefined): void {
  const router = useRouter()
  useEffect(() => {
    if (settings) return onShortcut({ e: () => router.history.push(`${pageData.basePath}${settings}`) })
  }, [router, settings])
}

/** Whoever may publish is told how; others, who can let them. */
const Nothing = ({
  namespace,
  kind,
  command,
}: {
  namespace: Namespace
  kind: 'module' | 'provider'
  command: string
}) =>
  mayIn(namespace, `${kind}s:write`) ? (
    <EmptyState
      title={`No ${kind}s in ${namespace.name} yet`}
      command={command}
      action={<Link to={`/publish/${kind}?namespace=${namespace.name}`}>{`Publish a ${kind} here`}</Link>}
    />
  ) : (
    <EmptyState title={`No ${kind}s in ${namespace.name} yet`}>
      {`Members of ${namespace.organization} who hold the role publisher publish here; its administrators give it.`}
    </EmptyState>
  )

type Item = { address: string; description: string; latestVersion: string | null }

const Listed = ({ what, at, items }: { what: string; at: string; items: Item[] }) => (
  <Table
    caption={what}
    rows={items}
    keyOf={({ address }) => address}
    columns={[
      {
        head: 'Address',
        isName: true,
        share: '3fr',
        cell: ({ address }) => (
          <Link to={`${at}/${address}`}>
            <code>{address}</code>
          </Link>
        ),
      },
      { head: 'Description', isWide: true, share: '5fr', cell: ({ description }) => description },
      { head: 'Latest', cell: ({ latestVersion }) => latestVersion && <code>{latestVersion}</code> },
    ]}
  />
)
