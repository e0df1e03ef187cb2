/** The sections of an artefact: links, not tabs; on narrow screens a list that opens. */
import { Link } from './Link.tsx'
import styles from './SectionNav.module.css'

export type Section = {
  to: string
  label: string
  count?: number | string
  /** what is to be known of the count */
  note?: string
  isCurrent: boolean
}

export function SectionNav({ label, sections }: { label: string; sections: Section[] }) {
  const current = sections.find(({ isCurrent }) => isCurrent)
  const list = (
    <ul className={styles.list}>
      {sections.map(({ to, label: name, count, note, isCurrent }) => (
        <li key={to}>
          <Link to={to} className={styles.link} aria-current={isCurrent ? 'page' : undefined}>
            {name}
            {count !== undefined && (
              <span className={styles.count}>
                <span>{count}</span> {note && <small>{note}</small>}
              </span>
            )}
          </Link>
        </li>
      ))}
    </ul>
  )
  return (
    <>
      <nav aria-label={label} className={styles.wide}>
        {list}
      </nav>
      <details className={styles.narrow}>
        <summary>{current?.label ?? label}</summary>
        <nav aria-label={`${label}, list`}>{list}</nav>
      </details>
    </>
  )
}
