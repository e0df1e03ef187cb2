/** Which files of a folder are a release, and what is wrong with one. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { type Refuse, refuseDiffering, releaseIn } from './release.ts'

const refuse: Refuse = (code, detail, hint) => new Error(`${code}: ${detail} ${hint}`)
const stem = 'terraform-provider-greeter_1.2.0'
const digest = (text: string) => createHash('sha256').update(text).digest('hex')

/** A folder by its files: name behind the stem → content; `sums` are the names that SHA256SUMS gives the digest of their name. */
const folder = (names: string[], sums: string[]) => [
  { path: 'dist/artifacts.json', content: new Blob(['{}']) },
  {
    path: `dist/${stem}_SHA256SUMS`,
    content: new Blob(sums.map((name) => `${digest(name)}  ${stem}_${name}\n`)),
  },
  ...names.map((name) => ({ path: `dist/${stem}_${name}`, content: new Blob([name]) })),
]
const linux = 'linux_amd64.zip'
const sig = 'SHA256SUMS.sig'

test('a release is found by its sums, and nothing else of the folder belongs to it', async () => {
  const files = folder([linux, sig, 'manifest.json', 'darwin_arm64.zip'], [linux, 'darwin_arm64.zip', 'manifest.json'])
  const older = { path: 'dist/terraform-provider-greeter_1.1.0_linux_amd64.zip', content: new Blob() }

  const release = (await releaseIn([...files, older], refuse))!

  expect(release).toMatchObject({ type: 'greeter', version: '1.2.0' })
  expect(release.small.map(({ name }) => name)).toEqual([
    `${stem}_SHA256SUMS`,
    `${stem}_SHA256SUMS.sig`,
    `${stem}_manifest.json`,
  ])
  expect(release.zips.map(({ name, sha256 }) => [name, sha256])).toEqual([
    [`${stem}_darwin_arm64.zip`, digest('darwin_arm64.zip')],
    [`${stem}_${linux}`, digest(linux)],
  ])
  await refuseDiffering(release, refuse)
})

test('a folder without sums is no release', async () => {
  expect(await releaseIn([{ path: `${stem}_${linux}`, content: new Blob() }], refuse)).toBeUndefined()
})

test.each([
  ['no signature', folder([linux], [linux]), /^signature-missing: The folder holds no .*SHA256SUMS.sig/],
  ['a zip that is named and is not there', folder([sig], [linux]), /^zip-missing: SHA256SUMS names .*linux_amd64.zip/],
  [
    'a manifest that stayed where it was',
    folder([linux, sig], [linux, 'manifest.json']),
    /^zip-missing: .* copy terraform-registry-manifest.json into the folder/,
  ],
  ['a zip that is there and is not named', folder([linux, 'a_b.zip', sig], [linux]), /^zip-not-named: .*_a_b.zip/],
  ['a manifest that is not named', folder([linux, 'manifest.json', sig], [linux]), /^zip-not-named: .*manifest.json/],
  [
    'sums of another version beside its own',
    [
      ...folder([linux, sig], [linux]),
      { path: 'dist/terraform-provider-greeter_1.1.0_SHA256SUMS', content: new Blob() },
    ],
    /^usage: The folder holds greeter 1.2.0, greeter 1.1.0, and one version is published at a time/,
  ],
  ['sums of nothing', folder([sig], []), /^shasums-empty: The SHA256SUMS is empty/],
])('a release with %s is refused before anything of it is sent', async (_what, files, why) => {
  await expect(releaseIn(files, refuse)).rejects.toThrow(why)
})

test.each([linux, 'manifest.json'])('so is one whose %s is another than the one that was signed', async (differing) => {
  const names = [linux, 'manifest.json']
  const files = folder([...names, sig], names).map((file) =>
    file.path.endsWith(differing) ? { ...file, content: new Blob(['other bytes']) } : file,
  )

  const release = (await releaseIn(files, refuse))!

  await expect(refuseDiffering(release, refuse)).rejects.toThrow(`zip-differs: ${stem}_${differing} does not have`)
})
