/** One hit: its address with what matched, what it is for, and what is to be known before it is used. */
import { type Hit, pageOf } from '@cadastre/contract/hit-address'
import { Badge } from '../ui/Badge.tsx'
import { Link } from '../ui/Link.tsx'
import { Matched } from '../ui/Matched.tsx'
import { Time } from '../ui/Time.tsx'
import styles from './HitRow.module.css'

type Props = { hit: Hit; words: readonly string[]; isSelected: boolean; onSelect: () => void }

export function HitRow({ hit, words, isSelected, onSelect }: Props) {
  const { address, kind, version, description, updatedAt, verified, archived, deprecated, match } = hit
  return (
    <li className={isSelected ? styles.selected : styles.hit} onMouseEnter={onSelect}>
      <div className={styles.head}>
        <Link to={pageOf(hit)} className={styles.address} onFocus={onSelect} data-hit>
          <Matched text={address} words={words} />
        </Link>
        <span className={styles.kind}>{kind}</span>
        {hit.origin !== 'published' && <Badge>{hit.origin === 'mirrored' ? 'mirrored' : 'public registry'}</Badge>}
        {verified && <Badge tone="good">verified</Badge>}
        {deprecated && <Badge tone="attention">deprecated</Badge>}
        {archived && <Badge tone="attention">archived</Badge>}
        {match === 'typo' && <Badge tone="info">did you mean this?</Badge>}
      </div>
      {description && (
        <p className={styles.words}>
          <Matched text={description} words={words} />
        </p>
      )}
      <p className={styles.about}>
        {version ? <code>{version}</code> : 'no version'}
        {updatedAt && (
          <>
            {' · '}
            <Time at={updatedAt} />
          </>
        )}
      </p>
    </li>
  )
}
