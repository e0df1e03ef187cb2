/** Where the code of what is published lies; what the registry would refuse is said before anything is sent. */
import { readSourceUrl } from '@cadastre/contract/source-url'
import { TextField } from '../ui/Field.tsx'

type Props = { value: string; onChange: (event: { target: { value: string } }) => void }

export const SourceField = ({ value, onChange }: Props) => (
  <TextField
    label="Source repository"
    name="source"
    value={value}
    inputMode="url"
    autoComplete="off"
    spellCheck={false}
    hint="May be left empty: where its code lies, such as https://github.com/acme/network."
    onChange={(event) => {
      onChange(event)
      const { target } = event
      const read = target.value.trim() === '' ? undefined : readSourceUrl(target.value.trim())
      target.setCustomValidity(read && 'wrong' in read ? `The address ${read.wrong}.` : '')
    }}
  />
)

/** @returns the query that says it */
export const sourceIn = (fields: FormData): { source?: string } => {
  const source = String(fields.get('source') ?? '').trim()
  return source === '' ? {} : { source }
}
