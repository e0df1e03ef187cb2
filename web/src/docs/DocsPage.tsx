/** Every page of the documentation by its kind, and the search over all of them. */
import type { DocsEntry } from '@cadastre/contract/docs'
import { question } from '@cadastre/contract/question'
import { useRouter } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { useAt } from '../at.ts'
import { pageData } from '../page-data.ts'
import { Answered } from '../ui/Answered.tsx'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Link } from '../ui/Link.tsx'
import { Matched } from '../ui/Matched.tsx'
import { TitleBlock } from '../ui/TitleBlock.tsx'
import styles from './Docs.module.css'
import { DocsFrame } from './DocsFrame.tsx'
import { kinds, labelOf } from './kinds.ts'

export function DocsPage() {
  const q = useAt().search.get('q') ?? ''
  return (
    <>
      <TitleBlock
        address="Documentation"
        isCode={false}
        description="Of the version that answers here; it needs no way to the internet."
      />
      <DocsFrame>
        <DocsSearch q={q} />
        <Answered to={question('/api/v1/docs', { query: { q: q || undefined } })} what="documentation">
          {({ items }) => (q ? <Found items={items} q={q} /> : <ByKind items={items} />)}
        </Answered>
      </DocsFrame>
    </>
  )
}

/** A plain form: its address is the state. */
function DocsSearch({ q }: { q: string }) {
  const router = useRouter()
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const asked = String(new FormData(event.currentTarget).get('q') ?? '').trim()
    router.history.push(`${pageData.basePath}/docs${asked ? `?q=${encodeURIComponent(asked)}` : ''}`)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a form with the role of a search is what all readers know
    <form
      role="search"
      aria-label="Documentation"
      action={`${pageData.basePath}/docs`}
      className={styles.search}
      onSubmit={submit}
    >
      <input
        key={q}
        name="q"
        type="search"
        aria-label="Search the documentation"
        placeholder="A setting, a code, a word"
        defaultValue={q}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
      />
      <Button type="submit">Search</Button>
    </form>
  )
}

const ByKind = ({ items }: { items: DocsEntry[] }) =>
  kinds.map(({ kind, label, about }) => (
    <section key={kind} className={styles.kindPages} aria-labelledby={`kind-${kind}`}>
      <h2 id={`kind-${kind}`}>{label}</h2>
      <p className={styles.about}>{about}</p>
      <ul>
        {items
          .filter((item) => item.kind === kind)
          .map(({ address, title, excerpt }) => (
            <li key={address}>
              <Link to={address}>{title}</Link>
              {excerpt && <span>{excerpt}</span>}
            </li>
          ))}
        {kind === 'reference' && (
          <li>
            <Link to="/api">HTTP API</Link>
            <span>every operation, its parameters and its answers</span>
          </li>
        )}
      </ul>
    </section>
  ))

function Found({ items, q }: { items: DocsEntry[]; q: string }) {
  const words = q.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  if (items.length === 0)
    return (
      <EmptyState title="No section has all of these words" action={<Link to="/docs">All pages</Link>}>
        Use fewer of them, or the beginning of a word.
      </EmptyState>
    )
  return (
    <section aria-labelledby="found">
      <h2 id="found" className="visually-hidden">
        Found
      </h2>
      <ol className={styles.found}>
        {items.map(({ address, title, kind, section, excerpt }) => (
          <li key={`${address}#${section?.id}`}>
            <Link to={section ? `${address}#${section.id}` : address}>
              <Matched text={section ? section.title : title} words={words} />
            </Link>
            <span className={styles.where}>{section ? `${labelOf(kind)} · ${title}` : labelOf(kind)}</span>
            <p>
              <Matched text={excerpt} words={words} />
            </p>
          </li>
        ))}
      </ol>
    </section>
  )
}
