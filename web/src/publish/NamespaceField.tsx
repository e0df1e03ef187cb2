/** The namespace to publish into: those that the reader may publish to are suggested, and any can be typed. */
import { type Answer, question } from '@cadastre/contract/question'
import type { ScopeName } from '@cadastre/contract/scope-names'
import { useQuery } from '@tanstack/react-query'
import { type InputHTMLAttributes, type ReactNode, useId, useState } from 'react'
import { asked } from '../api.ts'
import { pageData } from '../page-data.ts'
import { TextField } from '../ui/Field.tsx'

type Props = { scope: ScopeName; hint?: ReactNode } & InputHTMLAttributes<HTMLInputElement>

const all = question('/api/v1/namespaces', { query: { limit: 100 } })

export function NamespaceField({ scope, ...rest }: Props) {
  const list = useId()
  // The page waits for nothing that nobody may need.
  const [isWanted, setIsWanted] = useState(false)
  const { data } = useQuery({ ...asked(all), enabled: isWanted })
  return (
    <>
      <TextField
        label="Namespace"
        name="namespace"
        required
        autoComplete="off"
        list={list}
        onFocus={() => setIsWanted(true)}
        {...rest}
      />
      <datalist id={list}>
        {data?.items
          .filter((namespace) => mayPublish(namespace, scope))
          .map(({ name }) => (
            <option key={name} value={name} />
          ))}
      </datalist>
    </>
  )
}

type Namespace = Answer<'/api/v1/namespaces'>['items'][number]

/** Only what is suggested depends on it. */
const mayPublish = ({ name, organization }: Namespace, scope: ScopeName) =>
  pageData.caller.grants.some(
    (grant) =>
      (grant.organization === 'platform' || grant.organization === organization) &&
      grant.scopes.some((held) => held === 'admin' || held === scope) &&
      (grant.namespaces?.includes(name) ?? true),
  )
