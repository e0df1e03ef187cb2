/** Words → sections of the documentation: few enough that each is looked at. Pure. */
import type { DocsEntry } from '@cadastre/contract/docs'
import { plainOf, type ShelvedPage } from './docs-shelf.ts'

type Section = {
  page: ShelvedPage
  id: string
  title: string
  text: string
  /** what it may be called as a whole */
  names: string[]
  titleWords: string
  words: string
}

export type FoundDocs = {
  count: number
  /** Best first. */
  slice(from: number, to: number): (DocsEntry & { match: 'name' | 'prefix' | 'words' })[]
}
/** More of them narrow nothing down. */
const mostWords = 10
const excerptLength = 180

export const entryOf = ({ address, title, kind, about }: ShelvedPage): DocsEntry => ({
  ...{ address, title, kind, section: null },
  excerpt: about,
})

/** @returns what finds the sections that have all words, or words that begin like them */
export function docsIndexOf(pages: ShelvedPage[]): (asked: string) => FoundDocs {
  const sections = pages.flatMap(sectionsOf)
  return (asked) => {
    const words = wordsOf(asked).slice(0, mostWords)
    const ranked = sections
      .flatMap((section) => {
        const score = words.length > 0 ? scoreOf(section, words) : 0
        return score > 0 ? [{ section, score: score + named[matchOf(section, words)] }] : []
      })
      .sort((a, b) => b.score - a.score)
    return {
      count: ranked.length,
      slice: (from, to) => ranked.slice(from, to).map(({ section }) => found(section, words)),
    }
  }
}

/** What is called so comes before all that only speaks of it. */
const named = { name: 10_000, prefix: 1_000, words: 0 } as const

function matchOf({ names }: Section, asked: string[]): keyof typeof named {
  const whole = asked.join(' ')
  if (names.includes(whole)) return 'name'
  return names.some((name) => name.startsWith(whole)) ? 'prefix' : 'words'
}

/** The text before the first heading is the page itself. */
function sectionsOf(page: ShelvedPage): Section[] {
  const ids = new Map<string, number>()
  return page.text
    .replace(/^```[^\n]*\n|^```$/gm, '')
    .split(/^(?=#{2,4} )/m)
    .map((part) => {
      const heading = plainOf(/^#{2,4} (.+)\n?/.exec(part)?.[1] ?? '')
      const text = plainOf(part.replace(/^#+ .+$/m, '').replace(/^\|?[ :|-]+$|\|/gm, ' '))
      return {
        page,
        id: heading && nextId(heading, ids),
        title: heading,
        text,
        names: (heading ? [heading] : [page.title, slugOf(page.address)]).map((name) => wordsOf(name).join(' ')),
        titleWords: ` ${wordsOf(`${page.title} ${heading || slugOf(page.address)}`).join(' ')}`,
        words: ` ${wordsOf(text).join(' ')}`,
      }
    })
}

/** A page is known by what its address ends in as well. */
const slugOf = (address: string): string => address.slice(address.lastIndexOf('/') + 1)

/** As headings are named where the page is rendered. */
function nextId(heading: string, ids: Map<string, number>): string {
  const slug = heading
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-')
    .slice(0, 100)
  const before = ids.get(slug)
  ids.set(slug, (before ?? 0) + 1)
  return before === undefined ? slug : `${slug}-${before}`
}

/** Settings and codes are found by their parts as well: `server.base_url`, `sign-in-needed`. */
const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

function scoreOf({ titleWords, words, id }: Section, asked: string[]): number {
  let score = id === '' ? 1 : 0
  for (const word of asked) {
    const inTitle = titleWords.includes(` ${word}`)
    const often = inTitle ? 0 : timesIn(words, ` ${word}`)
    if (!inTitle && often === 0) return 0
    score += inTitle ? 10 : Math.min(often, 4)
  }
  return score
}

function timesIn(words: string, word: string): number {
  let times = 0
  for (let at = words.indexOf(word); at >= 0 && times < 4; at = words.indexOf(word, at + 1)) times++
  return times
}

function found(of: Section, words: string[]): ReturnType<FoundDocs['slice']>[number] {
  const { page, id, title, text } = of
  const section = id === '' ? null : { id, title }
  return { ...entryOf(page), section, excerpt: excerptOf(text, words), match: matchOf(of, words) }
}

/** Around the first word that is there, from a whole word on. */
function excerptOf(text: string, words: string[]): string {
  const small = text.toLowerCase()
  const at = Math.max(
    0,
    Math.min(...words.map((word) => small.indexOf(word)).filter((place) => place >= 0), text.length),
  )
  const from = at <= 60 || at === text.length ? 0 : text.indexOf(' ', at - 60) + 1
  const cut = text.slice(from, from + excerptLength)
  const end = from + excerptLength < text.length ? `${cut.slice(0, cut.lastIndexOf(' '))} \u2026` : cut
  return from > 0 ? `\u2026 ${end}` : end
}
