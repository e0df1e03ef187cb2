import { expect, test } from 'vitest'
import type { Call } from '../call.ts'
import type { ProviderRelease } from '../provider-release.ts'
import type { Registry } from '../registry.ts'
import { registryHost } from '../registry-host.ts'
import { outcomeReport, terraformHost } from './provider-report.ts'

test.each([
  ['registry.example.com', 'registry.example.com'],
  ['registry.example.com:8443', 'registry.example.com:8443'],
  ['https://registry.example.com', 'registry.example.com'],
  ['https://example.com/registry', undefined],
  ['http://localhost:8080', undefined],
])('terraform asks %s as %s', (named, host) => {
  expect(terraformHost(registryHost(named, '--host'))).toBe(host)
})

const release = {
  type: 'greeter',
  version: '1.2.0',
  zips: [],
  protocols: ['6.0'],
  doubts: [],
} as unknown as ProviderRelease
const reportOn = (named: string) =>
  outcomeReport(
    { face: { terminal: true }, here: { env: {}, cwd: '/' } } as unknown as Call,
    { choice: registryHost(named, '--host') } as unknown as Registry,
    release,
    'Acme',
  )({ outcome: 'published', from: { source: '', commit: '', folder: '', warnings: [] } })

test('what was published ends with the block that installs it, and how to test it', () => {
  const { lines, next } = reportOn('registry.example.com')

  expect(lines!.slice(1).join('\n')).toBe(`
terraform {
  required_providers {
    greeter = {
      source  = "registry.example.com/acme/greeter"
      version = "1.2.0"
    }
  }
}`)
  expect(next![0]).toEqual({ why: 'test it in a folder with that block', run: 'terraform init' })
})

test('where terraform has no name for the registry there is no block', () => {
  expect(reportOn('http://localhost:8080').lines).toHaveLength(1)
})
