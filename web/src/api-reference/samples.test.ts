/** Samples of requests: whatever is in one ends no quote of the language that it is written in. */
import { expect, test } from 'vitest'
import { languagesFor, sampleIn } from './samples.ts'

const address = 'https://registry.example.com/api/v1/namespaces/NAME/keys'
const change = { method: 'POST', address, body: { name: `it's "\${x}" $(y) \`z\` \\ \u2019` } }
const question = { method: 'GET', address: `${address}?q=it's` }

test('curl', () => {
  expect(sampleIn('curl', question)).toBe(`curl -H "Authorization: Bearer $TOKEN" \\
  'https://registry.example.com/api/v1/namespaces/NAME/keys?q=it'\\''s'`)
  expect(sampleIn('curl', change)).toBe(`curl -X POST \\
  -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{"name":"it'\\''s \\"\${x}\\" $(y) \`z\` \\\\ \u2019"}' \\
  'https://registry.example.com/api/v1/namespaces/NAME/keys'`)
})

test('TypeScript', () => {
  expect(sampleIn('typescript', change)).toBe(`const answer = await fetch("${address}", {
  method: "POST",
  headers: {
    Authorization: \`Bearer \${process.env.TOKEN}\`,
    "Content-Type": "application/json",
  },
  body: JSON.stringify({"name":"it's \\"\${x}\\" $(y) \`z\` \\\\ \u2019"}),
})
console.log(answer.status, await answer.text())`)
})

test('PowerShell, where a printed quote ends a text as well', () => {
  expect(sampleIn('powershell', change)).toBe(`$request = @{
  Method      = 'POST'
  Uri         = '${address}'
  Headers     = @{ Authorization = "Bearer $env:TOKEN" }
  ContentType = 'application/json; charset=utf-8'
  Body        = '{"name":"it''s \\"\${x}\\" $(y) \`z\` \\\\ \u2019\u2019"}'
}
Invoke-RestMethod @request`)
})

test('HCL, where nothing in an address is worked out', () => {
  expect(sampleIn('hcl', { method: 'GET', address: 'https://x/?q="${a}%{b}\\' })).toContain(
    '  url = "https://x/?q=\\"$${a}%%{b}\\\\"\n',
  )
})

test('a configuration only reads', () => {
  expect(Object.keys(languagesFor(question))).toEqual(['curl', 'typescript', 'powershell', 'hcl'])
  expect(Object.keys(languagesFor(change))).toEqual(['curl', 'typescript', 'powershell'])
})
