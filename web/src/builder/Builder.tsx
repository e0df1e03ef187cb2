/** A form made from the inputs of a module, and beside it the block that it comes to. */
import { useCallback, useDeferredValue, useMemo, useState } from 'react'
import type { Shown } from '../modules/shown.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { FilterRow } from '../ui/FilterRow.tsx'
import styles from './Builder.module.css'
import { BuiltBlock } from './BuiltBlock.tsx'
import { type Entry, entryIn, type Filled, type Input, withEntry } from './entry.ts'
import { InputField } from './InputField.tsx'
import { inputsInOrder, type Judged, judge } from './judge.ts'
import { useFilled } from './use-filled.ts'

export function Builder({ shown, items }: { shown: Shown; items: Input[] }) {
  const inputs = useMemo(() => inputsInOrder(items), [items])
  const { filled, setFilled, isTooLong, isAsLinked } = useFilled(inputs)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [wanted, setWanted] = useState('')
  const judged = useMemo(() => judge(inputs, filled), [inputs, filled])
  const leave = useCallback(
    (path: string) => setLeft((before) => (before.has(path) ? before : new Set([...before, path]))),
    [],
  )
  const fill = useCallback(
    (name: string, entry: Entry | undefined) => setFilled((before) => withEntry(before, name, entry)),
    [setFilled],
  )
  const wrong = useMemo(() => problemsByInput(judged.problems, left), [judged, left])
  return (
    <div className={styles.builder}>
      {inputs.length === 0 ? (
        <EmptyState title="Nothing to fill in">This folder takes no inputs: the block is all there is.</EmptyState>
      ) : (
        <InputFields
          inputs={inputs}
          filled={filled}
          wrong={wrong}
          wanted={wanted}
          onFilter={setWanted}
          onFill={fill}
          onLeave={leave}
        />
      )}
      <aside className={styles.built} id="use" aria-label="Use this module" tabIndex={-1}>
        <BuiltBlock
          shown={shown}
          inputs={inputs}
          judged={judged}
          isKeptHere={isTooLong}
          isAsLinked={isAsLinked}
          onGoTo={(path) => {
            setWanted('')
            leave(path)
          }}
        />
      </aside>
    </div>
  )
}

/** Of the fields that were left: name of the input → path → words. */
function problemsByInput(problems: Judged['problems'], left: ReadonlySet<string>) {
  const wrong = new Map<string, Map<string, string>>()
  for (const [path, words] of problems) {
    if (!left.has(path)) continue
    const [name = ''] = path.split('.')
    wrong.set(name, new Map([...(wrong.get(name) ?? []), [path, words]]))
  }
  return wrong
}

type FieldsProps = {
  inputs: Input[]
  filled: Filled
  wrong: ReturnType<typeof problemsByInput>
  wanted: string
  onFilter: (wanted: string) => void
  onFill: (name: string, entry: Entry | undefined) => void
  onLeave: (path: string) => void
}

function InputFields({ inputs, filled, wrong, wanted, onFilter, onFill, onLeave }: FieldsProps) {
  const deferred = useDeferredValue(wanted)
  // Whoever is led to a field finds all of them at once.
  const filter = (wanted && deferred).trim().toLowerCase()
  const shown = inputs.filter((input) => textOf(input).includes(filter))
  const required = shown.filter((input) => input.required)
  const optional = shown.filter((input) => !input.required)
  const [isOpen, setOpen] = useState(
    () => required.length === 0 || optional.some(({ name }) => entryIn(filled, name) !== undefined),
  )
  const field = (input: Input) => (
    <InputField
      key={input.name}
      input={input}
      entry={entryIn(filled, input.name)}
      wrong={wrong.get(input.name)}
      onFill={onFill}
      onLeave={onLeave}
    />
  )
  return (
    <form className={styles.form} aria-label="Inputs" onSubmit={(event) => event.preventDefault()}>
      <FilterRow
        id="part-filter"
        label="Filter inputs"
        value={wanted}
        onChange={onFilter}
        shown={shown.length}
        total={inputs.length}
      />
      {shown.length === 0 && (
        <EmptyState title="Filtered out">No input has that in its name, type or description.</EmptyState>
      )}
      {required.length > 0 && (
        <section>
          <h2>Required</h2>
          {required.map(field)}
        </section>
      )}
      {optional.length > 0 && (
        <details
          className={styles.optional}
          open={isOpen || filter !== ''}
          onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
        >
          <summary>
            <h2>{`Optional ${optional.length}`}</h2>
          </summary>
          {optional.map(field)}
        </details>
      )}
    </form>
  )
}

const textOf = ({ name, type, description }: Input) => `${name} ${type ?? ''} ${description}`.toLowerCase()
