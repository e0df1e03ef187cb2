/** Publishing as a command, out of what stands in the form. Pure. */
import { shellWord } from '../ui/shell-word.ts'
import { isSource } from './kept-values.ts'

type ModuleFields = Record<'namespace' | 'name' | 'system' | 'version' | 'source', string>

/** What is not said yet stands in capitals; undefined where there is no command that could be pasted. */
export function publishModuleCommand(cadastre: string, fields: ModuleFields): string | undefined {
  const address = [said(fields.namespace, 'NAMESPACE'), said(fields.name, 'NAME'), said(fields.system, 'SYSTEM')]
  return commandOf([
    `${cadastre} publish module .`,
    flag('address', address.join('/')),
    flag('version', said(fields.version, '1.0.0')),
    ...(isSource(fields.source) ? [flag('source', fields.source.trim())] : []),
  ])
}

export function publishProviderCommand(cadastre: string, namespace: string): string | undefined {
  return commandOf([`${cadastre} publish provider ./dist`, flag('namespace', said(namespace, 'NAMESPACE'))])
}

export function addKeyCommand(cadastre: string, namespace: string): string | undefined {
  const name = said(namespace, 'NAMESPACE')
  return commandOf([`${cadastre} key add`, ...(name.startsWith('-') ? ['--'] : []), shellWord(name), 'key.asc'])
}

const said = (text: string, otherwise: string) => text.trim() || otherwise

/** A value that looks like a flag is tied to its own. */
const flag = (name: string, value: string) =>
  value.startsWith('-') ? shellWord(`--${name}=${value}`) : `--${name} ${shellWord(value)}`

/** An address of a page fills in what stands here; what a terminal takes for keys no quotes keep from it. */
const commandOf = (parts: string[]) => (parts.some((part) => /\p{Cc}/u.test(part)) ? undefined : parts.join(' '))
