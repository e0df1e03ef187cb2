/** Where the code of what is published lies; what the registry would refuse is said before anything is sent. */
import { readSourceUrl } from '@cadastre/contract/source-url'
import { TextField } from '../ui/Field.tsx'

export const SourceField = () => (
  <TextField
    label="Source repository"
    name="source"
    inputMode="url"
    autoComplete="off"
    spellCheck={false}
    hint="May be left empty: where its code lies, such as https://github.com/acme/network."
    onChange={({ target }) => {
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
