/** Which files of a folder are a release. */
import { expect, test } from 'vitest'
import { releaseIn } from './release.ts'

const file = (path: string) => ({ path, content: new Blob() })

test('a release is found by its sums, and nothing else of the folder belongs to it', () => {
  const release = releaseIn(
    [
      'artifacts.json',
      'terraform-provider-greeter_1.2.0_linux_amd64.zip',
      'terraform-provider-greeter_1.1.0_linux_amd64.zip',
      'terraform-provider-greeter_1.2.0_manifest.json',
      'terraform-provider-greeter_1.2.0_SHA256SUMS.sig',
      'terraform-provider-greeter_1.2.0_SHA256SUMS',
    ].map(file),
  )

  expect(release).toMatchObject({ type: 'greeter', version: '1.2.0' })
  expect(release?.files.map(({ name }) => name)).toEqual([
    'terraform-provider-greeter_1.2.0_SHA256SUMS',
    'terraform-provider-greeter_1.2.0_SHA256SUMS.sig',
    'terraform-provider-greeter_1.2.0_manifest.json',
    'terraform-provider-greeter_1.2.0_linux_amd64.zip',
  ])
})

test('a folder without sums is no release', () => {
  expect(releaseIn([file('terraform-provider-greeter_1.2.0_linux_amd64.zip')])).toBeUndefined()
})
