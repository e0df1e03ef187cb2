/** The field of an entry, made from its type; each can hold an expression instead. */
import { Select } from '../ui/Select.tsx'
import styles from './Builder.module.css'
import { controlOf, type Entry } from './entry.ts'
import { type EntryProps, useFields } from './fields.ts'
import { type Given, Labelled } from './Labelled.tsx'
import { ListField, MapField, ObjectField } from './StructureFields.tsx'

export function EntryField(props: EntryProps) {
  const control = controlOf(props.tree, props.depth)
  switch (control) {
    case 'text':
    case 'number':
      return <TextField {...props} isNumber={control === 'number'} />
    case 'bool':
      return <ChoiceField {...props} choices={['true', 'false']} />
    case 'list':
      return <ListField {...props} Part={EntryField} />
    case 'map':
      return <MapField {...props} Part={EntryField} />
    case 'object':
      return <ObjectField {...props} Part={EntryField} />
    default:
      return <ExpressionField {...props} />
  }
}

/** Emptied it is not given; a text that is empty is chosen beside it. */
function TextField({ isNumber, ...props }: EntryProps & { isNumber: boolean }) {
  const { entry, onChange, takesNull } = props
  const way = entry === undefined || (entry.is === 'text' && entry.text !== '') ? 'typed' : wayOf(entry)
  const ways: Record<string, string> = {
    typed: 'as typed',
    ...(isNumber ? {} : { empty: 'empty text' }),
    expression: 'expression',
    ...(takesNull ? { null: 'null' } : {}),
  }
  return (
    <Labelled
      {...props}
      field={(given) =>
        way === 'expression' ? (
          <Expression {...props} given={given} />
        ) : way === 'null' || way === 'empty' ? (
          <input {...given} readOnly value={way === 'null' ? 'null' : ''} />
        ) : (
          <Typed {...props} given={given} isNumber={isNumber} />
        )
      }
    >
      <Select
        label={`How ${props.label} is given`}
        options={ways}
        value={way}
        onChange={(chosen) => onChange(chosen === 'empty' ? { is: 'text', text: '' } : entryOfWay(chosen))}
      />
    </Labelled>
  )
}

type TypedProps = EntryProps & { given: Given; isNumber?: boolean }

function Typed({ given, isNumber, entry, onChange, placeholder }: TypedProps) {
  const shared = {
    ...given,
    value: entry?.is === 'text' ? entry.text : '',
    placeholder,
    spellCheck: false,
    autoComplete: 'off',
    autoCapitalize: 'none',
    onChange: ({ target }: { target: { value: string } }) =>
      onChange(target.value === '' ? undefined : { is: 'text', text: target.value }),
  }
  return isNumber ? <input {...shared} inputMode="decimal" /> : <textarea {...shared} rows={1} />
}

const Expression = ({ given, entry, onChange, placeholder = 'var.name' }: TypedProps) => (
  <textarea
    {...given}
    rows={1}
    value={entry?.is === 'expression' ? entry.text : ''}
    placeholder={placeholder}
    spellCheck={false}
    autoComplete="off"
    autoCapitalize="none"
    onChange={({ target }) => onChange({ is: 'expression', text: target.value })}
  />
)

/** One of a few: not given, each of them, or an expression. */
export function ChoiceField({ choices, ...props }: EntryProps & { choices: readonly string[] }) {
  const { entry, onChange, nothing, takesNull } = props
  const isExpression = entry?.is === 'expression'
  const chosen =
    entry === undefined
      ? 'nothing'
      : entry.is === 'text'
        ? `is:${entry.text}`
        : entry.is === 'null'
          ? 'null'
          : 'expression'
  return (
    <Labelled
      {...props}
      field={(given) => (
        <select
          {...given}
          value={chosen}
          onChange={({ target: { value } }) =>
            onChange(value.startsWith('is:') ? { is: 'text', text: value.slice('is:'.length) } : entryOfWay(value))
          }
        >
          <option value="nothing">{nothing}</option>
          {entry?.is === 'text' && !choices.includes(entry.text) && <option value={chosen}>{entry.text}</option>}
          {choices.map((choice) => (
            <option key={choice} value={`is:${choice}`}>
              {choice === '' ? 'empty text' : choice}
            </option>
          ))}
          <option value="expression">expression</option>
          {takesNull && <option value="null">null</option>}
        </select>
      )}
    >
      {isExpression && <Beside {...props} />}
    </Labelled>
  )
}

/** The expression that a choice stands for, in a field of its own. */
const Beside = ({ path, label, entry, onChange }: EntryProps) => {
  const { leave } = useFields()
  return (
    <textarea
      className={styles.control}
      rows={1}
      aria-label={`Expression for ${label}`}
      value={entry?.is === 'expression' ? entry.text : ''}
      placeholder="var.name"
      spellCheck={false}
      onBlur={() => leave(path)}
      onChange={({ target }) => onChange({ is: 'expression', text: target.value })}
    />
  )
}

/** For what has no field: as HCL. */
function ExpressionField(props: EntryProps) {
  const { entry, onChange, takesNull } = props
  const isNull = entry?.is === 'null'
  return (
    <Labelled
      {...props}
      field={(given) =>
        isNull ? (
          <input {...given} readOnly value="null" />
        ) : (
          <Expression
            {...props}
            given={given}
            placeholder={props.placeholder ?? 'an expression'}
            onChange={(next) => onChange(next?.is === 'expression' && next.text === '' ? undefined : next)}
          />
        )
      }
    >
      {takesNull && (
        <Select
          label={`How ${props.label} is given`}
          options={{ expression: 'expression', null: 'null' }}
          value={isNull ? 'null' : 'expression'}
          onChange={(chosen) => onChange(chosen === 'null' ? { is: 'null' } : undefined)}
        />
      )}
    </Labelled>
  )
}

/** A secret is named, never typed. @param own what it is called when it gets a variable of its own */
export function SecretField({ own, ...props }: EntryProps & { own: string }) {
  const { entry, onChange, nothing } = props
  const text = entry?.is === 'expression' ? entry.text : undefined
  return (
    <Labelled
      {...props}
      field={(given) => (
        <select
          {...given}
          value={text === undefined ? 'nothing' : text === own ? 'own' : 'other'}
          onChange={({ target: { value } }) =>
            onChange(value === 'nothing' ? undefined : { is: 'expression', text: value === 'own' ? own : '' })
          }
        >
          <option value="nothing">{nothing}</option>
          <option value="own">{own}</option>
          <option value="other">another reference</option>
        </select>
      )}
    >
      {text !== undefined && text !== own && <Beside {...props} />}
    </Labelled>
  )
}

const wayOf = (entry: Entry) => (entry.is === 'text' ? 'empty' : entry.is === 'null' ? 'null' : 'expression')

const entryOfWay = (way: string): Entry | undefined =>
  way === 'expression' ? { is: 'expression', text: '' } : way === 'null' ? { is: 'null' } : undefined
