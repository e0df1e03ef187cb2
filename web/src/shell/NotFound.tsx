/**
 * No page is here, or none that this reader may see: the two are told the same way. What may be meant is asked for as the
 * reader, so that it names nothing else.
 */
import { pageOf } from '@cadastre/contract/hit-address'
import { moduleTemplate } from '@cadastre/contract/module-pages'
import { pages } from '@cadastre/contract/pages'
import { providerTemplate } from '@cadastre/contract/provider-pages'
import { question } from '@cadastre/contract/question'
import { useAnswer } from '../api.ts'
import { type Here, useAt } from '../at.ts'
import { ButtonLink } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Link } from '../ui/Link.tsx'
import frame from '../ui/SheetFrame.module.css'
import { wrapping } from '../ui/TitleBlock.tsx'
import styles from './NotFound.module.css'

export function NotFound() {
  const at = useAt()
  const meant = meantBy(at)
  return (
    <div className={`${frame.frame} ${styles.sheet}`} data-not-here>
      <h1 tabIndex={-1}>Nothing is here</h1>
      {meant?.of ? <Versions meant={meant} pathname={at.pathname} /> : <Nothing q={meant?.q} pathname={at.pathname} />}
    </div>
  )
}

type Meant = { q: string; of?: { address: string; at: string; version: string; asked: ReturnType<typeof askedOf> } }

const askedOf = (kind: 'modules' | 'providers', path: Record<string, string>) =>
  kind === 'modules' ? question(moduleTemplate, { path }) : question(providerTemplate, { path })

/** What the address names: a module or a provider, and the version of it. */
function meantBy({ name, params }: Here): Meant | undefined {
  const kind = name && /^\/(modules|providers)\/:/.exec(pages[name].path)?.[1]
  if (kind !== 'modules' && kind !== 'providers') return undefined
  const address = [params.namespace, params.name ?? params.type, params.system].filter(Boolean).join('/')
  const q = `kind:${kind.slice(0, -1)} ${address}`
  if (!params.version) return { q }
  return { q, of: { address, at: `/${kind}/${address}`, version: params.version, asked: askedOf(kind, params) } }
}

/** Of one that the reader may see it is said that it has no such version. */
function Versions({ meant: { q, of }, pathname }: { meant: Meant; pathname: string }) {
  const { address, at, version, asked } = of!
  const { data, error } = useAnswer(asked)
  if (error) return <Nothing q={q} pathname={pathname} />
  if (!data) return null
  return (
    <EmptyState
      title={
        <>
          <code>{wrapping(address)}</code> has no version <code>{version}</code>
        </>
      }
      action={
        <>
          {data.latestVersion && (
            <Link to={`${at}/${data.latestVersion}`}>
              The newest is <code>{data.latestVersion}</code>
            </Link>
          )}
          <Link to={`${at}/versions`}>All of its versions</Link>
        </>
      }
    >
      None that is listed, or that you may see.
    </EmptyState>
  )
}

function Nothing({ q, pathname }: { q: string | undefined; pathname: string }) {
  const words = pathname.split('/').filter(Boolean).slice(1).join(' ')
  const sought = q ?? words
  return (
    <>
      <EmptyState
        title={<code>{wrapping(pathname)}</code>}
        action={
          <ButtonLink to={`/search?q=${encodeURIComponent(words)}`} icon="search">
            {words ? `Search for ${words}` : 'Search'}
          </ButtonLink>
        }
      >
        No page has this address, or it is not yours to see. Whoever owns it can let you in.
      </EmptyState>
      {sought.length > 0 && sought.length <= maxQuery && <Near q={sought} />}
    </>
  )
}

/** More the search does not take. */
const maxQuery = 300

function Near({ q }: { q: string }) {
  const { data } = useAnswer(question('/api/v1/search', { query: { q, limit: 5 } }))
  const hits = data?.items.length ? data.items : data?.offers?.flatMap(({ items }) => items)
  if (!hits?.length) return null
  return (
    <section className={styles.near} aria-labelledby="near">
      <h2 id="near">What comes near</h2>
      <ul>
        {hits.slice(0, 5).map((hit) => (
          <li key={`${hit.kind} ${hit.address}`}>
            <Link to={pageOf(hit)}>
              <code>{wrapping(hit.address)}</code>
            </Link>{' '}
            {hit.description}
          </li>
        ))}
      </ul>
    </section>
  )
}
