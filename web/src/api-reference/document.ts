/** The OpenAPI document as far as the reference shows it. Pure. */

export type Schema = {
  $ref?: string
  type?: string | string[]
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  description?: string
  example?: unknown
  default?: unknown
}

export type Parameter = { name: string; in: string; required?: boolean; description?: string; schema?: Schema }
type Content = Record<string, { schema?: Schema }>

type Written = {
  summary?: string
  description?: string
  tags?: string[]
  parameters?: Parameter[]
  requestBody?: { content: Content }
  responses: Record<string, { content?: Content }>
}

export type Document = {
  paths: Record<string, Record<string, Written>>
  components: { schemas: Record<string, Schema> }
}

export type Operation = Written & {
  method: string
  path: string
  /** its anchor */
  id: string
  tag: string
}

/** In the order of the document, tag by tag. */
export function operationsOf({ paths }: Document): Map<string, Operation[]> {
  const byTag = new Map<string, Operation[]>()
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, written] of Object.entries(methods)) {
      const tag = written.tags?.[0] ?? 'others'
      const operations = byTag.get(tag) ?? []
      operations.push({ ...written, method: method.toUpperCase(), path, id: anchorOf(method, path), tag })
      byTag.set(tag, operations)
    }
  }
  return new Map([...byTag].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** `/api/v1/modules/{namespace}` → `get-modules-namespace` */
const anchorOf = (method: string, path: string) =>
  `${method}-${path
    .replace(/^\/api\/v1\//, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/-$/, '')}`

/** Whatever is answered when it goes well. */
export const goodAnswers = ({ responses }: Operation) =>
  Object.entries(responses).filter(([status]) => /^[123]/.test(status))
