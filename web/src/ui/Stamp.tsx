/** A square stamp: what was checked, in words; quiet while nothing is wrong. */
import { Link } from './Link.tsx'
import styles from './Stamp.module.css'

export type StampOf = { label: string; words: string; tone?: 'plain' | 'attention' | 'bad'; to?: string }

export const TrustRow = ({ stamps }: { stamps: StampOf[] }) => (
  <ul className={styles.row} aria-label="What was checked">
    {stamps.map((stamp) => (
      <li key={stamp.label} className={`${styles.stamp} ${styles[stamp.tone ?? 'plain']}`}>
        <span className={styles.label}>{stamp.label}</span>
        {stamp.to ? <Link to={stamp.to}>{stamp.words}</Link> : <span>{stamp.words}</span>}
      </li>
    ))}
  </ul>
)
