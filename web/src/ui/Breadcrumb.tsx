/** Where a page lies. The last one is the page itself. */
import styles from './Breadcrumb.module.css'
import { Link } from './Link.tsx'

export type Crumb = { label: string; to?: string }

type Props = { crumbs: Crumb[] /** where one page has two of them */; label?: string }

export const Breadcrumb = ({ crumbs, label: name = 'Breadcrumb' }: Props) => (
  <nav aria-label={name} className={styles.trail}>
    <ol>
      {crumbs.map(({ label, to }) => (
        <li key={label}>{to ? <Link to={to}>{label}</Link> : <span aria-current="page">{label}</span>}</li>
      ))}
    </ol>
  </nav>
)
