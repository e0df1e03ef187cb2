/** What every field of the form is given, and what all of them share. */
import { type ComponentType, createContext, useContext } from 'react'
import type { Entry, Tree } from './entry.ts'
import { idOf } from './entry.ts'

/** Of what is required, where nothing is given yet. */
export const notGiven = 'not given'

export type EntryProps = {
  path: string
  label: string
  tree: Tree | null | undefined
  depth: number
  entry: Entry | undefined
  onChange: (entry: Entry | undefined) => void
  /** what it means when nothing is given: `default`, or that something has to be */
  nothing: string
  /** of an input, which may be null where its parts may not */
  takesNull?: boolean
  /** id of the words about it */
  describedBy?: string
  placeholder?: string
}

/** Fields within fields. */
export type WithPart = { Part: ComponentType<EntryProps> }

type Fields = {
  /** what is wrong there, once its field was left */
  problemAt(path: string): string | undefined
  leave(path: string): void
}

export const FieldsContext = createContext<Fields>({ problemAt: () => undefined, leave: () => {} })
export const useFields = () => useContext(FieldsContext)

/** The field itself, or the first one in it, once it stands. */
export function focusField(path: string): void {
  setTimeout(() => {
    const element = document.getElementById(idOf(path))
    for (let around = element?.closest('details'); around; around = around.parentElement?.closest('details'))
      around.open = true
    const field = element?.matches('fieldset') ? element.querySelector<HTMLElement>('input, textarea, select') : null
    const wanted = field ?? element
    wanted?.focus()
  })
}
