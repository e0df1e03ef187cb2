/** The kinds of what is found beside modules and providers, and what hits are narrowed by; without schemas, as the web needs no more. */

/** What is inside of modules and is a hit by itself, in the order in which it is shown. */
export const partKinds = ['submodule', 'resource', 'data', 'input', 'output'] as const
export type PartKind = (typeof partKinds)[number]

/** Each has a list of its own. */
export const foundKinds = [...partKinds, 'doc'] as const
export type FoundKind = (typeof foundKinds)[number]

/** What hits are counted by and narrowed by: each is a parameter of the page, and a key of what can be typed. */
export const facetKeys = ['kind', 'origin', 'system', 'ns', 'state', 'verified', 'license'] as const

/** The kind that is typed into a query, when it has a list of its own. */
export function typedKind(q: string): FoundKind | undefined {
  const [, typed] = /(?:^|\s)kind:"?([a-z]+)/i.exec(q) ?? []
  return foundKinds.find((kind) => kind === typed?.toLowerCase())
}

/** The same query, whichever kind is meant. */
export const withoutKind = (q: string): string => q.replace(/(^|\s)kind:("[^"]*"?|\S*)/gi, '$1').trim()
