/** A provider of another registry: how it is required, its versions, and the archives of one of them. */
import { mirroredProviderTemplate } from '@cadastre/contract/mirror-pages'
import { pinOf } from '@cadastre/contract/pin'
import { question } from '@cadastre/contract/question'
import { useAt } from '../at.ts'
import { NotFound } from '../shell/NotFound.tsx'
import { Answered } from '../ui/Answered.tsx'
import { Banner } from '../ui/Banner.tsx'
import { CommandStrip } from '../ui/CommandStrip.tsx'
import { CopyButton } from '../ui/CopyButton.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Link } from '../ui/Link.tsx'
import { Pages } from '../ui/Pages.tsx'
import sheet from '../ui/Sheet.module.css'
import { SheetFrame } from '../ui/SheetFrame.tsx'
import { sizeInWords } from '../ui/size.ts'
import { Table } from '../ui/Table.tsx'
import { Time } from '../ui/Time.tsx'
import { ForeignTitle } from './Foreign.tsx'
import styles from './Mirror.module.css'

type Params = Readonly<Record<string, string>>

export function MirroredProviderPage() {
  const { params, search, pathname } = useAt()
  return (
    <Answered to={question(mirroredProviderTemplate, { path: params })} what="provider" missing={<NotFound />}>
      {(provider) => {
        const version = search.get('version') ?? provider.latestVersion
        return (
          <SheetFrame title={`${provider.hostname}/${provider.address}`} path={pathname}>
            <ForeignTitle of={provider} />
            {provider.warnings.map((warning) => (
              <Banner key={warning} tone="attention" title="Clients are told">
                <p>{warning}</p>
              </Banner>
            ))}
            <div className={styles.sheet}>
              <div className={sheet.content}>
                {version && <Platforms params={params} version={version} />}
                <h2>Versions</h2>
                <Versions params={params} current={version} />
              </div>
              <aside className={sheet.rail} id="use" aria-label="Use this provider" tabIndex={-1}>
                {version && (
                  <section className={styles.use}>
                    <h2>Use</h2>
                    <CommandStrip text={usageBlock(provider, version)} isHcl what="the usage block" hint="y" />
                    <p className={styles.note}>
                      With a <Link to={`/mirror#${provider.hostname}`}>host block for {provider.hostname}</Link> clients
                      ask this registry for it.
                    </p>
                  </section>
                )}
              </aside>
            </div>
          </SheetFrame>
        )
      }}
    </Answered>
  )
}

function usageBlock({ hostname, address }: { hostname: string; address: string }, version: string) {
  const [, type = ''] = address.split('/')
  return `terraform {
  required_providers {
    ${type} = {
      source  = "${hostname}/${address}"
      version = "${pinOf(version)}"
    }
  }
}`
}

const Platforms = ({ params, version }: { params: Params; version: string }) => (
  <>
    <h2>
      Platforms of <code>{version}</code>
    </h2>
    <Answered
      to={question(`${mirroredProviderTemplate}/versions/{version}`, { path: { ...params, version } })}
      what="platforms"
    >
      {({ platforms, protocols, publishedAt }) =>
        platforms.length === 0 ? (
          <EmptyState title="Its platforms are not known">
            The registry that it comes from tells them with each package alone.
          </EmptyState>
        ) : (
          <>
            <p className={styles.note}>
              Protocols <code>{protocols.join(', ') || 'not told'}</code> ·{' '}
              {publishedAt ? <Time at={publishedAt} both /> : 'date not told'}
            </p>
            <Table
              caption={`Platforms of ${version}`}
              rows={platforms}
              keyOf={({ platform }) => platform}
              columns={[
                { head: 'Platform', isName: true, cell: ({ platform }) => <code>{platform}</code> },
                {
                  head: 'SHA-256',
                  cell: ({ sha256, platform }) => <Sum text={sha256} what={`SHA-256 of ${platform}`} />,
                },
                { head: 'h1', cell: ({ h1, platform }) => <Sum text={h1} what={`h1 of ${platform}`} /> },
                {
                  head: 'Size',
                  isNumber: true,
                  cell: ({ sizeBytes }) => (sizeBytes === null ? 'not told' : sizeInWords(sizeBytes)),
                },
              ]}
            />
          </>
        )
      }
    </Answered>
  </>
)

const Sum = ({ text, what }: { text: string | null; what: string }) =>
  text === null ? (
    'not told'
  ) : (
    <span className={styles.sum}>
      <code title={text}>{`${text.slice(0, 14)}\u2026`}</code>
      <CopyButton text={text} what={what} />
    </span>
  )

const Versions = ({ params, current }: { params: Params; current: string | null }) => (
  <Pages to={question(`${mirroredProviderTemplate}/versions`, { path: params })} what="versions">
    {(items, more) =>
      items.length === 0 ? (
        <EmptyState title="No version that a client can read">Its versions are no version numbers.</EmptyState>
      ) : (
        <>
          <Table
            caption="Versions"
            rows={items}
            keyOf={({ version }) => version}
            columns={[
              {
                head: 'Version',
                isName: true,
                cell: ({ version }) => (
                  <Link
                    to={`/mirror/${params.hostname}/${params.namespace}/${params.type}?version=${encodeURIComponent(version)}`}
                    aria-current={version === current ? 'true' : undefined}
                  >
                    <code>{version}</code>
                  </Link>
                ),
              },
              { head: 'Protocols', cell: ({ protocols }) => <code>{protocols.join(', ')}</code> },
              { head: 'Platforms', isNumber: true, cell: ({ platforms }) => platforms.length || 'not known' },
              {
                head: 'Published',
                isWide: true,
                cell: ({ publishedAt }) => (publishedAt ? <Time at={publishedAt} /> : 'not told'),
              },
            ]}
          />
          {more}
        </>
      )
    }
  </Pages>
)
