/** Every link of the pages to a file or heading of this repository leads there. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readShelf } from '../server/src/operations/docs-shelf.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]

const proseIn = (text: string) => text.replace(/^```.*?^```$/gms, '')
const proseOf = (page: string) => proseIn(readFileSync(join(root, page), 'utf8'))

/** As GitHub makes them from headings. */
const anchorsOf = (page: string) => anchorsIn(readFileSync(join(root, page), 'utf8'))

function anchorsIn(text: string): string[] {
  const headings = [...proseIn(text).matchAll(/^#+ (.+)$/gm)].map((heading) => heading[1]!)
  return headings.map((text) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

test.each(pages)('the links in %s lead somewhere', (page) => {
  const links = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map((link) => link[1]!)
  const broken = links.filter((link) => {
    if (/^(https?|mailto):/.test(link)) return false
    const [path = '', anchor] = link.split('#')
    const target = path === '' ? join(root, page) : resolve(root, dirname(page), path)
    if (!existsSync(target)) return true
    return anchor !== undefined && !(statSync(target).isFile() && anchorsOf(target.slice(root.length)).includes(anchor))
  })
  expect(broken).toEqual([])
})

describe('inside the registry', () => {
  const shelf = readShelf(root.replace(/\/$/, ''))

  test('every page is in the index, under the kind of page that it is', () => {
    const written = pages
      .filter((page) => page.startsWith('docs/') && page !== 'docs/index.md')
      .map((page) => `/${page.replace(/\.md$/, '')}`)
    const shelved = shelf.pages.map(({ address }) => address)

    expect(written.filter((address) => !shelved.includes(address))).toEqual([])
    expect(new Set(shelved).size).toBe(shelved.length)
  })

  test('every link of a page to another leads to a page and a heading below /docs', () => {
    const texts = [['the index', shelf.index], ...shelf.pages.map(({ address, text }) => [address, text])] as const
    const broken = texts.flatMap(([where, text]) =>
      [...proseIn(text).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link]) => {
        if (/^(https?:|mailto:|#)/.test(link!) || link === '/docs' || link!.startsWith('/docs#')) return []
        const [address = '', anchor] = link!.split('#')
        const target = shelf.byName.get(address.replace(/^\/docs\//, ''))
        const isThere = target && (anchor === undefined || anchorsIn(target.text).includes(anchor))
        return isThere ? [] : [`${where}: ${link}`]
      }),
    )

    expect(broken).toEqual([])
  })

  test('every code of the error catalogue has a page', () => {
    const codes = [...proseOf('docs/errors.md').matchAll(/^### `([a-z0-9-]+)`$/gm)].map(([, code]) => code)

    expect([...shelf.errors.keys()]).toEqual(codes)
  })
})
