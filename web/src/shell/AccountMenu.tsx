/** Who reads, and the ways to what is theirs. */
import { pageData } from '../page-data.ts'
import { Icon } from '../ui/Icon.tsx'
import { Link } from '../ui/Link.tsx'
import styles from './AccountMenu.module.css'
import { HeaderMenu } from './HeaderMenu.tsx'
import { NewThings } from './NewMenu.tsx'
import { holdsAny } from './rights.ts'
import { ThemeSwitch } from './ThemeSwitch.tsx'

export function AccountMenu() {
  const { name } = pageData.caller
  return (
    <HeaderMenu label={`Account of ${name}`} shown={<Icon name="user" />}>
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
      {/* Where the header has no room for a menu of its own. */}
      <div className={styles.new}>
        <p className={styles.name}>Make new</p>
        <NewThings />
      </div>
      <ThemeSwitch />
    </HeaderMenu>
  )
}
