/** Versions along a thin line: a filled dot is a major step, a ring a minor one, a tick a patch. */
import type { ReactNode } from 'react'
import { Link } from './Link.tsx'
import styles from './VersionSpine.module.css'

/** @param measuredStep how far it is from the one before it, as was found out; absent or null: nobody knows */
type Listed = { version: string; state: string; measuredStep?: 'none' | Step | null }

export type Step = 'major' | 'minor' | 'patch'

type Props<Version extends Listed> = {
  /** newest first */
  versions: Version[]
  current: string
  to: (version: string) => string
  state: (version: Version) => ReactNode
  /** @param before the one below it; undefined: it is not listed yet, or there is none */
  words: (version: Version, before: Version | undefined) => ReactNode
}

export const VersionSpine = <Version extends Listed>({ versions, current, to, state, words }: Props<Version>) => (
  <ol className={styles.spine}>
    {versions.map((version, index) => {
      const step = shownStep(version, versions[index + 1])
      return (
        <li key={version.version} className={`${styles.version} ${styles[version.state] ?? ''}`}>
          <span className={styles[step]} aria-hidden="true" />
          <span className={styles.head}>
            <Link to={to(version.version)} aria-current={version.version === current ? 'page' : undefined}>
              <code>{version.version}</code>
            </Link>
            <span className="visually-hidden">{`${step} version`}</span>
            {version.version === current && <span className={styles.here}>shown here</span>}
            {state(version)}
          </span>
          <span className={styles.words}>{words(version, versions[index + 1])}</span>
        </li>
      )
    })}
  </ol>
)

/** As it was measured, else as its number says. */
function shownStep({ version, measuredStep }: Listed, before: Listed | undefined): Step {
  if (measuredStep) return measuredStep === 'none' ? 'patch' : measuredStep
  return stepOf(version, before?.version)
}

/** How far a version is from the one before it, as its numbers say. */
export function stepOf(version: string, before: string | undefined): Step {
  const [major, minor] = version.split('.')
  const [majorBefore, minorBefore] = (before ?? '').split('.')
  if (major !== majorBefore) return 'major'
  return minor === minorBefore ? 'patch' : 'minor'
}
