/** Which organization: one of those where the reader may decide on namespaces. Where there is one alone nothing is asked. */
import { question } from '@cadastre/contract/question'
import { useAnswer } from '../api.ts'
import { organizationsWith } from '../shell/rights.ts'
import { Answered } from '../ui/Answered.tsx'
import { SelectField, TextField } from '../ui/Field.tsx'

const all = question('/api/v1/organizations', { query: { limit: 100 } })

/** @returns those to choose from, without `except`; `isOpen`: there are more, so that any can be typed */
export function useOrganizations(except?: string): { names: string[]; isOpen: boolean } {
  const { data } = useAnswer(all)
  const held = organizationsWith('organizations:write')
  const names = held === 'all' ? (data?.items ?? []).map(({ name }) => name) : held
  return { names: names.filter((name) => name !== except), isOpen: held === 'all' && (data?.next ?? null) !== null }
}

/** @returns the one that was chosen, or the only one there is; empty: none yet */
export function useOrganization(chosen: string, except?: string): string {
  const { names, isOpen } = useOrganizations(except)
  if (isOpen || names.includes(chosen)) return chosen
  return names.length === 1 ? names[0]! : ''
}

type Props = {
  label: string
  hint?: string
  wrong?: string
  value: string
  onChange: (organization: string) => void
  except?: string
}

export const OrganizationField = (props: Props) => (
  <Answered to={all} what="organizations" rows={1}>
    {() => <Field {...props} />}
  </Answered>
)

function Field({ onChange, except, ...rest }: Props) {
  const { names, isOpen } = useOrganizations(except)
  const { label, value } = rest
  if (isOpen)
    return (
      <TextField
        {...rest}
        name="organization"
        required
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => onChange(target.value.trim())}
      />
    )
  if (names.length === 1 && value)
    return (
      <p>
        {label}: <strong>{value}</strong>
      </p>
    )
  return (
    <SelectField {...rest} name="organization" required onChange={({ target }) => onChange(target.value)}>
      <option value="">Choose one</option>
      {names.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </SelectField>
  )
}
