/** A module of somebody who means ill: what attackers write stands in every field that a publisher decides. */
import { pathIn } from '../../server/src/foundation/archive/paths.ts'
import { type Files, moduleFiles } from '../../server/test/archives.ts'
import { payloads } from '../../server/test/markdown/payloads.ts'

const readmeSize = 20

/** What is left open by one payload is closed before the next, so that each of them is met as what it is. */
const closed = '\n\n```\n```\n\n--></script></style></textarea></title></noscript></template></svg></math>\n\n'

/** One README each: pages that are opened, so there are not as many as there are payloads. */
export const readmes: readonly string[] = Array.from({ length: Math.ceil(payloads.length / readmeSize) }, (_, index) =>
  payloads.slice(index * readmeSize, (index + 1) * readmeSize).join(closed),
)

export const folderOf = (index: number) => `part-${index}`

/** Of those that an archive may hold; each in a folder of its own, since some differ by their case alone. */
export const fileNames: readonly string[] = payloads
  .filter(isFileName)
  .map((payload, index) => `names/${index}/${payload}.tf`)

/** What a spreadsheet would work out, were it the text of a cell. */
export const formulas: readonly string[] = [
  ...['=1+1', '+1+1', '-1+1', '@SUM(A1)', ' =1+1', '\t=1+1', '\n=1+1'],
  ...['"=1+1"', '"=1+1', '" =1+1"', '=HYPERLINK("https://evil.example/";"x")'],
]

/** A folder whose name means something else in an address. */
export const oddFolder = '50% #1'

/** Each of them is a document of its own in a browser that is led to it. */
export const documents: Files = {
  'docs/active.svg': `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script><foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="alert(1)"/></foreignObject></svg>`,
  'docs/active.html': `<!doctype html><title>x</title>${payloads.filter((payload) => payload.includes('alert')).join('\n')}`,
  'docs/active.xhtml':
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title><script>alert(1)</script></head></html>',
  'docs/active.xml':
    '<?xml-stylesheet href="javascript:alert(1)"?><x xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></x>',
  'docs/active.js': 'alert(1)',
  'docs/active.png': '<script>alert(1)</script>',
  'docs/active.md': payloads.join(closed),
}

export const hostileModule = (): Files =>
  moduleFiles({
    'README.md': `${payloads[0]} <img src=x onerror=alert(1)> [x](javascript:alert(1)) is what this module is for.\n\n${closed}![x](docs/active.svg)\n`,
    'variables.tf': [...payloads.map(variable), ...formulas.map(formula)].join('\n'),
    [`modules/${oddFolder}/main.tf`]: '',
    'outputs.tf': payloads.map((payload, index) => output(index, payload)).join('\n'),
    'resources.tf': payloads.map(resource).join('\n'),
    'versions.tf': `terraform {\n  required_version = ${quoted('>= 1 <img src=x onerror=alert(1)>')}\n  required_providers {\n${payloads.map(provider).join('\n')}\n  }\n}\n`,
    'broken.tf': payloads.map((payload) => `"${payload}`).join('\n'),
    LICENSE: payloads.join('\n'),
    ...documents,
    ...Object.fromEntries(fileNames.map((name) => [name, `# ${name}\n`])),
    ...Object.fromEntries(
      readmes.flatMap((text, index) => [
        [`modules/${folderOf(index)}/README.md`, text],
        [`modules/${folderOf(index)}/main.tf`, `# ${text.replaceAll('\n', ' ')}\n`],
      ]),
    ),
  })

const variable = (payload: string, index: number) => `variable "field_${index}" {
  type        = string
  description = ${quoted(payload)}
  default     = ${quoted(payload)}
  deprecated  = ${quoted(payload)}
  validation {
    condition     = var.field_${index} != ${quoted(payload)}
    error_message = ${quoted(payload)}
  }
}
variable ${label(payload)} {
  type = object({ ${quoted(payload)} = optional(string, ${quoted(payload)}) })
}
`

const formula = (text: string, index: number) =>
  `variable "formula_${index}" {\n  description = ${quoted(text)}\n  default = ${quoted(text)}\n}\n`

const output = (index: number, payload: string) => `output "field_${index}" {
  description = ${quoted(payload)}
  value       = ${quoted(payload)}
}
output ${label(payload)} {
  value = 1
}
`

const resource = (payload: string, index: number) => `resource ${label(payload)} ${label(payload)} {}
data ${label(payload)} ${label(payload)} {}
module "field_${index}" {
  source  = ${quoted(payload)}
  version = ${quoted(payload)}
}
module ${label(payload)} {
  source = "./modules/${folderOf(0)}"
}
`

const provider = (payload: string, index: number) =>
  `    field_${index} = { source = ${quoted(payload)}, version = ${quoted(payload)} }`

/** A text as HCL writes it. */
const quoted = (text: string) =>
  `"${text
    .replace(/[\\"]/g, '\\$&')
    .replace(/([$%])\{/g, '$1$1{')
    .replaceAll('\n', '\\n')
    .replace(/\p{Cc}/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`

/** Names of blocks are texts without escapes. */
const label = (text: string) => `"${text.replace(/["\\\n\r]/g, "'").replace(/[$%]\{/g, '{')}"`

function isFileName(payload: string): boolean {
  const name = Buffer.from(`${payload}.tf`)
  // The header of a tar has room for so many.
  if (payload.includes('/') || name.length > 90) return false
  try {
    return pathIn(name) === String(name)
  } catch {
    return false
  }
}
