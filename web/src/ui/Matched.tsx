/** A text with the words that were searched for set off, by weight as well as by mark. */
import { wrapping } from './TitleBlock.tsx'

type Props = { text: string; words: readonly string[] }

export function Matched({ text, words }: Props) {
  const parts = matchedParts(text, words)
  return parts.map(({ text: part, isMatch }, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text keep their places
    isMatch ? <mark key={index}>{wrapping(part)}</mark> : <span key={index}>{wrapping(part)}</span>,
  )
}

/** Cuts a text where the words are, whatever their case. */
function matchedParts(text: string, words: readonly string[]): { text: string; isMatch: boolean }[] {
  const wanted = words.filter(Boolean).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  if (wanted.length === 0) return [{ text, isMatch: false }]
  const parts = text.split(new RegExp(`(${wanted.join('|')})`, 'gi'))
  return parts.map((part, index) => ({ text: part, isMatch: index % 2 === 1 })).filter((part) => part.text !== '')
}
