/** What modules and providers of other registries have in common on their pages. */
import type { CataloguedModule } from '@cadastre/contract/catalogued'
import { Banner } from '../ui/Banner.tsx'
import { Breadcrumb } from '../ui/Breadcrumb.tsx'
import { asCount } from '../ui/in-words.ts'
import { Link } from '../ui/Link.tsx'
import { Time } from '../ui/Time.tsx'
import { type Cell, TitleBlock } from '../ui/TitleBlock.tsx'

type Props = { of: CataloguedModule; more?: Cell[] }

export function ForeignTitle({ of: item, more = [] }: Props) {
  const { hostname, address, description, source, downloads, popularity, latestVersion, importedAt } = item
  const cells: Cell[] = [
    { label: 'Registry', value: <Link to={`/mirror#${hostname}`}>{hostname}</Link> },
    { label: 'Latest', value: latestVersion ? <code>{latestVersion}</code> : 'none' },
    { label: 'Source', value: source ? <Source address={source} /> : 'not known' },
    ...(downloads === null ? [] : [{ label: 'Downloads there', value: asCount(downloads) }]),
    ...(popularity === null ? [] : [{ label: 'Stars', value: asCount(popularity) }]),
    { label: 'Imported', value: importedAt ? <Time at={importedAt} both /> : 'not through yet' },
    ...more,
  ]
  return (
    <>
      <TitleBlock
        above={<Breadcrumb crumbs={[{ label: 'Mirror', to: '/mirror' }, { label: hostname }, { label: address }]} />}
        address={`${hostname}/${address}`}
        description={description || undefined}
        cells={cells}
      />
      <Warnings of={item} />
    </>
  )
}

/** Only what a browser can open is a link. */
const Source = ({ address }: { address: string }) =>
  /^https?:\/\//.test(address) ? (
    <a href={address} rel="nofollow noopener noreferrer">
      {address.replace(/^https?:\/\//, '')}
    </a>
  ) : (
    <code>{address}</code>
  )

function Warnings({ of: { archived, forkOf } }: { of: CataloguedModule }) {
  return (
    <>
      {archived && (
        <Banner tone="attention" title="Archived">
          <p>Its sources are not worked on any more.</p>
        </Banner>
      )}
      {forkOf && (
        <Banner tone="info" title="A fork">
          <p>
            Of <code>{forkOf}</code>.
          </p>
        </Banner>
      )}
    </>
  )
}
