/** Code with its words in colours: every line for itself as safe HTML, with five classes and no style. */
import { createHighlighterCoreSync } from '@shikijs/core'
import { createJavaScriptRegexEngine } from '@shikijs/engine-javascript'
import docker from '@shikijs/langs/docker'
import go from '@shikijs/langs/go'
import ini from '@shikijs/langs/ini'
import json from '@shikijs/langs/json'
import make from '@shikijs/langs/make'
import markdown from '@shikijs/langs/markdown'
import powershell from '@shikijs/langs/powershell'
import python from '@shikijs/langs/python'
import shellscript from '@shikijs/langs/shellscript'
import shellsession from '@shikijs/langs/shellsession'
import terraform from '@shikijs/langs/terraform'
import toml from '@shikijs/langs/toml'
import yaml from '@shikijs/langs/yaml'
import { escapeHtml } from './escape.ts'
import { languageNamed } from './languages.ts'
import { limits } from './limits.ts'
import { linesOf } from './plain.ts'

export type Code = {
  text: string
  /** as written behind ``` or as the ending of a file; unknown ones stay plain */
  language?: string
}

/** One word, or what is between words. */
export type Piece = { text: string; className?: string }

export const colourCode = (code: Code): string[] =>
  colouredPieces(code).map((line) =>
    line
      .map(({ text, className }) => {
        const escaped = escapeHtml(text)
        return className ? `<span class="${className}">${escaped}</span>` : escaped
      })
      .join(''),
  )

export function colouredPieces({ text, language = '' }: Code): Piece[][] {
  const known = languageNamed(language)
  const lines = linesOf(text)
  if (!known || colouringWork(text) > limits.codeWork) return lines.map((line) => (line ? [{ text: line }] : []))
  const coloured = highlighter().codeToTokensBase(lines.join('\n'), {
    lang: known,
    theme: 'classes',
    tokenizeMaxLineLength: limits.colouredLine,
    // By the clock a line would be coloured or not, by how busy the machine is; the thread has a deadline.
    tokenizeTimeLimit: 0,
  })
  return coloured.map((tokens) =>
    joined(tokens.map(({ content, color }) => ({ text: content, className: classOf(color) }))),
  )
}

/**
 * What colouring costs, in characters of ordinary code: the grammars try a long word again from each of its letters to
 * each other, so one of 800 letters takes a second.
 */
export const colouringWork = (text: string): number =>
  (text.match(longWords) ?? [])
    // Longer ones stand in lines that are left out.
    .filter(({ length }) => length <= limits.colouredLine)
    .reduce((work, { length }) => work + length ** 3 / 4000, text.length)

const longWords = /[\w-]{64,}|<{64,}/g

/** Neighbours of one colour as one: half the bytes, and the same to the eye. */
function joined(pieces: Piece[]): Piece[] {
  const line: Piece[] = []
  for (const piece of pieces) {
    const last = line.at(-1)
    if (last && (last.className === piece.className || piece.text.trim() === '')) last.text += piece.text
    else line.push({ ...piece })
  }
  return line
}

/** The grammars speak of scopes, and themes give scopes colours: each of these colours stands for a class. */
const classes: { className: string; colour: string; scopes: string[] }[] = [
  {
    className: 'code-keyword',
    colour: '#000001',
    scopes: [
      'keyword',
      'storage',
      'variable.language',
      'entity.name.type.hcl',
      'entity.name.type.terraform',
      'entity.name.tag',
      'punctuation.definition.directive',
      'markup.heading',
    ],
  },
  {
    className: 'code-string',
    colour: '#000002',
    scopes: ['string', 'constant.character.escape', 'markup.inline.raw', 'variable.other.enummember'],
  },
  {
    className: 'code-number',
    colour: '#000003',
    scopes: ['constant.numeric', 'constant.language', 'support.constant'],
  },
  {
    className: 'code-function',
    colour: '#000004',
    scopes: ['entity.name.function', 'support.function', 'meta.function-call.generic', 'support.type.property-name'],
  },
  { className: 'code-comment', colour: '#000005', scopes: ['comment', 'punctuation.definition.comment'] },
]
const plain = '#000000'
const plainScopes = [
  'keyword.operator',
  'string variable',
  'meta.embedded',
  'string meta.interpolation',
  'string punctuation.section',
]

const classOf = (colour: string | undefined): string | undefined =>
  classes.find((each) => each.colour === colour)?.className

type Highlighter = ReturnType<typeof createHighlighterCoreSync>
let made: Highlighter | undefined

/** Made with the first code: reading the grammars takes a while. */
function highlighter(): Highlighter {
  made ??= createHighlighterCoreSync({
    engine: createJavaScriptRegexEngine({ forgiving: true }),
    langs: [
      terraform,
      shellscript,
      shellsession,
      json,
      yaml,
      go,
      python,
      markdown,
      powershell,
      docker,
      make,
      ini,
      toml,
    ],
    themes: [
      {
        name: 'classes',
        type: 'light',
        fg: plain,
        bg: '#ffffff',
        settings: [
          ...classes.map(({ colour, scopes }) => ({ scope: scopes, settings: { foreground: colour } })),
          { scope: plainScopes, settings: { foreground: plain } },
        ],
      },
    ],
  })
  return made
}
