/** A type: as written when it is short, otherwise opened one attribute a line. */
import type { components } from '@cadastre/contract/openapi.gen'
import styles from './Parts.module.css'

type Tree = components['schemas']['TypeTree']

const shortType = 40

export function TypeText({ type, tree }: { type: string | null; tree: Tree | null }) {
  if (type === null) return <code className={styles.quiet}>any</code>
  if (!tree || !hasAttributes(tree)) {
    if (type.length <= shortType && !type.includes('\n')) return <code className="code-function">{type}</code>
    return (
      <details className={styles.more}>
        <summary>
          <code className="code-function">{tree?.kind ?? 'type'}</code>
        </summary>
        <pre className={styles.block}>{type}</pre>
      </details>
    )
  }
  return (
    <details className={styles.more}>
      <summary>
        <code className="code-function">{outline(tree)}</code>
      </summary>
      <Attributes of={tree} />
    </details>
  )
}

const hasAttributes = (tree: Tree): boolean =>
  tree.kind === 'object' || (tree.element !== undefined && hasAttributes(tree.element))

/** `list(object)` */
function outline(tree: Tree): string {
  if (tree.element) return `${tree.kind}(${outline(tree.element)})`
  if (tree.kind === 'unknown') return tree.text ?? 'unknown'
  if (tree.kind === 'tuple') return `tuple(${tree.elements?.length ?? 0})`
  return tree.kind
}

function Attributes({ of: tree }: { of: Tree }) {
  if (tree.element) return <Attributes of={tree.element} />
  return (
    <ul className={styles.attributes}>
      {tree.attributes?.map(({ name, type, optional, defaultText, description }) => (
        <li key={name}>
          <code>{name}</code> <code className="code-function">{outline(type)}</code>
          {optional && <span className={styles.quiet}>{defaultText ? ` = ${defaultText}` : ' optional'}</span>}
          {description && <span className={styles.quiet}>{` — ${description}`}</span>}
          {hasAttributes(type) && <Attributes of={type} />}
        </li>
      ))}
    </ul>
  )
}
