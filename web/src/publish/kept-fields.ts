/** The answers of a form that survive a reload, in this tab alone: never a secret, and never a file. */
import { useState } from 'react'
import { pageData } from '../page-data.ts'
import { forgetValues, keepValues, keptValues } from './kept-values.ts'

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
  const caller = pageData.caller.id
  const [values, setValues] = useState(() => ({
    ...empty,
    ...quietly(() => keptValues(sessionStorage, form, caller, empty)),
    ...given,
  }))
  function set(changed: Partial<Record<Name, string>>) {
    setValues((before) => {
      const next = { ...before, ...changed }
      quietly(() => keepValues(sessionStorage, form, caller, next))
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
    forget: () => quietly(() => forgetValues(sessionStorage, form, caller)),
  }
}

/** Where a browser keeps nothing, nothing is kept. */
function quietly<Result>(work: () => Result): Result | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
