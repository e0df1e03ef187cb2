/** Which version is shown, and the way to any other one in the same section; its state stands beside its number. */
import { type ReactNode, useDeferredValue, useState } from 'react'
import { Disclosure } from './Disclosure.tsx'
import { Link } from './Link.tsx'
import styles from './VersionSwitch.module.css'

type Listed = { version: string; state: string }

type Props<Version extends Listed> = {
  current: string
  /** newest first; undefined until they are there */
  versions: readonly Version[] | undefined
  to: (version: string) => string
  all: string
  /** what stands behind the `#` of this page goes along to another version */
  keepsHash?: boolean
  state: (version: Version) => ReactNode
}

const maxShown = 50

export function VersionSwitch<Version extends Listed>({
  current,
  versions = [],
  to,
  all,
  keepsHash,
  state,
}: Props<Version>) {
  const [wanted, setWanted] = useState('')
  const filter = useDeferredValue(wanted.trim())
  const found = versions.filter(({ version }) => version.includes(filter))
  return (
    <Disclosure id="version-switch" summary={<code>{current}</code>} label={`Version ${current}, choose another`}>
      <input
        type="search"
        className={styles.filter}
        aria-label="Filter versions"
        placeholder="Filter"
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
      />
      <ul className={styles.list}>
        {found.slice(0, maxShown).map((version) => (
          <li key={version.version}>
            <Link
              to={to(version.version)}
              keepsHash={keepsHash}
              aria-current={version.version === current ? 'true' : undefined}
            >
              <code>{version.version}</code>
              {state(version)}
            </Link>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={styles.none}>None of the newest has that in its number.</p>}
      <Link to={all} className={styles.all}>
        All versions
      </Link>
    </Disclosure>
  )
}
