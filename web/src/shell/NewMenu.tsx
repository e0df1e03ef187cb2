/** What somebody who has signed in can make. */
import { Icon } from '../ui/Icon.tsx'
import { Link } from '../ui/Link.tsx'
import styles from './HeaderMenu.module.css'
import { HeaderMenu } from './HeaderMenu.tsx'
import { holdsAny } from './rights.ts'

export const NewMenu = () => (
  <HeaderMenu
    look={styles.worded}
    shown={
      <>
        New <Icon name="down" size={12} />
      </>
    }
  >
    <NewThings />
  </HeaderMenu>
)

export const NewThings = () => (
  <ul>
    <li>
      <Link to="/publish/module">Module</Link>
    </li>
    <li>
      <Link to="/publish/provider">Provider</Link>
    </li>
    {holdsAny(['organizations:write']) && (
      <li>
        <Link to="/namespaces/new">Namespace</Link>
      </li>
    )}
    <li>
      <Link to="/me/tokens/new">Token</Link>
    </li>
  </ul>
)
