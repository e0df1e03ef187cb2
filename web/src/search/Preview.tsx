/** The selected hit at one glance: how to use it and the beginning of its README, or what else is known of it. */
import { type Hit, pageOf } from '@cadastre/contract/hit-address'
import { readModuleOf, versionsOf } from '@cadastre/contract/search-page'
import { useAnswer } from '../api.ts'
import { CommandStrip } from '../ui/CommandStrip.tsx'
import { asCount } from '../ui/in-words.ts'
import { Link } from '../ui/Link.tsx'
import { Prose } from '../ui/Prose.tsx'
import { Time } from '../ui/Time.tsx'
import { useSettled } from '../ui/use-settled.ts'
import styles from './Preview.module.css'

/** Whoever goes through the list is shown what they stop at. */
const stoppedMs = 150

export function Preview({ hit: selected }: { hit: Hit }) {
  const hit = useSettled(selected, stoppedMs)
  const read = readModuleOf(hit)
  return (
    <>
      <h2 className={styles.title}>
        <Link to={pageOf(hit)}>{hit.address}</Link>
      </h2>
      {read ? <OfModule {...read} /> : <OfOther hit={hit} />}
    </>
  )
}

type Read = NonNullable<ReturnType<typeof readModuleOf>>

function OfModule(asked: Read) {
  const usage = useAnswer(asked.usage).data
  const readme = useAnswer(asked.readme).data
  return (
    <>
      {usage && <CommandStrip text={usage.text} html={usage.html} what="the usage block" />}
      {readme?.file && (
        <div className={styles.readme} inert>
          <Prose html={readme.html} />
        </div>
      )}
    </>
  )
}

const origins = { published: 'published here', mirrored: 'mirrored', catalogued: 'a public registry' } as const

function OfOther({ hit }: { hit: Hit }) {
  const { description, version, updatedAt, origin, hostname, downloads, popularity } = hit
  return (
    <>
      <p className={styles.words}>{description || 'It has no description.'}</p>
      <dl className={styles.cells}>
        <dt>Latest</dt>
        <dd>{version ? <code>{version}</code> : 'no version'}</dd>
        {updatedAt && (
          <>
            <dt>Changed</dt>
            <dd>
              <Time at={updatedAt} />
            </dd>
          </>
        )}
        <dt>Origin</dt>
        <dd>{hostname ?? origins[origin]}</dd>
        <dt>Downloads</dt>
        <dd>{asCount(downloads)}</dd>
        {popularity !== null && (
          <>
            <dt>Popularity</dt>
            <dd>{asCount(popularity)}</dd>
          </>
        )}
      </dl>
      <Versions hit={hit} />
    </>
  )
}

function Versions({ hit }: { hit: Hit }) {
  const { data } = useAnswer(versionsOf(hit))
  const versions = data?.items ?? []
  if (versions.length < 2) return null
  return (
    <section className={styles.words}>
      <h3>Newest versions</h3>
      <ul className={styles.versions}>
        {versions.map(({ version }) => (
          <li key={version}>
            <code>{version}</code>
          </li>
        ))}
      </ul>
    </section>
  )
}
