/** Colours the code blocks of a document, until it has had its share of the work. */
import type { Element, ElementContent, Root } from 'hast'
import { colouredPieces, colouringWork, type Piece } from './colour-code.ts'
import { languageNamed } from './languages.ts'
import { limits } from './limits.ts'
import { elementsOf, text, textOf } from './tree.ts'

export function colourBlocks(root: Root): void {
  let left = limits.documentCodeWork
  for (const block of elementsOf(root)) {
    const [code] = block.children
    if (block.tagName !== 'pre' || code?.type !== 'element' || code.tagName !== 'code') continue
    const language = languageOf(code)
    const written = textOf(code)
    const work = colouringWork(written)
    if (!languageNamed(language) || work > left) continue
    left -= work
    code.children = coloured(written, language)
  }
}

function languageOf({ properties }: Element): string {
  const classes = Array.isArray(properties.className) ? properties.className : []
  return String(classes[0] ?? '').replace(/^language-/, '')
}

const coloured = (written: string, language: string): ElementContent[] =>
  colouredPieces({ text: written, language }).flatMap((line) => [...line.map(word), text('\n')])

const word = ({ text: written, className }: Piece): ElementContent =>
  className
    ? { type: 'element', tagName: 'span', properties: { className: [className] }, children: [text(written)] }
    : text(written)
