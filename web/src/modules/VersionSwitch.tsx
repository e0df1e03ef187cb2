/** Which version is shown, and the way to any other one in the same section; its states stand beside the names. */
import { useDeferredValue, useState } from 'react'
import { useAnswer } from '../api.ts'
import { Disclosure } from '../ui/Disclosure.tsx'
import { Link } from '../ui/Link.tsx'
import { sectionPathOf } from './section-path.ts'
import { useModuleAddress } from './shown.ts'
import { VersionState } from './VersionState.tsx'
import styles from './VersionSwitch.module.css'

const maxShown = 50

export function VersionSwitch({ current, latest }: { current: string; latest: string | null }) {
  const { at, address, versions } = useModuleAddress()
  const { data } = useAnswer(versions)
  const [wanted, setWanted] = useState('')
  const filter = useDeferredValue(wanted.trim())
  const found = (data?.items ?? []).filter(({ version }) => version.includes(filter))
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
              to={`/modules/${address}/${version.version}${sectionPathOf(at)}`}
              aria-current={version.version === current ? 'true' : undefined}
            >
              <code>{version.version}</code>
              <VersionState of={version} latest={latest} />
            </Link>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={styles.none}>No version has that in its name.</p>}
      <Link to={`/modules/${address}/versions`} className={styles.all}>
        All versions
      </Link>
    </Disclosure>
  )
}
