/** What of a folder goes into an archive. */
import { expect, test } from 'vitest'
import { folderOf, proposedFrom } from './picked-files.ts'
import { sortedPaths } from './sorted-paths.ts'
import type { PackedFile } from './tar.ts'

const sortedFolder = (files: PackedFile[]) => folderOf(files, undefined, (paths, rules) => sortedPaths(paths, rules))
const file = (path: string) => ({ path, content: new Blob([path]) })

test('the folder itself is taken away, and what holds state or is made again is left out', async () => {
  const picked = await sortedFolder(
    [
      'vpc/main.tf',
      'vpc/.git/config',
      'vpc/.terraform/providers/x',
      'vpc/terraform.tfstate',
      'vpc/terraform.tfstate.backup',
      'vpc/modules/subnets/main.tf',
      'vpc/.terraform.lock.hcl',
    ].map(file),
  )

  expect(picked).toMatchObject({
    kind: 'folder',
    name: 'vpc',
    leftOut: ['.git/', '.terraform/', 'terraform.tfstate', 'terraform.tfstate.backup'],
  })
  expect(picked.kind === 'folder' && picked.files.map(({ path }) => path)).toEqual([
    '.terraform.lock.hcl',
    'main.tf',
    'modules/subnets/main.tf',
  ])
})

test('files that lie beside each other stay where they are', async () => {
  const picked = await sortedFolder([file('main.tf'), file('modules/a/main.tf')])

  expect(picked.kind === 'folder' && picked.files.map(({ path }) => path)).toEqual(['main.tf', 'modules/a/main.tf'])
})

test('what .terraformignore names stays out, as it does on the command line', async () => {
  const ignore = { path: 'vpc/.terraformignore', content: new Blob(['build/\n']) }
  const picked = await sortedFolder([file('vpc/main.tf'), file('vpc/build/a'), file('vpc/build/b'), ignore])

  expect(picked).toMatchObject({ leftOut: ['build/'] })
  expect(picked.kind === 'folder' && picked.files.map(({ path }) => path)).toEqual(['.terraformignore', 'main.tf'])
})

test.each([
  ['x'.repeat(4097), 'has more than 4096 characters in line 1'],
  ['*.md\n'.repeat(20_000), 'is larger than 64 KiB'],
  ['ü'.repeat(33_000), 'is larger than 64 KiB'],
])('a .terraformignore that is too large is named in place of the files', async (rules, why) => {
  const picked = await sortedFolder([file('vpc/main.tf'), { path: 'vpc/.terraformignore', content: new Blob([rules]) }])

  expect(picked).toMatchObject({ kind: 'unusable', name: 'vpc', wrong: expect.stringContaining(why) })
})

test.each([
  ['terraform-aws-vpc', { name: 'vpc', system: 'aws' }],
  ['terraform-azurerm-key-vault', { name: 'key-vault', system: 'azurerm' }],
  ['vpc', { name: '', system: '' }],
])('%s proposes its address', (name, address) => {
  expect(proposedFrom(name)).toEqual(address)
})
