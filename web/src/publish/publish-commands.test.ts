/** The command beside the form, and what is kept of it: nothing that is secret, and nothing that does something else. */
import { expect, test } from 'vitest'
import { keepValues, keptValues } from './kept-values.ts'
import { addKeyCommand, publishModuleCommand, publishProviderCommand } from './publish-commands.ts'

const empty = { namespace: '', name: '', system: '', version: '', source: '' }
const secret = 'https://ada:s3cret@git.example.com/acme/vpc'

test.each([
  [{}, 'cadastre publish module . --address NAMESPACE/NAME/SYSTEM --version 1.0.0'],
  [
    { namespace: 'acme', name: 'my vpc', system: 'aws', version: '2.0.0', source: 'https://github.com/acme/vpc' },
    "cadastre publish module . --address 'acme/my vpc/aws' --version 2.0.0 --source 'https://github.com/acme/vpc'",
  ],
  [{ source: secret }, 'cadastre publish module . --address NAMESPACE/NAME/SYSTEM --version 1.0.0'],
  [{ namespace: '--host=e' }, "cadastre publish module . '--address=--host=e/NAME/SYSTEM' --version 1.0.0"],
  [{ namespace: 'a\x15b' }, undefined],
])('%j', (fields, command) => {
  expect(publishModuleCommand('cadastre', { ...empty, ...fields })).toBe(command)
})

test('a provider, too, and its key', () => {
  expect(publishProviderCommand('cadastre', '')).toBe('cadastre publish provider ./dist --namespace NAMESPACE')
  expect(publishProviderCommand('cadastre', '--yes')).toBe("cadastre publish provider ./dist '--namespace=--yes'")
  expect(publishProviderCommand('cadastre', 'a\nb')).toBe(undefined)
  expect(addKeyCommand('cadastre', 'acme')).toBe('cadastre key add acme key.asc')
  expect(addKeyCommand('cadastre', '--yes')).toBe("cadastre key add -- '--yes' key.asc")
})

test('a source that would be refused is not kept, and what else was filled in is', () => {
  const tab = storage()
  keepValues(tab, 'module', 'ada', { ...empty, name: 'vpc', source: secret })
  expect([...tab.kept.values()].join()).not.toContain('s3cret')
  expect(keptValues(tab, 'module', 'ada', empty)).toMatchObject({ name: 'vpc' })

  keepValues(tab, 'module', 'ada', { ...empty, source: 'https://github.com/acme/vpc' })
  expect(keptValues(tab, 'module', 'ada', empty)).toMatchObject({ source: 'https://github.com/acme/vpc' })
})

test('the next reader of the tab finds nothing of the one before, and nothing of it stays', () => {
  const tab = storage()
  tab.setItem('cadastre.theme', 'dark')
  keepValues(tab, 'module', 'ada', { ...empty, name: 'vpc' })
  keepValues(tab, 'provider', 'ada', { namespace: 'acme' })

  expect(keptValues(tab, 'module', 'bob', empty)).toEqual({})
  expect([...tab.kept.keys()]).toEqual(['cadastre.theme'])
})

/** As a tab of a browser keeps things. */
function storage() {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    key: (index: number) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size
    },
  }
}
