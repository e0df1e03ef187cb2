/** What is kept of a form in this tab, for whoever filled it in: the next one who signs in here finds nothing of it. */
import { readSourceUrl } from '@cadastre/contract/source-url'

type Place = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>
type Values<Name extends string> = Partial<Record<Name, string>>

/** Of a caller each, so that none of them is another's. */
const above = 'cadastre.publish.'

export function keepValues(storage: Place, form: string, caller: string, values: Values<string>): void {
  const { source, ...rest } = values
  storage.setItem(placeOf(form, caller), JSON.stringify(isSource(source ?? '') ? values : rest))
}

/** @returns of what was kept for this caller, what the form has, as text; what was kept for others is gone */
export function keptValues<Name extends string>(
  storage: Place,
  form: string,
  caller: string,
  empty: Record<Name, string>,
): Values<Name> {
  forgetOthers(storage, caller)
  const kept: unknown = JSON.parse(storage.getItem(placeOf(form, caller)) ?? '{}')
  if (typeof kept !== 'object' || kept === null) return {}
  const fields = Object.entries(kept).filter(([name, value]) => Object.hasOwn(empty, name) && typeof value === 'string')
  return Object.fromEntries(fields) as Values<Name>
}

export const forgetValues = (storage: Place, form: string, caller: string) => storage.removeItem(placeOf(form, caller))

/** Nothing else may be kept or shown: what is refused can hold a password. */
export function isSource(text: string): boolean {
  return 'url' in readSourceUrl(text.trim())
}

const placeOf = (form: string, caller: string) => `${above}${form}.${caller}`

function forgetOthers(storage: Place, caller: string): void {
  const places = Array.from({ length: storage.length }, (_, index) => storage.key(index))
  for (const place of places) if (place?.startsWith(above) && !place.endsWith(`.${caller}`)) storage.removeItem(place)
}
