/** Fields that hold fields: items of a list or a set, rows of a map, attributes of an object. */
import type { ReactNode } from 'react'
import { Button } from '../ui/Button.tsx'
import { announce } from '../ui/LiveRegion.tsx'
import { Select } from '../ui/Select.tsx'
import styles from './Builder.module.css'
import { begunAs, type Entry, entryIn, idOf, type Row, withEntry, within } from './entry.ts'
import { type EntryProps, focusField, notGiven, useFields, type WithPart } from './fields.ts'
import { keyPath } from './judge.ts'
import { Labelled } from './Labelled.tsx'

type Props = EntryProps & WithPart

/** Not given, built here, an expression, or null. */
function Structure({
  path,
  label,
  entry,
  onChange,
  nothing,
  takesNull,
  describedBy,
  empty,
  children,
}: Props & { empty: Entry; children: ReactNode }) {
  const { problemAt, leave } = useFields()
  const id = idOf(path)
  const wrong = problemAt(path)
  const way = entry === undefined ? 'nothing' : entry.is === 'expression' || entry.is === 'null' ? entry.is : 'built'
  const ways: Record<string, string> = {
    nothing,
    built: 'built here',
    expression: 'expression',
    ...(takesNull ? { null: 'null' } : {}),
  }
  return (
    <fieldset
      id={id}
      className={styles.structure}
      tabIndex={-1}
      aria-describedby={[describedBy, wrong && `${id}-wrong`].filter(Boolean).join(' ') || undefined}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) leave(path)
      }}
    >
      <legend>
        <code>{label}</code>
      </legend>
      <Select
        label={`How ${label} is given`}
        options={ways}
        value={way}
        onChange={(chosen) => onChange(madeFrom(chosen, empty))}
      />
      {entry?.is === 'expression' ? (
        <textarea
          className={styles.control}
          rows={1}
          aria-label={`Expression for ${label}`}
          value={entry.text}
          placeholder="var.name"
          spellCheck={false}
          onChange={({ target }) => onChange({ is: 'expression', text: target.value })}
        />
      ) : (
        entry?.is !== 'null' && children
      )}
      {wrong && (
        <p id={`${id}-wrong`} className={styles.wrong}>
          {wrong}
        </p>
      )}
    </fieldset>
  )
}

function madeFrom(way: string, empty: Entry): Entry | undefined {
  if (way === 'built') return empty
  if (way === 'expression') return { is: 'expression', text: '' }
  return way === 'null' ? { is: 'null' } : undefined
}

export function ListField(props: Props) {
  const { path, label, tree, depth, entry, onChange, Part } = props
  const items = entry?.is === 'list' ? entry.items : []
  const put = (next: (Entry | undefined)[]) => onChange({ is: 'list', items: next })
  return (
    <Structure {...props} empty={{ is: 'list', items: [] }}>
      {items.length > 0 && (
        <ol className={styles.items}>
          {items.map((item, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an item is known by its place alone
            <li key={at} className={styles.item}>
              <Part
                path={within(path, at)}
                label={`${label} ${at + 1}`}
                tree={tree?.element}
                depth={depth + 1}
                entry={item}
                nothing={notGiven}
                onChange={(next) => put(items.with(at, next))}
              />
              <div className={styles.actions}>
                {at > 0 && (
                  <Move
                    path={path}
                    what={`${label} ${at + 1}`}
                    to={at - 1}
                    onMove={() => put(moved(items, at, at - 1))}
                  />
                )}
                {at < items.length - 1 && (
                  <Move
                    path={path}
                    what={`${label} ${at + 1}`}
                    to={at + 1}
                    isDown
                    onMove={() => put(moved(items, at, at + 1))}
                  />
                )}
                <Remove path={path} what={`${label} ${at + 1}`} onRemove={() => put(items.toSpliced(at, 1))} />
              </div>
            </li>
          ))}
        </ol>
      )}
      <Add
        path={path}
        words={`Add to ${label}`}
        onAdd={() => {
          put([...items, begunAs(tree?.element, depth + 1)])
          focusField(within(path, items.length))
        }}
      />
    </Structure>
  )
}

const moved = <Item,>(items: Item[], from: number, to: number) =>
  items.toSpliced(from, 1).toSpliced(to, 0, items[from]!)

const Move = ({
  path,
  what,
  to,
  isDown = false,
  onMove,
}: {
  path: string
  what: string
  to: number
  isDown?: boolean
  onMove: () => void
}) => (
  <Button
    small
    look="quiet"
    aria-label={`Move ${what} ${isDown ? 'down' : 'up'}`}
    onClick={() => {
      onMove()
      announce(`${what} is number ${to + 1} now`)
      focusField(within(path, to))
    }}
  >
    {isDown ? 'Down' : 'Up'}
  </Button>
)

const Remove = ({ path, what, onRemove }: { path: string; what: string; onRemove: () => void }) => (
  <Button
    small
    look="quiet"
    aria-label={`Remove ${what}`}
    onClick={() => {
      onRemove()
      announce(`Removed ${what}`)
      setTimeout(() => document.getElementById(addId(path))?.focus())
    }}
  >
    Remove
  </Button>
)

const addId = (path: string) => `${idOf(path)}-add`

const Add = ({ path, words, onAdd }: { path: string; words: string; onAdd: () => void }) => (
  <div>
    <Button id={addId(path)} small icon="plus" onClick={onAdd}>
      {words}
    </Button>
  </div>
)

export function MapField(props: Props) {
  const { path, label, tree, depth, entry, onChange, Part } = props
  const rows = entry?.is === 'map' ? entry.rows : []
  const put = (next: Row[]) => onChange({ is: 'map', rows: next })
  return (
    <Structure {...props} empty={{ is: 'map', rows: [] }}>
      {rows.length > 0 && (
        <ul className={styles.items}>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place: its key is what is being typed
            <li key={at} className={styles.item}>
              <Labelled
                path={keyPath(path, at)}
                label={`${label} key ${at + 1}`}
                field={(given) => (
                  <input
                    {...given}
                    value={row.key}
                    spellCheck={false}
                    autoComplete="off"
                    autoCapitalize="none"
                    onChange={({ target }) => put(rows.with(at, { ...row, key: target.value }))}
                  />
                )}
              />
              <Part
                path={within(path, at)}
                label={`${label} value ${at + 1}`}
                tree={tree?.element}
                depth={depth + 1}
                entry={row.value}
                nothing={notGiven}
                onChange={(value) => put(rows.with(at, { ...row, value }))}
              />
              <div className={styles.actions}>
                <Remove path={path} what={`row ${at + 1} of ${label}`} onRemove={() => put(rows.toSpliced(at, 1))} />
              </div>
            </li>
          ))}
        </ul>
      )}
      <Add
        path={path}
        words={`Add to ${label}`}
        onAdd={() => {
          put([...rows, { key: '', value: begunAs(tree?.element, depth + 1) }])
          focusField(keyPath(path, rows.length))
        }}
      />
    </Structure>
  )
}

export function ObjectField(props: Props) {
  const { path, tree, depth, entry, onChange, Part } = props
  const given = entry?.is === 'object' ? entry.attributes : {}
  const attributes = tree?.attributes ?? []
  const isNeeded = entry === undefined && props.nothing === notGiven
  return (
    <Structure {...props} empty={{ is: 'object', attributes: {} }}>
      {(entry?.is === 'object' || isNeeded) &&
        attributes.map(({ name, type, optional, defaultText, description }) => (
          <div key={name} className={styles.attribute}>
            {description && (
              <p id={`${idOf(within(path, name))}-words`} className={styles.words}>
                {description}
              </p>
            )}
            <Part
              path={within(path, name)}
              label={optional ? name : `${name} (required)`}
              tree={type}
              depth={depth + 1}
              entry={entryIn(given, name)}
              nothing={optional ? 'default' : notGiven}
              placeholder={defaultText}
              describedBy={description ? `${idOf(within(path, name))}-words` : undefined}
              onChange={(next) => onChange({ is: 'object', attributes: withEntry(given, name, next) })}
            />
          </div>
        ))}
    </Structure>
  )
}
