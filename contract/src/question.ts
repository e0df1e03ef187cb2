/** A question to the API, the same for the server, which asks it for a page's first paint, and for the web, which asks it later. */
import type { paths } from './openapi.gen.ts'

/** The paths of the API that can be asked, e.g. `/api/v1/modules/{namespace}/{name}/{system}`. */
export type Askable = {
  [Path in keyof paths]: paths[Path] extends {
    get: { responses: { 200: { content: { 'application/json': unknown } } } }
  }
    ? Path
    : never
}[keyof paths]

export type Answer<Path extends Askable> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } }
}
  ? Body
  : never

export type Question<Path extends Askable = Askable> = {
  template: Path
  path: Record<string, string>
  query: Record<string, string>
  /** what is asked for, below the base address; also the name under which the answer is kept */
  url: string
}

type Asked = { path?: Record<string, string>; query?: Record<string, string | number | boolean | undefined> }

/** @param query what is undefined is left out; the order of keys does not matter */
export function question<Path extends Askable>(template: Path, { path = {}, query = {} }: Asked = {}): Question<Path> {
  const given = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]))
  given.sort(([a], [b]) => (a! < b! ? -1 : 1))
  const filled = template.replace(/\{(\w+)\}/g, (_, key: string) => asSegment(path[key] ?? ''))
  const search = new URLSearchParams(given as [string, string][]).toString()
  return { template, path, query: Object.fromEntries(given), url: search ? `${filled}?${search}` : filled }
}

/** Dots alone are a step, encoded or not; encoded twice they are a name, which nothing has. */
const asSegment = (text: string) => (/^\.{1,2}$/.test(text) ? text.replaceAll('.', '%252E') : encodeURIComponent(text))
