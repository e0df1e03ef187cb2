/** One request as it is written in a shell, a program and a configuration. The token is never in it: each names where it finds one. Pure. */
import type { Request } from './request.ts'

export const languages = { curl: 'curl', typescript: 'TypeScript', powershell: 'PowerShell', hcl: 'HCL' } as const
export type Language = keyof typeof languages

/** @returns what the request can be written in: a configuration only reads */
export const languagesFor = ({ method }: Pick<Request, 'method'>): Partial<Record<Language, string>> => {
  const { hcl, ...others } = languages
  return method === 'GET' ? { ...others, hcl } : others
}

export const sampleIn = (language: Language, request: Request) => writers[language](request)

const writers: Record<Language, (request: Request) => string> = { curl, typescript, powershell, hcl }

function curl({ method, address, body }: Request): string {
  const parts = [
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    '-H "Authorization: Bearer $TOKEN"',
    ...(body === undefined ? [] : ['-H "Content-Type: application/json"', `-d ${inShell(JSON.stringify(body))}`]),
    inShell(address),
  ]
  return `curl ${parts.join(' \\\n  ')}`
}

/** The body stands as it is: JSON is an expression of the language too. */
function typescript({ method, address, body }: Request): string {
  const options = [
    ...(method === 'GET' ? [] : [`  method: ${JSON.stringify(method)},`]),
    '  headers: {',
    '    Authorization: `Bearer ${process.env.TOKEN}`,',
    ...(body === undefined ? [] : ['    "Content-Type": "application/json",']),
    '  },',
    ...(body === undefined ? [] : [`  body: JSON.stringify(${JSON.stringify(body)}),`]),
  ]
  return `const answer = await fetch(${JSON.stringify(address)}, {
${options.join('\n')}
})
console.log(answer.status, await answer.text())`
}

/** Older ones send what is not ASCII in the encoding that the type says. */
function powershell({ method, address, body }: Request): string {
  const settings = [
    ['Method', inPowershell(method)],
    ['Uri', inPowershell(address)],
    ['Headers', '@{ Authorization = "Bearer $env:TOKEN" }'],
    ...(body === undefined
      ? []
      : [
          ['ContentType', "'application/json; charset=utf-8'"],
          ['Body', inPowershell(JSON.stringify(body))],
        ]),
  ] as [string, string][]
  const width = Math.max(...settings.map(([name]) => name.length))
  return `$request = @{
${settings.map(([name, value]) => `  ${name.padEnd(width)} = ${value}`).join('\n')}
}
Invoke-RestMethod @request`
}

function hcl({ address }: Request): string {
  return `variable "token" {
  type      = string
  sensitive = true
}

data "http" "answer" {
  url = ${inHcl(address)}

  request_headers = {
    Authorization = "Bearer \${var.token}"
  }
}`
}

const inShell = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/** Printed quotes end a text there as the straight one does. */
const inPowershell = (text: string) => `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`

const inHcl = (text: string) => JSON.stringify(text).replace(/[$%](?=\{)/g, '$&$&')
