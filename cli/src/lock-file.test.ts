import { expect, test } from 'vitest'
import { readLockFile, withHashes } from './lock-file.ts'

const h1 = (letter: string) => `h1:${letter.repeat(43)}=`
const zh = (digit: string) => `zh:${digit.repeat(64)}`

/** As terraform lays it out, with and without constraints. */
const written = `# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.

provider "registry.example.com:8443/acme/greeter" {
  version     = "1.2.0"
  constraints = "~> 1.0, != 1.1.0"
  hashes = [
    "${h1('b')}",
    "${zh('1')}",
  ]
}

provider "registry.terraform.io/hashicorp/null" {
  version = "3.2.4"
  hashes = [
    "${h1('c')}",
  ]
}
`

test('every block is read with its address, version and hashes', () => {
  const { providers } = readLockFile(written)

  expect(providers).toMatchObject([
    {
      address: 'registry.example.com:8443/acme/greeter',
      hostname: 'registry.example.com:8443',
      namespace: 'acme',
      type: 'greeter',
      version: '1.2.0',
      hashes: [h1('b'), zh('1')],
    },
    { address: 'registry.terraform.io/hashicorp/null', version: '3.2.4', hashes: [h1('c')] },
  ])
})

test('a file without providers is one, too', () => {
  expect(readLockFile('').providers).toEqual([])
  expect(readLockFile('# only this\n').providers).toEqual([])
})

test('hashes are put in their order, and everything else stays as it was', () => {
  const file = readLockFile(written)
  const [greeter] = file.providers

  const text = withHashes(file, new Map([[greeter!, [...greeter!.hashes, zh('0'), h1('a')]]]))

  expect(text).toBe(
    written.replace(
      `    "${h1('b')}",\n    "${zh('1')}",\n`,
      `    "${h1('a')}",\n    "${h1('b')}",\n    "${zh('0')}",\n    "${zh('1')}",\n`,
    ),
  )
  expect(withHashes(file, new Map())).toBe(written)
})

test('both blocks of a file can be completed, and one that had no hashes gets its list', () => {
  const bare = written.replace(/ {2}hashes = \[\n {4}"h1:c+=",\n {2}\]\n/, '')
  const file = readLockFile(bare)

  const text = withHashes(file, new Map(file.providers.map((provider) => [provider, [h1('c')]])))

  expect(bare).not.toContain('c'.repeat(43))
  expect(text).toContain(`  hashes = [\n    "${h1('c')}",\n  ]\n}\n\nprovider "registry.terraform.io`)
  expect(text).toMatch(/ {2}version = "3\.2\.4"\n {2}hashes = \[\n {4}"h1:c+=",\n {2}\]\n\}\n$/)
})

test('the line ends of a checkout on Windows are kept', () => {
  const windows = written.replaceAll('\n', '\r\n')
  const file = readLockFile(windows)

  const text = withHashes(file, new Map([[file.providers[0]!, [h1('b'), zh('1'), zh('0')]]]))

  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  expect(text).toContain(`    "${zh('0')}",\r\n`)
})

test.each([
  ['a byte order mark', '\ufeff', 1],
  ['a merge conflict', '<<<<<<< HEAD\n', 1],
  ['another block', 'module "x" {\n}\n', 1],
  ['an address without a host', 'provider "acme/greeter" {\n}\n', 1],
  ['a block without a version', 'provider "a.b/c/d" {\n}\n', 1],
  ['a block that is not closed', 'provider "a.b/c/d" {\n  version = "1.0.0"', 1],
  ['a list that is not closed', 'provider "a.b/c/d" {\n  version = "1.0.0"\n  hashes = [\n    "h1:x=",\n}\n', 5],
  ['a list on one line', 'provider "a.b/c/d" {\n  version = "1.0.0"\n  hashes = ["h1:x="]\n}\n', 3],
  ['two versions', 'provider "a.b/c/d" {\n  version = "1.0.0"\n  version = "1.0.1"\n}\n', 3],
  ['a hash without a scheme', 'provider "a.b/c/d" {\n  version = "1.0.0"\n  hashes = [\n    "x",\n  ]\n}\n', 4],
  ['a remark in a block', 'provider "a.b/c/d" {\n  # ours\n  version = "1.0.0"\n}\n', 2],
  ['an escape', 'provider "a.b/c/d" {\n  version = "1.0.\\u0030"\n}\n', 2],
])('%s is refused by the line', (_what, text, line) => {
  expect(() => readLockFile(text)).toThrow(`.terraform.lock.hcl, line ${line}: `)
})

test('a provider that is there twice is refused, and so is what no lock file is as large as', () => {
  const block = 'provider "a.b/c/d" {\n  version = "1.0.0"\n}\n'

  expect(() => readLockFile(block + block)).toThrow('line 4: a.b/c/d has a block already')
  expect(() => readLockFile('#'.repeat(5 * 1024 * 1024))).toThrow('larger than 4 MB')
})
