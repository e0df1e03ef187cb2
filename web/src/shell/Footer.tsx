/** What every page ends with: help, the API, and the same place for both. */
import { Link } from '../ui/Link.tsx'
import styles from './Footer.module.css'
import { openPart } from './floating.ts'

export const Footer = () => (
  <footer className={styles.footer}>
    <ul>
      <li>
        <Link to="/docs">Documentation</Link>
      </li>
      <li>
        <Link to="/api">API</Link>
      </li>
      <li>
        <Link to="/namespaces">Namespaces</Link>
      </li>
      <li>
        <Link to="/activity">Activity</Link>
      </li>
      <li>
        <button type="button" onClick={() => openPart('keys')}>
          Keyboard
        </button>
      </li>
    </ul>
  </footer>
)
