/** The line of a file where a part is written: the reference at the end of its row. */
import { Link } from '../ui/Link.tsx'
import { wrapping } from '../ui/TitleBlock.tsx'
import { encodePath } from './Diagnostics.tsx'
import styles from './Parts.module.css'

type Props = { part: { name?: string; file: string; line: number }; base: string }

/** @param part.name said to who does not see the row */
export const WrittenIn = ({ part: { name, file, line }, base }: Props) => (
  <Link
    to={`${base}/files/${encodePath(file)}#L${line}`}
    className={styles.source}
    aria-label={name === undefined ? undefined : `${name} in ${file}, line ${line}`}
  >
    {wrapping(file)}
    <wbr />
    <span className={styles.line}>{`:${line}`}</span>
  </Link>
)
