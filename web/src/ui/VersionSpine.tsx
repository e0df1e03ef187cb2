/** Versions along a thin line: a filled dot is a major step, a ring a minor one, a tick a patch. */
import type { CSSProperties, ReactNode } from 'react'
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
  columns: readonly Column<Version>[]
}

type Column<Version> = {
  head: string
  /** said behind it where nobody sees the head */
  unit?: string
  /** of the width, beside others of 1 */
  share?: number
  /** @param before the one below it; undefined: it is not listed yet, or there is none */
  cell: (version: Version, before: Version | undefined) => ReactNode
}

export const VersionSpine = <Version extends Listed>({ versions, current, to, state, columns }: Props<Version>) => (
  <div className={styles.sheet} style={sharesOf(columns)}>
    <div className={styles.heads} aria-hidden="true">
      <span />
      <span>Version</span>
      {columns.map(({ head, unit }) => (
        <span key={head} className={unit && styles.number}>
          {head}
        </span>
      ))}
    </div>
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
              {version.version === current && <span className={styles.here}>here</span>}
              {state(version)}
            </span>
            {columns.map(({ head, unit, cell }) => (
              <span key={head} className={unit ? `${styles.fact} ${styles.number}` : styles.fact}>
                {cell(version, versions[index + 1])}
                {unit && <span className={styles.unit}> {unit}</span>}
              </span>
            ))}
          </li>
        )
      })}
    </ol>
    <p className={styles.legend} aria-hidden="true">
      {(['major', 'minor', 'patch'] as const).map((step) => (
        <span key={step}>
          <span className={styles[step]} /> {step}
        </span>
      ))}
    </p>
  </div>
)

const sharesOf = (columns: readonly { share?: number }[]): CSSProperties =>
  ({ '--shares': columns.map(({ share = 1 }) => `minmax(0, ${share}fr)`).join(' ') }) as CSSProperties

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
