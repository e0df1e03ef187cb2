/** What may be said of where code comes from, and where a browser finds it. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sourcePage, sourceText } from './source-address.ts'
import { readSourceUrl } from './source-url.ts'
import { SourceFields, shownSource } from './version-source.ts'

test.each([
  ['https://github.com/acme/infra', 'https://github.com/acme/infra'],
  ['https://github.com/acme/infra.git', 'https://github.com/acme/infra'],
  ['HTTPS://GitHub.com/Acme/infra/', 'https://github.com/Acme/infra'],
  ['https://gitlab.example.com/group/sub/infra.git', 'https://gitlab.example.com/group/sub/infra'],
  ['https://git.example.com/pub/infra.git', 'https://git.example.com/pub/infra.git'],
  ['https://git.example.com:8443/infra', 'https://git.example.com:8443/infra'],
  ['https://dev.azure.com/acme/My%20Project/_git/infra', 'https://dev.azure.com/acme/My%20Project/_git/infra'],
  ['https://git/infra', 'https://git/infra'],
  // Names that begin like tokens, and people who are named by an address.
  ['https://github.com/acme/ghp_tools', 'https://github.com/acme/ghp_tools'],
  ['https://gitlab.com/glpat-group/token-issuer', 'https://gitlab.com/glpat-group/token-issuer'],
  ['https://github.com/acme/glue-terraform-aws-modules', 'https://github.com/acme/glue-terraform-aws-modules'],
  ...[
    'acme/xoxo-terraform',
    'acme/glft-feature-terraform-module',
    'glagent-kubernetes-cluster-modules/infra',
    'acme/atbb_terraform_modules',
    'acme/akiaterraformmodules',
    'acme/github_pat_rotation_for_terraform',
    'acme/npm_modules-for-terraform-and-opentofu',
  ].map((path) => [`https://github.com/${path}`, `https://github.com/${path}`]),
  ['https://git.example.com/~me@example.com/infra', 'https://git.example.com/~me@example.com/infra'],
  ['https://github.com/acme/password-policy', 'https://github.com/acme/password-policy'],
  // What looks like another host is shown as what it is.
  ['https://gıthub.com/acme/infra', 'https://xn--gthub-n4a.com/acme/infra'],
  ['https://bücher.example/größe', 'https://xn--bcher-kva.example/gr%C3%B6%C3%9Fe'],
])('%s is kept as %s', (text, url) => {
  expect(readSourceUrl(text!)).toEqual({ url })
})

test.each([
  ['http://github.com/acme/infra', 'must begin with https://'],
  ['git@github.com:acme/infra.git', 'must begin with https://'],
  ['ssh://git@github.com/acme/infra.git', 'must begin with https://'],
  ['javascript:alert(1)', 'must begin with https://'],
  ['https:///acme/infra', 'must begin with https://'],
  ['https://someone:secret@github.com/acme/infra', 'must be without a user name, password or token'],
  ['https://secret@github.com/acme/infra', 'must be without a user name, password or token'],
  ['https://@github.com/acme/infra', 'must be without a user name, password or token'],
  ...[
    'ghp_0123456789abcdefABCDEF0123456789abcd/acme/infra',
    'acme/ghs_0123456789abcdefABCDEF0123456789abcd',
    'acme/infra.git/github_pat_11ABCDEFG0123456789_abcdefghij',
    'glpat-abcdefghij0123456789/acme/infra',
    'x-access-token:secret/acme/infra',
    'oauth2:secret/acme/infra',
    'https://oauth2:secret@gitlab.com/acme/infra',
    'someone:secret@acme/infra',
    'acme/infra;private_token=secret',
    'acme/infra%3Fprivate_token%3Dsecret',
    'acme/infra%253Faccess_token%253Dsecret',
    '%67hp_0123456789abcdefABCDEF0123456789abcd/infra',
    `acme/tfr_${'0'.repeat(49)}`,
    'acme/AKIAABCDEFGHIJKLMNOP',
    'acme/glagent-aBcDeFgHiJkLmNoPqRsT',
    'acme/xoxb-1234567890-abcdefgh',
    'acme/xoxe.xoxp-1-abcdefgh',
    'acme/ATBBabcdefghijklmnop1234',
    'acme/npm_abcdefghijklmnopqrstuvwxyz0123456789',
    'acme/hvs.CAESIabcdefghijklmnop',
    'acme/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
    'acme/abcdef12345678.atlasv1.0123456789',
  ].map((path) => [`https://github.com/${path}`, 'must be without a user name, password or token']),
  ['https://github.com/acme/infra?private_token=secret', 'must be without ? and #'],
  ['https://github.com/acme/infra#secret', 'must be without ? and #'],
  ['https://github.com', 'must name a repository of its host'],
  ['https://github.com/', 'must name a repository of its host'],
  ['https://exa%20mple.com/x', 'must be the address of a repository'],
  [`https://github.com/${'x'.repeat(500)}`, 'must be of 500 characters at most'],
  [`https://github.com/${'ü'.repeat(200)}`, 'must be of 500 characters at most'],
  ...['\n', '\t', ' ', '\0', '\\', '<', '"', '\u202e', '\u2028', '\ud800', '`'].map((bad) => [
    `https://github.com/acme/in${bad}fra`,
    'must be without spaces, quotes, brackets, backslashes and control characters',
  ]),
])('%j %s', (text, wrong) => {
  expect(readSourceUrl(text!)).toEqual({ wrong })
})

test('whatever is taken is https, of printable ASCII, without credentials, and stays as it is', () => {
  const part = fc.oneof(
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.string({ unit: 'binary' }).map((text) => `https://${text}`),
    fc.tuple(fc.string(), fc.domain(), fc.string()).map(([user, host, path]) => `https://${user}@${host}/${path}`),
  )
  fc.assert(
    fc.property(part, (text) => {
      const read = readSourceUrl(text)
      if (!('url' in read)) return
      const { protocol, username, password, search, hash } = new URL(read.url)
      expect([protocol, username, password, search, hash]).toEqual(['https:', '', '', '', ''])
      expect(read.url).toMatch(/^[!-~]{9,500}$/)
      expect(readSourceUrl(read.url)).toEqual(read)
    }),
  )
})

const commit = '3f2a91c07be5d2a1c6f0e4b7a8d9c3e2f1a0b4d5'

test.each([
  ['https://github.com/acme/infra', 'modules/vpc', `https://github.com/acme/infra/tree/${commit}/modules/vpc`],
  ['https://github.com/acme/infra', '', `https://github.com/acme/infra/tree/${commit}`],
  [
    'https://github.example.com/acme/infra',
    'a b/c?',
    `https://github.example.com/acme/infra/tree/${commit}/a%20b/c%3F`,
  ],
  ['https://gitlab.com/acme/sub/infra', 'vpc', `https://gitlab.com/acme/sub/infra/-/tree/${commit}/vpc`],
  ['https://bitbucket.org/acme/infra', 'vpc', `https://bitbucket.org/acme/infra/src/${commit}/vpc`],
  [
    'https://dev.azure.com/acme/net/_git/infra',
    'modules/vpc',
    `https://dev.azure.com/acme/net/_git/infra?path=/modules/vpc&version=GC${commit}`,
  ],
  [
    'https://acme.visualstudio.com/net/_git/infra',
    '',
    `https://acme.visualstudio.com/net/_git/infra?version=GC${commit}`,
  ],
  ['https://git.example.com/infra.git', 'vpc', 'https://git.example.com/infra.git'],
  ['https://github.com/acme', '', 'https://github.com/acme'],
])('%s at folder %j is seen at %s', (url, folder, page) => {
  expect(sourcePage({ url, commit, folder })).toBe(page)
  expect(sourcePage({ url, commit: null, folder })).toBe(url)
})

test('is written as terraform writes sources, with the commit as people tell them apart', () => {
  const url = 'https://github.com/acme/infra'

  expect(sourceText({ url, commit, folder: 'modules/vpc' })).toBe('github.com/acme/infra//modules/vpc @ 3f2a91c')
  expect(sourceText({ url, commit: null, folder: '' })).toBe('github.com/acme/infra')
})

test.each([
  [{ commit: 'abc123' }, 'commit must be the id of a commit: 7 to 64 hexadecimal digits'],
  [{ commit: 'main' }, 'commit must be the id of a commit: 7 to 64 hexadecimal digits'],
  [{ commit: '--upload-pack=x' }, 'commit must be the id of a commit: 7 to 64 hexadecimal digits'],
  [{ folder: '../other' }, 'folder must be a path below the root of the repository, such as modules/vpc'],
  [{ folder: 'a//b' }, 'folder must be a path below the root of the repository, such as modules/vpc'],
  [{ folder: '/etc' }, 'folder must be a path below the root of the repository, such as modules/vpc'],
  [{ folder: 'a\\b' }, 'folder must be without backslashes and control characters'],
  [{ folder: 'a\u0007' }, 'folder must be without backslashes and control characters'],
  [{ folder: 'x'.repeat(501) }, 'folder must be of 500 characters at most'],
  [{ source: '', commit }, 'commit says nothing without source'],
  [{ source: '', folder: 'vpc' }, 'folder says nothing without source'],
])('%j is refused: %s', (fields, wrong) => {
  const { error } = SourceFields.safeParse({ source: 'https://github.com/acme/infra', ...fields })

  expect(error?.issues.map(({ path, message }) => `${path} ${message}`)).toEqual([wrong])
})

test('one spelling is kept of each, and nothing of what was left out or empty', () => {
  const given = { source: 'https://github.com/acme/infra.git', commit: commit.toUpperCase(), folder: './modules/vpc/' }

  expect(shownSource(SourceFields.parse(given))).toEqual({
    url: 'https://github.com/acme/infra',
    commit,
    folder: 'modules/vpc',
    page: `https://github.com/acme/infra/tree/${commit}/modules/vpc`,
  })
  expect(SourceFields.parse({ ...given, folder: '.' }).folder).toBe('')
  expect(shownSource(SourceFields.parse({}))).toBeNull()
  expect(shownSource(SourceFields.parse({ source: '', commit: '', folder: '' }))).toBeNull()
})
