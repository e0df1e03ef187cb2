/** The selected hit at one glance: how to use it, and the beginning of its README. */
import { question } from '@cadastre/contract/question'
import { useAnswer } from '../api.ts'
import { CommandStrip } from '../ui/CommandStrip.tsx'
import { Link } from '../ui/Link.tsx'
import { Prose } from '../ui/Prose.tsx'
import { type Hit, pageOf } from './hit-address.ts'
import styles from './Preview.module.css'

export function Preview({ hit }: { hit: Hit }) {
  const isOurs = hit.kind === 'module' && hit.hostname === null && hit.version !== null
  return (
    <>
      <h2 className={styles.title}>
        <Link to={pageOf(hit)}>{hit.address}</Link>
      </h2>
      {isOurs ? <OfModule hit={hit} /> : <p className={styles.words}>{hit.description || 'It has no description.'}</p>}
    </>
  )
}

function OfModule({ hit }: { hit: Hit }) {
  const path = { namespace: hit.namespace, name: hit.name, system: hit.system ?? '', version: hit.version ?? '' }
  const template = '/api/v1/modules/{namespace}/{name}/{system}/{version}'
  const usage = useAnswer(question(`${template}/usage`, { path })).data
  const readme = useAnswer(question(`${template}/readme`, { path })).data
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
