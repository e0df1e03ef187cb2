/** Who reads, and the ways to what is theirs. A native disclosure: it works before anything floats. */
import { useEffect, useRef } from 'react'
import { useAt } from '../at.ts'
import { pageData } from '../page-data.ts'
import { Icon } from '../ui/Icon.tsx'
import { Link } from '../ui/Link.tsx'
import styles from './AccountMenu.module.css'
import { holdsAny } from './rights.ts'
import { ThemeSwitch } from './ThemeSwitch.tsx'

export function AccountMenu() {
  const menu = useRef<HTMLDetailsElement>(null)
  const { pathname } = useAt()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes it
  useEffect(() => {
    if (menu.current) menu.current.open = false
  }, [pathname])
  const { name } = pageData.caller
  return (
    <details
      ref={menu}
      className={styles.menu}
      onBlur={(event) => {
        if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) event.currentTarget.open = false
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !event.currentTarget.open) return
        event.currentTarget.open = false
        event.currentTarget.querySelector('summary')?.focus()
      }}
    >
      <summary aria-label={`Account of ${name}`}>
        <Icon name="user" />
      </summary>
      <div className={styles.list}>
        <p className={styles.name}>{name}</p>
        <ul>
          <li>
            <Link to="/me">Account</Link>
          </li>
          <li>
            <Link to="/me/tokens">Tokens</Link>
          </li>
          {holdsAny(['users:read', 'organizations:write', 'audit:read', 'mirrors:manage', 'admin']) && (
            <li>
              <Link to="/admin">Administration</Link>
            </li>
          )}
          <li>
            <a href={`${pageData.basePath}/sign-out`}>Sign out</a>
          </li>
        </ul>
        <ThemeSwitch />
      </div>
    </details>
  )
}
