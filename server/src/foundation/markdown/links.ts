/** Where links and images lead: into the files that the text came with, to other sites with care, or nowhere. */
import { parseUrl } from '@cadastre/contract/parse-url'
import type { Element, ElementContent, Root } from 'hast'
import { limits } from './limits.ts'
import { replaceElements, text, textOf } from './tree.ts'

/** What relative links are relative to; without it they are plain text. */
export type Links = {
  /** address that the path of a file is put behind, to show it: `/modules/acme/vpc/aws/1.2.0/files/` */
  files: string
  /** the same for its bytes, as images need them */
  raw: string
  /** of the text itself, in the files; empty for the root */
  folder: string
}

type PlaceOf = (fragment: string) => string | undefined

export function rewriteLinks(root: Root, links: Links | undefined, placeOf: PlaceOf): void {
  replaceElements(root, (element, ancestors) => {
    if (element.tagName === 'img') return image(element, links, ancestors.some(isLink))
    if (element.tagName === 'a') return link(element, links, placeOf)
    return undefined
  })
}

const isLink = ({ tagName, properties }: Element) => tagName === 'a' && properties.href !== undefined

function link(element: Element, links: Links | undefined, placeOf: PlaceOf): ElementContent[] | undefined {
  const { href, id } = element.properties
  if (href === undefined) return id === undefined ? element.children : undefined
  const target = destination(String(href), links?.files, links?.folder, placeOf)
  const isNamed = textOf(element).trim() !== ''
  if (target && isNamed) {
    element.properties.href = target
    if (/^https?:/.test(target)) element.properties.rel = ['nofollow', 'noopener', 'noreferrer']
    return undefined
  }
  delete element.properties.href
  return id === undefined ? element.children : undefined
}

function destination(href: string, base: string | undefined, folder = '', placeOf: PlaceOf): string | undefined {
  const url = cleaned(href)
  if (url === undefined) return undefined
  if (url.startsWith('#')) return fragmentOf(url.slice(1), placeOf)
  return elsewhere(url) ?? inFiles(url, base, folder)
}

function fragmentOf(fragment: string, placeOf: PlaceOf): string | undefined {
  const wanted = decoded(fragment)
  const place = wanted && placeOf(wanted)
  return place && `#${encodeURIComponent(place)}`
}

/** @returns the address of another site; an image from there is not loaded, since that would tell who reads here */
function elsewhere(url: string): string | undefined {
  if (/^mailto:[^\s:?]+@[^\s:?]+$/i.test(url)) return `mailto:${url.slice('mailto:'.length)}`
  if (!/^https?:\/\//i.test(url) || !parseUrl(url)) return undefined
  const { href } = new URL(url)
  return href.length > 2 * limits.urlCharacters ? undefined : href
}

const hasScheme = /^[a-z][a-z0-9+.-]*:/i
const isNoName = (name: string) => /[/\\\p{Cc}]/u.test(name) || hasScheme.test(name.trim())

/** @returns undefined also for what would leave the files */
function inFiles(url: string, base: string | undefined, folder: string): string | undefined {
  if (base === undefined || hasScheme.test(url) || /^[\\/]{2}/.test(url) || url === '') return undefined
  const [, path = '', , hash = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/.exec(url) ?? []
  const inside: string[] = []
  for (const segment of [...(path.startsWith('/') ? [] : folder.split('/')), ...path.split('/')]) {
    const name = decoded(segment)
    if (name === undefined || isNoName(name)) return undefined
    if (name === '..' && inside.pop() === undefined) return undefined
    if (name !== '' && name !== '.' && name !== '..') inside.push(name)
  }
  const fragment = decoded(hash.slice(1))
  return base + inside.map(encodeURIComponent).join('/') + (fragment ? `#${encodeURIComponent(fragment)}` : '')
}

/** As browsers read an address: without spaces around it and line breaks in it, so that "java\\nscript:" is one word. */
function cleaned(href: string): string | undefined {
  return href.length > limits.urlCharacters ? undefined : href.replace(/^[\0-\x20]+|[\0-\x20]+$|[\t\n\r]/g, '')
}

function decoded(part: string): string | undefined {
  try {
    const result = decodeURIComponent(part)
    // Half of a surrogate pair is no text, and cannot be written into an address again.
    encodeURIComponent(result)
    return result
  } catch {
    return undefined
  }
}

function image(element: Element, links: Links | undefined, inLink: boolean): ElementContent[] | undefined {
  const src = String(element.properties.src ?? '')
  const alt = String(element.properties.alt ?? '').trim()
  const url = cleaned(src)
  const local = inlineImage(src) ?? (url === undefined ? undefined : inFiles(url, links?.raw, links?.folder ?? ''))
  if (local) {
    const { width, height, title, align } = element.properties
    // A link that holds nothing but an image is called what the image is called.
    element.properties = {
      src: local,
      alt: alt || (inLink ? nameOf(src) : ''),
      loading: 'lazy',
      width,
      height,
      title,
      align,
    }
    return undefined
  }
  const site = url === undefined ? undefined : elsewhere(url)
  const label = text(alt || nameOf(src))
  if (!site?.startsWith('http') || inLink) return [label]
  const properties = { href: site, rel: ['nofollow', 'noopener', 'noreferrer'] }
  return [{ type: 'element', tagName: 'a', properties, children: [label] }]
}

const inlineImage = (src: string): string | undefined =>
  src.length <= limits.inlineImageCharacters && /^data:image\/(png|gif|jpeg|webp);base64,[a-z0-9+/]+=*$/i.test(src)
    ? src
    : undefined

/** The last word of an address. */
function nameOf(src: string): string {
  if (src.startsWith('data:')) return 'image'
  const [path = ''] = src.split(/[?#]/, 1)
  return path.split(/[\\/]/).findLast((word) => word.trim() !== '') ?? 'image'
}
