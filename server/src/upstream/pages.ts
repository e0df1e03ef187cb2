/** Lists in pages, followed only while they lead on: a registry that goes round in circles is left, and it is said. */

export type Page = {
  /** for people: what was asked */
  path: string
  items: unknown[]
  next: number | undefined
}

/** One item of a list, or the reason why the list was left before its end. */
export type Listed = { path: string; position: string; item?: unknown; twice?: boolean; cut?: string }

const maxPages = 10_000

/**
 * @param idOf the same for what is the same item
 * @param after the position of an item: what comes behind it
 */
export async function* listPages(
  page: (at: number) => Promise<Page>,
  idOf: (item: unknown) => string,
  { first, after }: { first: number; after?: string },
): AsyncGenerator<Listed> {
  const met = new Set<string>()
  const [start, done] = after === undefined ? [first, -1] : (after.split('/').map(Number) as [number, number])
  let at = start
  for (let count = 0; ; count += 1) {
    const { path, items, next } = await page(at)
    const before = met.size
    for (const [index, item] of items.entries()) {
      const id = idOf(item)
      const twice = met.has(id)
      met.add(id)
      if (at === start && index <= done) continue
      yield twice ? { path, position: `${at}/${index}`, item, twice } : { path, position: `${at}/${index}`, item }
    }
    if (next === undefined) return
    const cut = reasonToLeave({ at, next, count, isEmpty: items.length === 0, isOld: met.size === before })
    if (cut !== undefined) {
      yield { path, position: `${at}/${items.length}`, cut }
      return
    }
    at = next
  }
}

function reasonToLeave({
  at,
  next,
  count,
  isEmpty,
  isOld,
}: {
  at: number
  next: number
  count: number
  isEmpty: boolean
  isOld: boolean
}): string | undefined {
  if (next <= at) return `the list does not lead on: from ${at} it goes to ${next}`
  if (isEmpty) return 'the list leads on behind an empty page'
  if (isOld) return 'the list repeats itself'
  if (count >= maxPages) return `the list has more than ${maxPages} pages`
  return undefined
}
