/**
 * `.terraformignore`, with the meaning that terraform's own uploads give it
 * (https://developer.hashicorp.com/terraform/cli/cloud/settings#excluding-files-from-upload-with-terraformignore).
 * Pure.
 */

/** @param path below the module's folder, with `/` between its parts */
export type Ignored = (path: string) => boolean

export type IgnoreRules = {
  ignored: Ignored
  /** true when nothing below an ignored folder can come back, so that it need not be looked into */
  final: boolean
}

type Rule = { negated: boolean; pattern: RegExp }

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
    ignored: (path) => rules.findLast(({ pattern }) => pattern.test(path))?.negated === false,
    final: !rules.some(({ negated }) => negated),
  }
}

function ruleOf(line: string): Rule | undefined {
  const negated = line.startsWith('!')
  const written = negated ? line.slice(1) : line
  const folderOnly = written.endsWith('/')
  const anchored = written.startsWith('/')
  const glob = written.replace(/^\//, '').replace(/\/+$/, '')
  if (glob === '') return undefined
  // A folder that is named takes all below it along; a rule with a trailing slash means nothing but what is below.
  const below = folderOnly ? '/.*' : '(?:/.*)?'
  return { negated, pattern: new RegExp(`^${anchored ? '' : '(?:.*/)?'}${expression(glob)}${below}$`, 'su') }
}

function expression(glob: string): string {
  let result = ''
  for (const [piece] of glob.matchAll(/\*\*\/?|\*|\?|\[!?[^\]]+\]|\\.|./gsu)) {
    if (piece === '**/') result += '(?:.*/)?'
    else if (piece === '**') result += '.*'
    else if (piece === '*') result += '[^/]*'
    else if (piece === '?') result += '[^/]'
    else if (piece.length > 1 && piece.startsWith('[')) result += characterClass(piece)
    else result += literal(piece.length > 1 && piece.startsWith('\\') ? piece.slice(1) : piece)
  }
  return result
}

function characterClass(piece: string): string {
  const inside = piece.slice(1, -1).replace(/^!/, '^').replace(/[\\[]/g, '\\$&')
  try {
    new RegExp(`[${inside}]`, 'u')
    return `[${inside}]`
  } catch {
    return literal(piece)
  }
}

const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
