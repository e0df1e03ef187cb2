/** Resources, data sources and ephemeral resources, and the blocks that move state. */
import type { versionTemplate } from '@cadastre/contract/module-pages'
import type { Answer } from '@cadastre/contract/question'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Link } from '../ui/Link.tsx'
import { Table } from '../ui/Table.tsx'
import { WrittenIn } from './WrittenIn.tsx'

type Part = Answer<`${typeof versionTemplate}/resources`>
type Props = { items: Part['items']; moves: Part['moves']; base: string }

const kinds = { managed: 'Resources', data: 'Data sources', ephemeral: 'Ephemeral resources' } as const

/** As it is referred to. */
const addressOf = ({ mode, type, name }: Part['items'][number]) =>
  mode === 'managed' ? `${type}.${name}` : `${mode}.${type}.${name}`

/** What moves state, and what is checked, a row for each. */
export const movesOf = (moves: Part['moves']) => [
  ...moves.moved.map(({ from, to, ...at }) => ({ what: 'moved', words: `${from} → ${to}`, ...at })),
  ...moves.removed.map(({ from, ...at }) => ({ what: 'removed', words: from, ...at })),
  ...moves.imports.map(({ to, id, ...at }) => ({ what: 'import', words: `${id} → ${to}`, ...at })),
  ...moves.checks.map(({ name, ...at }) => ({ what: 'check', words: name, ...at })),
]

export function ResourceTables({ items, moves, base }: Props) {
  const moved = movesOf(moves)
  if (items.length + moved.length === 0)
    return <EmptyState title="No resources">This folder creates and reads nothing by itself.</EmptyState>
  const where = {
    head: 'Written in',
    share: '1.5fr',
    cell: ({ file, line }: { file: string; line: number }) => <WrittenIn part={{ file, line }} base={base} />,
  }
  return (
    <>
      {(Object.keys(kinds) as (keyof typeof kinds)[]).map((kind) => {
        const rows = items.filter(({ mode }) => mode === kind)
        return (
          rows.length > 0 && (
            <Table
              key={kind}
              caption={kinds[kind]}
              showCaption
              rows={rows}
              keyOf={({ type, name, file, line }) => `${type}.${name} ${file}:${line}`}
              idOf={(resource) => `resource-${addressOf(resource)}`}
              columns={[
                {
                  head: 'Type',
                  isName: true,
                  share: '2fr',
                  cell: ({ type }) => (
                    <Link to={`/search?q=${encodeURIComponent(`resource:${type}`)}`}>
                      <code>{type}</code>
                    </Link>
                  ),
                },
                { head: 'Name', share: '1.4fr', cell: ({ name }) => <code>{name}</code> },
                { head: 'Provider', cell: ({ provider }) => provider && <code>{provider}</code> },
                { head: 'Repeated', cell: ({ repeated }) => repeated && 'by count or for_each' },
                where,
              ]}
            />
          )
        )
      })}
      {moved.length > 0 && (
        <Table
          caption="State and checks"
          showCaption
          rows={moved}
          keyOf={({ what, words, file, line }) => `${what} ${words} ${file}:${line}`}
          columns={[
            { head: 'Block', isName: true, share: '2fr', cell: ({ what }) => <code>{what}</code> },
            { head: 'What', share: '3.4fr', cell: ({ words }) => <code>{words}</code> },
            where,
          ]}
        />
      )}
    </>
  )
}
