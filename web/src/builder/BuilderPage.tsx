/** A form made from the inputs of a module, and beside it the block that it comes to. */
import { builderFolder, versionTemplate } from '@cadastre/contract/module-pages'
import { question } from '@cadastre/contract/question'
import { useDeferredValue, useMemo, useState } from 'react'
import { Diagnostics } from '../modules/Diagnostics.tsx'
import { ModuleSheet } from '../modules/ModuleSheet.tsx'
import { type Shown, useModuleAddress } from '../modules/shown.ts'
import { Answered } from '../ui/Answered.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { FilterRow } from '../ui/FilterRow.tsx'
import styles from './Builder.module.css'
import { BuiltBlock } from './BuiltBlock.tsx'
import { entryIn, type Filled, type Input, withEntry } from './entry.ts'
import { FieldsContext } from './fields.ts'
import { InputField } from './InputField.tsx'
import { inputsInOrder, judge } from './judge.ts'
import { useFilled } from './use-filled.ts'

export function BuilderPage() {
  const { at } = useModuleAddress()
  const folder = builderFolder(at)
  return (
    <ModuleSheet folder={folder} hasOwnBlock>
      {(shown) => (
        <Answered
          to={question(`${versionTemplate}/inputs`, { path: shown.path, query: { folder: folder || undefined } })}
          what="inputs"
        >
          {({ items, diagnostics }) => (
            <>
              {folder && <Diagnostics of={diagnostics} base={shown.base} />}
              <Builder key={`${shown.version} ${folder}`} shown={shown} items={items} />
            </>
          )}
        </Answered>
      )}
    </ModuleSheet>
  )
}

function Builder({ shown, items }: { shown: Shown; items: Input[] }) {
  const inputs = useMemo(() => inputsInOrder(items), [items])
  const { filled, setFilled, isTooLong } = useFilled(inputs)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [wanted, setWanted] = useState('')
  const judged = useMemo(() => judge(inputs, filled), [inputs, filled])
  const fields = useMemo(
    () => ({
      problemAt: (path: string) => (left.has(path) ? judged.problems.get(path) : undefined),
      leave: (path: string) => setLeft((before) => (before.has(path) ? before : new Set([...before, path]))),
    }),
    [left, judged],
  )
  return (
    <div className={styles.builder}>
      {inputs.length === 0 ? (
        <EmptyState title="Nothing to fill in">This folder takes no inputs: the block is all there is.</EmptyState>
      ) : (
        <FieldsContext value={fields}>
          <InputFields inputs={inputs} filled={filled} wanted={wanted} onFilter={setWanted} onFill={setFilled} />
        </FieldsContext>
      )}
      <aside className={styles.built} id="use" aria-label="Use this module" tabIndex={-1}>
        <BuiltBlock
          shown={shown}
          inputs={inputs}
          judged={judged}
          isKeptHere={isTooLong}
          onGoTo={(path) => {
            setWanted('')
            fields.leave(path)
          }}
        />
      </aside>
    </div>
  )
}

type FieldsProps = {
  inputs: Input[]
  filled: Filled
  wanted: string
  onFilter: (wanted: string) => void
  onFill: (fill: (before: Filled) => Filled) => void
}

function InputFields({ inputs, filled, wanted, onFilter, onFill }: FieldsProps) {
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
      onChange={(entry) => onFill((before) => withEntry(before, input.name, entry))}
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
