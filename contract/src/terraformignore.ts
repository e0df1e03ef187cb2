/**
 * `.terraformignore`, with the meaning that terraform's own uploads give it
 * (https://developer.hashicorp.com/terraform/cli/cloud/settings#excluding-files-from-upload-with-terraformignore).
 * Pure.
 */
import { type Effort, readGlob, says } from './glob.ts'

/** @param path below the module's folder, with `/` between its parts */
export type Ignored = (path: string) => boolean

export type IgnoreRules = {
  ignored: Ignored
  /** true when nothing below an ignored folder can come back, so that it need not be looked into */
  final: boolean
}

type Rule = { negated: boolean; says: Ignored }

/** Of rules that nobody can be asked to go through; its message ends a sentence that begins with the name of the file. */
export class UnusableRules extends Error {}

const maxKib = 64
const maxBytes = maxKib * 1024
const maxLine = 4096
/** Some seconds; no folder of a module comes near to it by itself. */
const mostEffort = 100_000_000

/** How much of a file has to be read to know that it is too large. */
export const enoughBytes = maxBytes + 1

/** The last rule that matches decides. @throws UnusableRules for too many of them, here or when they are applied */
export function ignoreRules(text: string): IgnoreRules {
  if (isTooLarge(text)) throw new UnusableRules(`is larger than ${maxKib} KiB: say the same with fewer rules`)
  const effort = { left: mostEffort }
  const rules = text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map(trimmed)
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ruleOf(line, effort))
    .filter((rule) => rule !== undefined)
  return {
    ignored: (path) => {
      const last = rules.findLast((rule) => rule.says(path))
      if (effort.left < 0)
        throw new UnusableRules('takes too long to go through: use fewer rules, or fewer stars in them')
      return last?.negated === false
    },
    final: !rules.some(({ negated }) => negated),
  }
}

/** In UTF-8, in which a letter takes three bytes at most for each unit of its text. */
function isTooLarge(text: string): boolean {
  if (text.length > maxBytes) return true
  let bytes = 0
  for (const letter of text) {
    const code = letter.codePointAt(0)!
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes > maxBytes
}

/** A blank after a backslash stays, as in git. */
function trimmed(line: string, index: number): string {
  if (line.length > maxLine)
    throw new UnusableRules(`has more than ${maxLine} characters in line ${index + 1}: say the same with shorter rules`)
  const kept = line.trim()
  const backslashes = trailing(kept, '\\')
  return backslashes % 2 === 1 && line.trimStart()[kept.length] === ' ' ? `${kept} ` : kept
}

/** How many of the letter a text ends with: a regular expression would try each run of them again from each of its letters. */
function trailing(text: string, letter: string): number {
  let count = 0
  while (count < text.length && text[text.length - 1 - count] === letter) count += 1
  return count
}

function ruleOf(line: string, effort: Effort): Rule | undefined {
  const negated = line.startsWith('!')
  const written = negated ? line.slice(1) : line
  const folderOnly = written.endsWith('/')
  const anchored = written.startsWith('/')
  const text = written.slice(anchored ? 1 : 0, written.length - trailing(written, '/'))
  if (text === '') return undefined
  const glob = readGlob(text, anchored)
  // A folder that is named takes all below it along; a rule with a trailing slash means nothing but what is below.
  return { negated, says: (path) => says(glob, path, folderOnly, effort) }
}
