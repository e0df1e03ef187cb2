/** What a text says first, in words: the description of what it belongs to. */
import type { Element, Root } from 'hast'
import { evenlySpaced } from '../one-line.ts'
import { textOf } from './tree.ts'

const longest = 300

/** @returns empty when there is no paragraph of words; badges are none */
export function firstSentence(root: Root): string {
  for (const paragraph of paragraphsOf(root)) {
    const words = evenlySpaced(textOf(withoutImages(paragraph)))
    if (/\p{L}{2}/u.test(words) && !isOnlyLinks(paragraph)) return shortened(sentenceOf(words))
  }
  return ''
}

function* paragraphsOf(parent: Root | Element): Generator<Element> {
  for (const node of parent.children) {
    if (node.type !== 'element') continue
    if (node.tagName === 'p') yield node
    if (node.tagName === 'div' && !node.properties.className) yield* paragraphsOf(node)
  }
}

function withoutImages(element: Element): Element {
  const kept = element.children.filter((node) => node.type !== 'element' || node.tagName !== 'img')
  return { ...element, children: kept.map((node) => (node.type === 'element' ? withoutImages(node) : node)) }
}

const isOnlyLinks = ({ children }: Element) =>
  children.every((node) =>
    node.type === 'element' ? node.tagName === 'a' || node.tagName === 'br' : !/\p{L}/u.test(textOf(node)),
  )

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })

const sentenceOf = (words: string) => [...sentences.segment(words.slice(0, 2 * longest))][0]!.segment.trim()

function shortened(sentence: string): string {
  if (sentence.length <= longest) return sentence
  const cut = sentence.slice(0, longest)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), longest / 2)).trimEnd()}\u2026`
}
