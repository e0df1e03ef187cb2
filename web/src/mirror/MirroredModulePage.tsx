/** A module of another registry: how it is used from here, and its versions. */
import { mirroredModuleTemplate } from '@cadastre/contract/mirror-pages'
import { pinOf } from '@cadastre/contract/pin'
import { question } from '@cadastre/contract/question'
import { useAt } from '../at.ts'
import { NotFound } from '../shell/NotFound.tsx'
import { Answered } from '../ui/Answered.tsx'
import { Banner } from '../ui/Banner.tsx'
import { CommandStrip } from '../ui/CommandStrip.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Link } from '../ui/Link.tsx'
import { Pages } from '../ui/Pages.tsx'
import sheet from '../ui/Sheet.module.css'
import { SheetFrame } from '../ui/SheetFrame.tsx'
import { Table } from '../ui/Table.tsx'
import { Time } from '../ui/Time.tsx'
import { ForeignTitle } from './Foreign.tsx'
import styles from './Mirror.module.css'

export function MirroredModulePage() {
  const { params, pathname } = useAt()
  return (
    <Answered to={question(mirroredModuleTemplate, { path: params })} what="module" missing={<NotFound />}>
      {(module) => (
        <SheetFrame title={`${module.hostname}/${module.address}`} path={pathname}>
          <ForeignTitle of={module} />
          <div className={styles.sheet}>
            <div className={sheet.content}>
              <Banner tone="info" title="What is in it is not known here">
                <p>
                  The catalogue holds no archives, so inputs, outputs and resources of its modules are not known. They
                  stand in its sources.
                </p>
              </Banner>
              <h2>Versions</h2>
              <Versions params={params} />
            </div>
            <aside className={sheet.rail} id="use" aria-label="Use this module" tabIndex={-1}>
              {module.latestVersion && (
                <section className={styles.use}>
                  <h2>Use</h2>
                  <CommandStrip text={usageBlock(module)} isHcl what="the usage block" hint="y" />
                  <p className={styles.note}>
                    With a <Link to={`/mirror#${module.hostname}`}>host block for {module.hostname}</Link> clients ask
                    this registry for it.
                  </p>
                </section>
              )}
            </aside>
          </div>
        </SheetFrame>
      )}
    </Answered>
  )
}

function usageBlock({
  hostname,
  address,
  latestVersion,
}: {
  hostname: string
  address: string
  latestVersion: string | null
}) {
  const [, name = 'module'] = address.split('/')
  return `module "${name}" {
  source  = "${hostname}/${address}"
  version = "${pinOf(latestVersion ?? '')}"
}`
}

const Versions = ({ params }: { params: Readonly<Record<string, string>> }) => (
  <Pages to={question(`${mirroredModuleTemplate}/versions`, { path: params })} what="versions">
    {(items, more) =>
      items.length === 0 ? (
        <EmptyState title="No version that a client can read">Its tags are no version numbers.</EmptyState>
      ) : (
        <>
          <Table
            caption="Versions"
            rows={items}
            keyOf={({ version }) => version}
            columns={[
              { head: 'Version', isName: true, cell: ({ version }) => <code>{version}</code> },
              { head: 'Tag', isWide: true, cell: ({ tag }) => <code>{tag}</code> },
              {
                head: 'Published',
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
