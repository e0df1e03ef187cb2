/** The grammar of SHA256SUMS, and which files a version may have. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../foundation/refusal.ts'
import {
  manifestFileName,
  readShaSums,
  type SumsLine,
  shaSumsFileName,
  shaSumsText,
  signatureFileName,
  sumsOfVersion,
  zipFileName,
  zipOfVersion,
} from './shasums.ts'

const [a, b] = ['a'.repeat(64), '0123456789abcdef'.repeat(4)]
const version = { type: 'fake', version: '1.0.0' }
const linux = 'terraform-provider-fake_1.0.0_linux_amd64.zip'
const darwin = 'terraform-provider-fake_1.0.0_darwin_arm64.zip'
const manifest = 'terraform-provider-fake_1.0.0_manifest.json'

const read = (text: string) => readShaSums(Buffer.from(text))
const refusalOf = (action: () => unknown): Refusal => {
  try {
    action()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('it was not refused')
}

describe('a document', () => {
  test.each([
    ['with a final newline', `${a}  one.zip\n${b}  two.zip\n`],
    ['without one', `${a}  one.zip\n${b}  two.zip`],
  ])('%s is read', (_what, text) => {
    expect(read(text)).toEqual([
      { sha256: a, filename: 'one.zip' },
      { sha256: b, filename: 'two.zip' },
    ])
  })

  const good = `${a}  one.zip\n`
  test.each<[what: string, text: string | Buffer, message: string]>([
    ['a blank line alone', '\n', 'Line 1 of the SHA256SUMS is blank, which crashes clients.'],
    ['a blank line in front', `\n${good}`, 'Line 1 of the SHA256SUMS is blank, which crashes clients.'],
    ['a blank line between', `${good}\n${b}  two.zip\n`, 'Line 2 of the SHA256SUMS is blank, which crashes clients.'],
    ['a blank line at the end', `${good}\n`, 'Line 2 of the SHA256SUMS is blank, which crashes clients.'],
    ['a line of spaces', `${good}  \n`, 'Line 2 of the SHA256SUMS is not a SHA-256 in 64'],
    ['a binary marker', `${good}${b} *two.zip\n`, 'Line 2 of the SHA256SUMS marks its file as binary with "*"'],
    ['a marker behind two spaces', `${b}  *two.zip\n`, 'Line 1 of the SHA256SUMS marks its file as binary with "*"'],
    ['one space', `${good}${b} two.zip\n`, 'Line 2 of the SHA256SUMS has one space behind the checksum'],
    ['a tab', `${b}\ttwo.zip\n`, 'has other characters than printable ASCII'],
    ['three spaces', `${b}   two.zip\n`, 'Line 1 of the SHA256SUMS is not a SHA-256 in 64'],
    ['CRLF', `${a}  one.zip\r\n${b}  two.zip\r\n`, 'Line 1 of the SHA256SUMS has a carriage return'],
    ['CR alone', `${a}  one.zip\r${b}  two.zip\r`, 'Line 1 of the SHA256SUMS has a carriage return'],
    ['a path', `${a}  dist/one.zip\n`, 'Line 1 of the SHA256SUMS names a path'],
    ['"./" in front', `${a}  ./one.zip\n`, 'Line 1 of the SHA256SUMS names a path'],
    ['a backslash', `${a}  dist\\one.zip\n`, 'Line 1 of the SHA256SUMS names a path'],
    ['upper-case digits', `${a.toUpperCase()}  one.zip\n`, 'has its checksum in upper-case letters'],
    ['a short checksum', `${a.slice(1)}  one.zip\n`, 'is not a SHA-256 in 64'],
    ['a long checksum', `${a}a  one.zip\n`, 'is not a SHA-256 in 64'],
    ['other letters', `${'g'.repeat(64)}  one.zip\n`, 'is not a SHA-256 in 64'],
    ['no file', `${a}  \n`, 'names no file'],
    ['no file nor spaces', `${a}\n`, 'names no file'],
    ['a space in front', ` ${good}`, 'is not a SHA-256 in 64'],
    ['a space behind', `${a}  one.zip \n`, 'is not a SHA-256 in 64'],
    ['a remark', `# sums\n${good}`, 'Line 1 of the SHA256SUMS is not a SHA-256 in 64'],
    ['the format of BSD', `SHA256 (one.zip) = ${a}\n`, 'is not a SHA-256 in 64'],
    ['a NUL', `${a}  one\0.zip\n`, 'has other characters than printable ASCII'],
    ['an accent', `${a}  öne.zip\n`, 'has other characters than printable ASCII'],
    ['bytes that are not UTF-8', Buffer.from(`${a}  \xff.zip\n`, 'latin1'), 'has other characters than printable'],
    ['a byte order mark', `\ufeff${good}`, 'Line 1 of the SHA256SUMS begins with a byte order mark'],
    ['UTF-16', Buffer.from(`\ufeff${good}`, 'utf16le'), 'Line 1 of the SHA256SUMS begins with a byte order mark'],
  ])('with %s is refused', (_what, text, message) => {
    const refusal = refusalOf(() => readShaSums(Buffer.from(text as string)))

    expect(refusal).toMatchObject({ reason: 'invalid', code: 'shasums-line' })
    expect(refusal.message).toContain(message)
    expect(refusal.hint).toMatch(/sha256sum \*\.zip .* GoReleaser/)
  })

  test('that is empty is refused', () => {
    expect(refusalOf(() => read(''))).toMatchObject({ reason: 'invalid', code: 'shasums-empty' })
  })

  test('that names a file twice is refused, with both lines', () => {
    const refusal = refusalOf(() => read(`${a}  one.zip\n${b}  two.zip\n${b}  one.zip\n`))

    expect(refusal.code).toBe('shasums-duplicate')
    expect(refusal.message).toBe('Line 3 of the SHA256SUMS names "one.zip", as line 1 does.')
  })

  test('may have 1,000 lines and no more', () => {
    const lines = (count: number) => Array.from({ length: count }, (_, index) => ({ sha256: a, filename: `${index}` }))

    expect(read(shaSumsText(lines(1000)))).toHaveLength(1000)
    expect(refusalOf(() => read(shaSumsText(lines(1001))))).toMatchObject({
      reason: 'too-large',
      code: 'shasums-too-large',
    })
  })

  test('may have 256 KB and no more', () => {
    const text = (bytes: number) => `${a}  ${'x'.repeat(bytes - 66)}`

    expect(read(text(256 * 1024))).toHaveLength(1)
    expect(refusalOf(() => read(text(256 * 1024 + 1))).code).toBe('shasums-too-large')
  })

  test('that is written is read as the same, and every line of it is ended', () => {
    const line = fc.record<SumsLine>({
      sha256: fc.stringMatching(/^[0-9a-f]{64}$/),
      filename: fc.stringMatching(/^[!-)+-.0-[\]-~][!-.0-[\]-~]{0,40}$/),
    })
    fc.assert(
      fc.property(fc.uniqueArray(line, { minLength: 1, selector: ({ filename }) => filename }), (lines) => {
        expect(read(shaSumsText(lines))).toEqual(lines)
        expect(read(shaSumsText(lines).slice(0, -1))).toEqual(lines)
      }),
    )
  })

  test('of any bytes is read or refused', () => {
    const piece = fc.oneof(
      fc.constantFrom(a, b, ' ', '  ', '\n', '\r\n', '*', linux, manifest, 'é', '/', '\\', '\ufeff').map(Buffer.from),
      fc.uint8Array({ maxLength: 80 }).map(Buffer.from),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const bytes = Buffer.concat(pieces)
        try {
          const text = shaSumsText(readShaSums(bytes))
          expect([text, text.slice(0, -1)]).toContain(bytes.toString())
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          expect(error.code).toMatch(/^shasums-/)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the files of a version', () => {
  const of = (filenames: string[], named = version) =>
    sumsOfVersion(
      filenames.map((filename) => ({ sha256: a, filename })),
      named,
    )

  test('are its zips, and its manifest', () => {
    expect(of([darwin, manifest, linux])).toEqual({
      zips: [
        { os: 'darwin', arch: 'arm64', filename: darwin, sha256: a },
        { os: 'linux', arch: 'amd64', filename: linux, sha256: a },
      ],
      manifest: { sha256: a, filename: manifest },
    })
  })

  test('need no manifest', () => {
    expect(of([linux]).manifest).toBeUndefined()
  })

  test.each([
    ['1.0.0-rc.1', 'terraform-provider-fake_1.0.0-rc.1_linux_386.zip'],
    ['1.0.0+b.7', 'terraform-provider-fake_1.0.0+b.7_linux_386.zip'],
    ['1.0.0-rc.1+b-7', 'terraform-provider-fake_1.0.0-rc.1+b-7_linux_386.zip'],
  ])('of version %s carry all of it', (text, filename) => {
    const named = { type: 'fake', version: text }

    expect(of([filename], named).zips).toEqual([{ os: 'linux', arch: '386', filename, sha256: a }])
    expect(refusalOf(() => of([linux], named)).code).toBe('shasums-filename')
  })

  test.each([
    ['another version', 'terraform-provider-fake_1.0.1_linux_amd64.zip'],
    ['a prerelease of it', 'terraform-provider-fake_1.0.0-rc.1_linux_amd64.zip'],
    ['a "v" in front of it', 'terraform-provider-fake_v1.0.0_linux_amd64.zip'],
    ['a version that only looks like it', 'terraform-provider-fake_1a0.0_linux_amd64.zip'],
    ['another type', 'terraform-provider-other_1.0.0_linux_amd64.zip'],
    ['a longer type', 'terraform-provider-fakery_1.0.0_linux_amd64.zip'],
    ['no type', 'terraform-provider-_1.0.0_linux_amd64.zip'],
    ['other case', 'Terraform-Provider-fake_1.0.0_linux_amd64.zip'],
    ['a platform in other case', 'terraform-provider-fake_1.0.0_Linux_amd64.zip'],
    ['no architecture', 'terraform-provider-fake_1.0.0_linux.zip'],
    ['an empty one', 'terraform-provider-fake_1.0.0_linux_.zip'],
    ['three parts', 'terraform-provider-fake_1.0.0_linux_amd64_v1.zip'],
    ['a hyphen in the platform', 'terraform-provider-fake_1.0.0_linux_x86-64.zip'],
    ['a tar', 'terraform-provider-fake_1.0.0_linux_amd64.tar.gz'],
    ['more behind ".zip"', 'terraform-provider-fake_1.0.0_linux_amd64.zip.sig'],
    ['the manifest of another version', 'terraform-provider-fake_1.0.1_manifest.json'],
    ['the sums themselves', 'terraform-provider-fake_1.0.0_SHA256SUMS'],
  ])('%s is none of them', (_what, filename) => {
    const refusal = refusalOf(() => of([linux, filename]))

    expect(zipOfVersion(filename, version)).toBeUndefined()
    expect(refusal).toMatchObject({ reason: 'invalid', code: 'shasums-filename' })
    expect(refusal.message).toBe(
      `Line 2 of the SHA256SUMS names "${filename}"; in this version files are called terraform-provider-fake_1.0.0_OS_ARCH.zip or terraform-provider-fake_1.0.0_manifest.json.`,
    )
  })

  test.each([[[]], [[manifest]]])('are refused without a zip: %j', (filenames) => {
    expect(refusalOf(() => of(filenames)).code).toBe('shasums-without-zips')
  })

  test('have names that can be foretold', () => {
    expect(zipFileName(version, { os: 'linux', arch: 'amd64' })).toBe(linux)
    expect(manifestFileName(version)).toBe(manifest)
    expect(shaSumsFileName(version)).toBe('terraform-provider-fake_1.0.0_SHA256SUMS')
    expect(signatureFileName(version)).toBe('terraform-provider-fake_1.0.0_SHA256SUMS.sig')
  })

  test('tell their platform', () => {
    const token = fc.stringMatching(/^[a-z0-9]{1,12}$/)
    const text = fc.constantFrom('1.0.0', '0.0.1-alpha.1', '10.20.30+build', '1.0.0-a-b+c.d')
    fc.assert(
      fc.property(token, token, text, fc.stringMatching(/^[a-z0-9-]{1,12}$/), (os, arch, version, type) => {
        expect(zipOfVersion(zipFileName({ type, version }, { os, arch }), { type, version })).toEqual({ os, arch })
      }),
    )
  })
})
