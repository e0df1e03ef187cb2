/** One part of a module, or one page of the documentation: its name, where it is, and what it is for. */
import type { Answer } from '@cadastre/contract/question'
import { Link } from '../ui/Link.tsx'
import { Matched } from '../ui/Matched.tsx'
import styles from './HitRow.module.css'

export type Part = Answer<'/api/v1/search/parts'>['items'][number]

const kinds = { submodule: 'submodule', resource: 'resource', data: 'data source', input: 'input', output: 'output' }

export function PartRow({ part, words }: { part: Part; words: readonly string[] }) {
  const { kind, name, page, module, version, folder, about } = part
  return (
    <li className={styles.hit}>
      <div className={styles.head}>
        <Link to={page} className={module ? styles.address : undefined} data-hit>
          <Matched text={name} words={words} />
          {module && <span className="visually-hidden">{` in ${module}`}</span>}
        </Link>
        {kind !== 'doc' && <span className={styles.kind}>{kinds[kind]}</span>}
      </div>
      {about && (
        <p className={styles.words}>
          <Matched text={about} words={words} />
        </p>
      )}
      {module && (
        <p className={styles.about}>
          <code>
            <Matched text={folder && kind !== 'submodule' ? `${module}//${folder}` : module} words={words} />
          </code>
          {version && (
            <>
              {' '}
              <code>{version}</code>
            </>
          )}
        </p>
      )}
    </li>
  )
}
