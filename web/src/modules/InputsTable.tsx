/** Inputs as a table of parts: name, type, default, what is special about it, and what it is for. */
import type { versionTemplate } from '@cadastre/contract/module-pages'
import type { Answer } from '@cadastre/contract/question'
import { useDeferredValue, useMemo } from 'react'
import { useAt } from '../at.ts'
import { Badge } from '../ui/Badge.tsx'
import { Download } from '../ui/Download.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { FilterRow } from '../ui/FilterRow.tsx'
import { Link } from '../ui/Link.tsx'
import { Table } from '../ui/Table.tsx'
import { useFilter } from '../use-filter.ts'
import { Description } from './Description.tsx'
import styles from './Parts.module.css'
import { TypeText } from './TypeText.tsx'
import { WrittenIn } from './WrittenIn.tsx'

type Input = Answer<`${typeof versionTemplate}/inputs`>['items'][number]
type Props = { items: Input[]; base: string; exportName: string; isPage?: boolean }

export function InputsTable({ items, base, exportName, isPage = false }: Props) {
  const { pathname } = useAt()
  const [wanted, setWanted] = useFilter(isPage ? 'q' : 'inputs')
  const [only, setOnly] = useFilter('only')
  const onlyRequired = only === 'required'
  const filter = useDeferredValue(wanted.trim().toLowerCase())
  const shown = useMemo(
    () => items.filter((input) => (!onlyRequired || input.required) && textOf(input).includes(filter)),
    [items, filter, onlyRequired],
  )
  if (items.length === 0) return <EmptyState title="No inputs">This folder takes none.</EmptyState>
  return (
    <>
      <FilterRow
        id={isPage ? 'part-filter' : undefined}
        label="Filter inputs"
        value={wanted}
        onChange={setWanted}
        shown={shown.length}
        total={items.length}
      >
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={onlyRequired}
            onChange={(event) => setOnly(event.target.checked ? 'required' : '')}
          />
          <span>
            only required <span className={styles.required}>●</span>
          </span>
        </label>
        <Download
          name={`${exportName}.tsv`}
          type="text/tab-separated-values"
          label="TSV"
          content={() => asTsv(items)}
        />
        <Download
          name={`${exportName}.json`}
          type="application/json"
          label="JSON"
          content={() => JSON.stringify(items, null, 2)}
        />
      </FilterRow>
      {shown.length === 0 ? (
        <EmptyState title="Filtered out">No input has that in its name, type or description.</EmptyState>
      ) : (
        <Table
          caption="Inputs"
          rows={shown}
          keyOf={({ name }) => name}
          idOf={({ name }) => `input-${name}`}
          columns={[
            { head: 'Name', isName: true, share: '1.8fr', cell: (input) => <Name input={input} page={pathname} /> },
            { head: 'Type', share: '2fr', cell: ({ type, typeTree }) => <TypeText type={type} tree={typeTree} /> },
            {
              head: 'Default',
              share: '1.4fr',
              cell: ({ defaultText }) => defaultText !== null && <DefaultText text={defaultText} />,
            },
            { head: 'Written in', share: '1.5fr', cell: (part) => <WrittenIn part={part} base={base} /> },
            { head: 'Description', isBelow: true, cell: (input) => saysMore(input) && <Words input={input} /> },
          ]}
        />
      )}
    </>
  )
}

const Name = ({ input, page }: { input: Input; page: string }) => (
  <>
    <Link to={`${page}#input-${input.name}`} className={styles.anchor}>
      <code>{input.name}</code>
    </Link>
    {input.required && (
      <span className={styles.required}>
        <span aria-hidden="true"> ●</span>
        <span className="visually-hidden">required</span>
      </span>
    )}
  </>
)

const longDefault = 60

const DefaultText = ({ text }: { text: string }) =>
  text.length > longDefault || text.includes('\n') ? (
    <details className={styles.more}>
      <summary>
        <code>{`${text.slice(0, 20).split('\n')[0]} …`}</code>
      </summary>
      <pre className={styles.block}>{text}</pre>
    </details>
  ) : (
    <code>{text}</code>
  )

/** What its row has no cell for. */
const saysMore = ({ description, sensitive, ephemeral, nullable, deprecated, validations }: Input) =>
  Boolean(description) || sensitive || ephemeral || !nullable || deprecated !== null || validations.length > 0

const Words = ({ input }: { input: Input }) => (
  <>
    <Description of={input} />
    <span className={styles.marks}>
      {input.sensitive && <Badge tone="info">sensitive</Badge>}
      {input.ephemeral && <Badge tone="info">ephemeral</Badge>}
      {!input.nullable && <Badge>not null</Badge>}
      {input.deprecated !== null && <Badge tone="attention">{`deprecated: ${input.deprecated}`}</Badge>}
    </span>
    {input.validations.map(({ condition, message }) => (
      <span key={condition} className={styles.rule}>
        {message || <code>{condition}</code>}
      </span>
    ))}
  </>
)

const textOf = ({ name, type, description }: Input) => `${name} ${type ?? ''} ${description}`.toLowerCase()

/** Columns are kept apart, and no cell can start a formula. */
function asTsv(items: Input[]): string {
  const rows = items.map(({ name, type, required, defaultText, description }) =>
    [name, type ?? '', required ? 'required' : '', defaultText ?? '', description].map(cell).join('\t'),
  )
  return [['name', 'type', 'required', 'default', 'description'].join('\t'), ...rows].join('\n')
}

const cell = (text: string) => {
  const line = text.replace(/\s+/g, ' ').replace(/^ ?[=+@-]/, "'$&")
  // Spreadsheets take quotation marks off, and what stood behind them could start one.
  return line.includes('"') ? `"${line.replaceAll('"', '""')}"` : line
}
