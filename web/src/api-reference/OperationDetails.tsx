/** One operation, which opens: its parameters, its body, its answers, and what to try it with. */
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Table } from '../ui/Table.tsx'
import styles from './Api.module.css'
import { type Document, goodAnswers, type Operation, type Parameter, type Schema } from './document.ts'
import { TryIt } from './TryIt.tsx'
import { typeText } from './type-text.ts'

type Props = { of: Operation; document: Document; isCalled: boolean }

export function OperationDetails({ of: operation, document, isCalled }: Props) {
  const { id, method, path, summary } = operation
  return (
    <Opening
      id={id}
      isCalled={isCalled}
      summary={
        <>
          <code className={styles.method}>{method}</code>
          <code className={styles.path}>{path}</code>
          {summary && (
            <span className={styles.summary}>
              <Coded text={summary} />
            </span>
          )}
        </>
      }
    >
      <Body of={operation} document={document} />
    </Opening>
  )
}

export const Shape = ({
  name,
  schema,
  ...rest
}: {
  name: string
  schema: Schema
  document: Document
  isCalled: boolean
}) => (
  <Opening id={`shape-${name}`} isCalled={rest.isCalled} summary={<code className={styles.path}>{name}</code>}>
    <TypeBlock schema={schema} document={rest.document} what={name} />
  </Opening>
)

type OpeningProps = { id: string; isCalled: boolean; summary: ReactNode; children: ReactNode }

/** There are a hundred of them, so what is inside is made when it opens. */
function Opening({ id, isCalled, summary, children }: OpeningProps) {
  const [isOpen, setOpen] = useState(isCalled)
  const details = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    if (isCalled && details.current) details.current.open = true
  }, [isCalled])
  return (
    <details
      ref={details}
      id={id}
      className={styles.operation}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{summary}</summary>
      {isOpen && <div className={styles.inside}>{children}</div>}
    </details>
  )
}

function Body({ of: operation, document }: { of: Operation; document: Document }) {
  const { id, description, parameters = [], requestBody } = operation
  return (
    <>
      {description && (
        <p>
          <Coded text={description} />
        </p>
      )}
      <p>
        <a href={`#${id}`}>Link to this operation</a>
      </p>
      {parameters.length > 0 && <Parameters of={parameters} />}
      {Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) => (
        <Part key={type} title="Body" type={type}>
          <TypeBlock schema={schema} document={document} what="the body" />
        </Part>
      ))}
      {goodAnswers(operation).map(([status, { content = {} }]) =>
        Object.keys(content).length === 0 ? (
          <Part key={status} title={`Answer ${status}`} type="empty" />
        ) : (
          Object.entries(content).map(([type, { schema }]) => (
            <Part key={`${status} ${type}`} title={`Answer ${status}`} type={type}>
              <TypeBlock schema={schema} document={document} what={`answer ${status}`} />
            </Part>
          ))
        ),
      )}
      <TryIt operation={operation} document={document} />
    </>
  )
}

const Part = ({ title, type, children }: { title: string; type: string; children?: ReactNode }) => (
  <>
    <h3>
      {title} <code className={styles.type}>{type}</code>
    </h3>
    {children}
  </>
)

const Parameters = ({ of: parameters }: { of: Parameter[] }) => (
  <Table
    caption="Parameters"
    showCaption
    rows={parameters}
    keyOf={(parameter) => `${parameter.in} ${parameter.name}`}
    columns={[
      { head: 'Name', isName: true, cell: ({ name }) => <code>{name}</code> },
      { head: 'In', cell: (parameter) => parameter.in },
      { head: 'Required', cell: ({ required }) => (required ? 'yes' : 'no') },
      { head: 'Type', cell: ({ schema }) => <code className="code-function">{typeText(schema)}</code> },
      {
        head: 'Description',
        isWide: true,
        cell: ({ description, schema }) => <Coded text={description ?? schema?.description ?? ''} />,
      },
    ]}
  />
)

type TypeProps = { schema: Schema | undefined; document: Document; what: string }

/** Shapes with a name lead to where they are described. */
function TypeBlock({ schema, document, what }: TypeProps) {
  const lines = typeText(schema).split('\n')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className={styles.shape} tabIndex={0} aria-label={`Type of ${what}`}>
      <pre>
        <code>
          {lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text keep their places
            <Line key={index} text={`${line}\n`} document={document} />
          ))}
        </code>
      </pre>
    </section>
  )
}

function Line({ text, document }: { text: string; document: Document }) {
  const comment = text.indexOf(' // ')
  const type = comment < 0 ? text : text.slice(0, comment)
  return (
    <>
      {type.split(/\b([A-Z]\w+)\b/).map((part, index) =>
        index % 2 === 1 && document.components.schemas[part] ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one line keep their places
          <a key={index} href={`#shape-${part}`}>
            {part}
          </a>
        ) : (
          part
        ),
      )}
      {comment >= 0 && <span className="code-comment">{text.slice(comment)}</span>}
    </>
  )
}

/** What stands between backticks is code. */
const Coded = ({ text }: { text: string }) =>
  text.split('`').map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text keep their places
    index % 2 === 1 ? <code key={index}>{part}</code> : part,
  )
