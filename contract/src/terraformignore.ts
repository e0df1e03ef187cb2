/**
 * `.terraformignore`, with the meaning that terraform's own uploads give it
 * (https://developer.hashicorp.com/terraform/cli/cloud/settings#excluding-files-from-upload-with-terraformignore).
 * Pure.
 */
import { readGlob, says } from './glob.ts'

/** @param path below the module's folder, with `/` between its parts */
export type Ignored = (path: string) => boolean

export type IgnoreRules = {
  ignored: Ignored
  /** true when nothing below an ignored folder can come back, so that it need not be looked into */
  final: boolean
}

type Rule = { negated: boolean; says: Ignored }

/** The last rule that matches decides. */
export function ignoreRules(text: string): IgnoreRules {
  const rules = text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(ruleOf)
    .filter((rule) => rule !== undefined)
  return {
    ignored: (path) => rules.findLast((rule) => rule.says(path))?.negated === false,
    final: !rules.some(({ negated }) => negated),
  }
}

function ruleOf(line: string): Rule | undefined {
  const negated = line.startsWith('!')
  const written = negated ? line.slice(1) : line
  const folderOnly = written.endsWith('/')
  const anchored = written.startsWith('/')
  const text = written.replace(/^\//, '').replace(/\/+$/, '')
  if (text === '') return undefined
  const glob = readGlob(text, anchored)
  // A folder that is named takes all below it along; a rule with a trailing slash means nothing but what is below.
  return { negated, says: (path) => says(glob, path, folderOnly) }
}
