/** Which other registries are known here, how many of their things and how fresh, and how clients are led here. */
import type { CataloguedRegistry } from '@cadastre/contract/catalogued'
import { question } from '@cadastre/contract/question'
import { pageData } from '../page-data.ts'
import { Answered } from '../ui/Answered.tsx'
import { Banner } from '../ui/Banner.tsx'
import { CommandStrip } from '../ui/CommandStrip.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { asCount } from '../ui/in-words.ts'
import { Link } from '../ui/Link.tsx'
import { Table } from '../ui/Table.tsx'
import { Time } from '../ui/Time.tsx'
import { TitleBlock } from '../ui/TitleBlock.tsx'
import styles from './Mirror.module.css'

const kinds: Record<CataloguedRegistry['kind'], string> = {
  'opentofu-folder': 'a folder in the layout of the OpenTofu registry',
  'registry-api': 'the API of the registry',
  'search-feed': 'a search feed, without platforms',
}

export function MirrorPage() {
  return (
    <>
      <TitleBlock
        address="Mirror"
        isCode={false}
        description="Other registries that are known here. Their addresses stay as they are in your configurations; clients ask this registry, and fetch archives from where they lie."
      />
      <Answered to={question('/api/v1/catalogue/registries')} what="registries">
        {({ items }) => (items.length === 0 ? <Nothing /> : <Registries of={items} />)}
      </Answered>
      <section className={styles.part} aria-labelledby="mirror-own">
        <h2 id="mirror-own">Providers of this registry, as a network mirror</h2>
        <Answered to={question('/api/v1/mirror')} what="network mirror" rows={4}>
          {({ url, hostnames }) => <OwnMirror url={url} hostnames={hostnames} />}
        </Answered>
      </section>
    </>
  )
}

const Registries = ({ of: registries }: { of: CataloguedRegistry[] }) => (
  <>
    <Table
      caption="Registries in the catalogue"
      rows={registries}
      keyOf={({ hostname }) => hostname}
      columns={[
        {
          head: 'Registry',
          isName: true,
          cell: ({ hostname }) => (
            <a href={`#${hostname}`}>
              <code>{hostname}</code>
            </a>
          ),
        },
        { head: 'Modules', isNumber: true, cell: ({ modules }) => asCount(modules) },
        { head: 'Providers', isNumber: true, cell: ({ providers }) => asCount(providers) },
        { head: 'Known from', isWide: true, cell: ({ kind }) => kinds[kind] },
        {
          head: 'Imported',
          cell: ({ importedAt }) => (importedAt ? <Time at={importedAt} /> : 'not through yet'),
        },
      ]}
    />
    <p className={styles.note}>
      The counts are of what you may read. <Link to="/search">Search</Link> finds all of it.
    </p>
    <div id="use" tabIndex={-1} className={styles.use}>
      {registries.map(({ hostname, configuration }) => (
        <section key={hostname} id={hostname} className={styles.part} aria-labelledby={`of-${hostname}`}>
          <h2 id={`of-${hostname}`}>
            Lead clients here for <code>{hostname}</code>
          </h2>
          <p>
            For <code>~/.terraformrc</code> or <code>~/.tofurc</code>. Sign in with{' '}
            <code>terraform login {hostname}</code>, or <code>tofu login {hostname}</code>; what is public needs none.{' '}
            <Link to="/docs/catalogue#as-the-registry-of-the-public-world">More about it</Link>
          </p>
          <CommandStrip text={configuration} isHcl what={`the configuration for ${hostname}`} />
        </section>
      ))}
    </div>
  </>
)

const Nothing = () => (
  <EmptyState
    title="No other registry is known here"
    command="cadastre registry import ./opentofu-registry"
    action={<Link to="/docs/catalogue">Fill the catalogue</Link>}
  >
    None that you may see{pageData.caller.kind === 'anonymous' ? '; you are not signed in' : ''}. An administrator
    brings one in where the server runs.
  </EmptyState>
)

/** Clients refuse a mirror that is not https. */
function OwnMirror({ url, hostnames }: { url: string; hostnames: string[] }) {
  if (!url.startsWith('https:'))
    return (
      <Banner tone="info" title="Clients take a mirror over https alone">
        <p>
          This registry is reached over http, so there is nothing to configure yet.{' '}
          <Link to="/docs/network-mirror">More about the network mirror</Link>
        </p>
      </Banner>
    )
  const block = `provider_installation {
  network_mirror {
    url     = "${url}"
    include = [${hostnames.map((hostname) => `"${hostname}/*/*"`).join(', ')}]
  }
  direct {
    exclude = [${hostnames.map((hostname) => `"${hostname}/*/*"`).join(', ')}]
  }
}`
  return (
    <>
      <p>
        It answers for <code>{hostnames.join(', ')}</code>.{' '}
        <Link to="/docs/network-mirror">More about the network mirror</Link>
      </p>
      <CommandStrip text={block} isHcl what="the configuration of the mirror" />
    </>
  )
}
