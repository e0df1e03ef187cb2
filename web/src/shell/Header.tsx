/** One row: the mark, the search that is always there, the ways into the catalogue, and the reader. */
import { useRouter } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { useAt } from '../at.ts'
import { pageData } from '../page-data.ts'
import { Icon } from '../ui/Icon.tsx'
import { Link } from '../ui/Link.tsx'
import { Mark } from '../ui/Mark.tsx'
import { AccountMenu } from './AccountMenu.tsx'
import styles from './Header.module.css'
import { NewMenu } from './NewMenu.tsx'

const ways = [
  { to: '/modules', label: 'Modules' },
  { to: '/providers', label: 'Providers' },
  { to: '/mirror', label: 'Mirror' },
  { to: '/docs', label: 'Docs' },
]

export function Header() {
  const { pathname } = useAt()
  return (
    <header className={styles.header}>
      <div className={styles.row}>
        <Link to="/" className={styles.mark} aria-label="Cadastre, start page">
          <Mark />
          <span className={styles.word}>Cadastre</span>
        </Link>
        {pathname !== '/' && <SearchField />}
        <nav aria-label="Catalogue" className={styles.ways}>
          {ways.map(({ to, label }) => (
            <Link key={to} to={to} aria-current={isBelow(pathname, to) ? 'page' : undefined}>
              {label}
            </Link>
          ))}
        </nav>
        <div className={styles.end}>
          {pageData.caller.kind === 'user' ? (
            <>
              <span className={styles.new}>
                <NewMenu />
              </span>
              <AccountMenu />
            </>
          ) : (
            <a className={styles.signIn} href={`${pageData.basePath}/login?next=${encodeURIComponent(pathname)}`}>
              Sign in
            </a>
          )}
        </div>
      </div>
    </header>
  )
}

const isBelow = (pathname: string, way: string) => pathname === way || pathname.startsWith(`${way}/`)

/** A plain form: it works before anything else has loaded. */
export function SearchField({ isLarge = false }: { isLarge?: boolean }) {
  const router = useRouter()
  const { search, name } = useAt()
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const q = String(new FormData(event.currentTarget).get('q') ?? '').trim()
    // On the page of a search its filters and its order stay.
    const next = new URLSearchParams(name === 'search' ? search : undefined)
    if (q) next.set('q', q)
    else next.delete('q')
    router.history.push(`${pageData.basePath}/search${next.size > 0 ? `?${next}` : ''}`)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a form with the role of a search is what all readers know
    <form
      role="search"
      action={`${pageData.basePath}/search`}
      className={isLarge ? styles.largeSearch : styles.search}
      onSubmit={submit}
    >
      <label className="visually-hidden" htmlFor="search-field">
        Search modules and providers
      </label>
      <Icon name="search" />
      <input
        id="search-field"
        name="q"
        type="search"
        key={name === 'search' ? search.get('q') : ''}
        defaultValue={name === 'search' ? (search.get('q') ?? '') : ''}
        placeholder={isLarge ? 'vpc · resource:aws_vpc · input:cidr · ns:platform' : 'Search'}
        autoComplete="off"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: the start page is a search, and names itself so
        autoFocus={isLarge}
        data-arrive={isLarge ? '' : undefined}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && event.currentTarget.value === '') event.currentTarget.blur()
        }}
      />
      <span className={styles.key} aria-hidden="true">
        /
      </span>
    </form>
  )
}
