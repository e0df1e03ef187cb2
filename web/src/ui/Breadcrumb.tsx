/** Where a page lies. The last one is the page itself. */
import styles from './Breadcrumb.module.css'
import { Link } from './Link.tsx'

export type Crumb = { label: string; to?: string }

export const Breadcrumb = ({ crumbs }: { crumbs: Crumb[] }) => (
  <nav aria-label="Breadcrumb" className={styles.trail}>
    <ol>
      {crumbs.map(({ label, to }) => (
        <li key={label}>{to ? <Link to={to}>{label}</Link> : <span aria-current="page">{label}</span>}</li>
      ))}
    </ol>
  </nav>
)
