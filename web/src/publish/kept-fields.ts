/** The answers of a form that survive a reload, in this tab alone: never a secret, and never a file. */
import { useState } from 'react'

export type KeptFields<Name extends string> = {
  values: Record<Name, string>
  set: (values: Partial<Record<Name, string>>) => void
  /** what a field is given, to be kept */
  field: (name: Name) => { value: string; onChange: (event: { target: { value: string } }) => void }
  /** not kept any more, and still shown */
  forget: () => void
}

/** @param given what the address says, before what was kept */
export function useKeptFields<Name extends string>(
  form: string,
  empty: Record<Name, string>,
  given: Partial<Record<Name, string>> = {},
): KeptFields<Name> {
  const place = `cadastre.${form}`
  const [values, setValues] = useState(() => ({ ...empty, ...keptAt(place, empty), ...given }))
  function set(changed: Partial<Record<Name, string>>) {
    setValues((before) => {
      const next = { ...before, ...changed }
      quietly(() => sessionStorage.setItem(place, JSON.stringify(next)))
      return next
    })
  }
  return {
    values,
    set,
    field: (name) => ({
      value: values[name],
      onChange: ({ target }) => set({ [name]: target.value } as Partial<Record<Name, string>>),
    }),
    forget: () => quietly(() => sessionStorage.removeItem(place)),
  }
}

/** Of what was kept, what this form has, as text. */
function keptAt<Name extends string>(place: string, empty: Record<Name, string>): Partial<Record<Name, string>> {
  const kept: unknown = quietly(() => JSON.parse(sessionStorage.getItem(place) ?? '{}'))
  if (typeof kept !== 'object' || kept === null) return {}
  const fields = Object.entries(kept).filter(([name, value]) => Object.hasOwn(empty, name) && typeof value === 'string')
  return Object.fromEntries(fields) as Partial<Record<Name, string>>
}

/** Where a browser keeps nothing, nothing is kept. */
function quietly<Result>(work: () => Result): Result | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
