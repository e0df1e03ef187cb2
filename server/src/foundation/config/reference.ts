/** `docs/settings.md`: every setting by its section, with its variable and its default. Printed from the settings themselves. */
import { isLeaf, type Leaf } from './kinds.ts'
import { items, variableOf } from './sources.ts'

const head = `# Every setting

For: whoever looks one up. How settings are found and checked: [Settings](configuration.md). The same as a file to copy:
\`cadastre config example\`; what a registry has now, and from where: \`cadastre config explain\`.
`

export function settingsReference(): string {
  const lines: string[] = [head]
  for (const item of items) {
    if (isLeaf(item)) {
      if (!item.key.includes('.')) lines.push(`\n## ${item.key}\n`)
      lines.push(entryOf(item))
    } else if (!item.key.includes('.')) lines.push(`\n## ${item.key}\n\n${item.description}\n`)
  }
  return `${lines.join('\n').replace(/\n{3,}/g, '\n\n')}\n`
}

function entryOf({ key, description, choices, written }: Leaf): string {
  const byDefault =
    written === undefined ? '' : ` Default: \`${Array.isArray(written) ? JSON.stringify(written) : written}\`.`
  const oneOf = choices ? ` One of ${choices.map((choice) => `\`${choice}\``).join(', ')}.` : ''
  return `- **\`${key}\`** (\`${variableOf(key)}\`): ${escaped(description)}${oneOf}${byDefault}`
}

/** Angle brackets would be markup. */
const escaped = (text: string) => text.replaceAll('<', '\\<').replaceAll('|', '\\|')
