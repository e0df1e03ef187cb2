/** Every operation of the API, made from the document that programs read. */
import { useQuery } from '@tanstack/react-query'
import { useRouterState } from '@tanstack/react-router'
import { useDeferredValue, useEffect, useState } from 'react'
import { Refused } from '../api.ts'
import { pageData } from '../page-data.ts'
import { usePainted } from '../shell/painted.ts'
import { problemIn, Refusal } from '../ui/Answered.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { FilterRow } from '../ui/FilterRow.tsx'
import { Link } from '../ui/Link.tsx'
import { SectionNav } from '../ui/SectionNav.tsx'
import sheet from '../ui/Sheet.module.css'
import { Skeleton } from '../ui/Skeleton.tsx'
import { TitleBlock } from '../ui/TitleBlock.tsx'
import styles from './Api.module.css'
import { type Document, type Operation, operationsOf } from './document.ts'
import { OperationDetails, Shape } from './OperationDetails.tsx'

const address = '/api/v1/openapi.json'

async function read({ signal }: { signal: AbortSignal }): Promise<Document> {
  const response = await fetch(`${pageData.basePath}${address}`, { signal })
  if (response.ok) return (await response.json()) as Document
  throw new Refused({
    code: 'unreadable-answer',
    title: 'The reference could not be read',
    status: response.status,
    detail: `The registry answered ${response.status}.`,
    requestId: response.headers.get('x-request-id') ?? undefined,
  })
}

export function ApiPage() {
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: [address],
    queryFn: read,
    // The document is large, and comes when the page stands there already.
    enabled: usePainted(),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <>
      <TitleBlock
        address="API reference"
        isCode={false}
        description={
          <>
            Made from <a href={`${pageData.basePath}${address}`}>openapi.json</a>. Send a token as{' '}
            <code>Authorization: Bearer TOKEN</code>; what is public needs none. A refusal is{' '}
            <a href="#shape-Problem">Problem</a>, and its code has a page in the{' '}
            <Link to="/docs/errors">error catalogue</Link>.
          </>
        }
      />
      {data && <Reference of={data} />}
      {!data && error && (
        <Refusal problem={problemIn(error)} what="reference" retry={() => void refetch()} isRetrying={isFetching} />
      )}
      {!data && !error && <Skeleton rows={16} />}
    </>
  )
}

function Reference({ of: document }: { of: Document }) {
  const [filter, setFilter] = useState('')
  const wanted = useDeferredValue(filter.trim().toLowerCase())
  const hash = useHash(document)
  const all = [...operationsOf(document)]
  const shown = all
    .map(([tag, operations]) => [tag, operations.filter((operation) => fits(operation, wanted))] as const)
    .filter(([, operations]) => operations.length > 0)
  const count = (tags: readonly (readonly [string, Operation[]])[]) =>
    tags.reduce((sum, [, operations]) => sum + operations.length, 0)
  return (
    <div className={sheet.wide}>
      <div className={`${sheet.sections} ${styles.side}`}>
        <SectionNav
          label="Operations by subject"
          sections={[
            ...shown.map(([tag, operations]) => ({
              to: `#${anchorOfTag(tag)}`,
              label: tag,
              count: operations.length,
              isCurrent: hash === anchorOfTag(tag),
            })),
            ...(wanted === '' ? [{ to: '#shapes', label: 'shapes', isCurrent: hash === 'shapes' }] : []),
          ]}
        />
      </div>
      <div className={sheet.content}>
        <FilterRow
          label="Filter operations"
          value={filter}
          onChange={setFilter}
          shown={count(shown)}
          total={count(all)}
        />
        {shown.length === 0 && (
          <EmptyState title="No operation has these words">Filter by a part of its path or summary.</EmptyState>
        )}
        {shown.map(([tag, operations]) => (
          <section key={tag} aria-labelledby={anchorOfTag(tag)}>
            <h2 id={anchorOfTag(tag)} className={styles.tag}>
              {tag}
            </h2>
            {operations.map((operation) => (
              <OperationDetails
                key={operation.id}
                of={operation}
                document={document}
                isCalled={hash === operation.id}
              />
            ))}
          </section>
        ))}
        {wanted === '' && (
          <section aria-labelledby="shapes">
            <h2 id="shapes" className={styles.tag}>
              shapes
            </h2>
            {Object.entries(document.components.schemas).map(([name, schema]) => (
              <Shape key={name} name={name} schema={schema} document={document} isCalled={hash === `shape-${name}`} />
            ))}
          </section>
        )}
      </div>
    </div>
  )
}

const anchorOfTag = (tag: string) => `tag-${tag.replaceAll(' ', '-')}`

/** All words, in any order. */
const fits = ({ method, path, summary = '' }: Operation, wanted: string) => {
  const text = `${method} ${path} ${summary}`.toLowerCase()
  return wanted.split(/\s+/).every((word) => text.includes(word))
}

/** What the address calls; it is led to once it is there. */
function useHash(document: Document): string {
  const hash = useRouterState({ select: ({ location }) => location.hash })
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is called stands there once the document does
  useEffect(() => {
    if (hash) window.document.getElementById(hash)?.scrollIntoView()
  }, [hash, document])
  return hash
}
