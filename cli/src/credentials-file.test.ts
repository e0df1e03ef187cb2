import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { forgetToken, keepToken, storedToken } from './credentials-file.ts'
import type { Surroundings } from './surroundings.ts'

let here: Surroundings
let folder: string
beforeEach(() => {
  const home = mkdtempSync(join(tmpdir(), 'cadastre-home-'))
  folder = join(home, '.terraform.d')
  mkdirSync(folder)
  here = { env: {}, cwd: home, home, platform: 'linux', clone: undefined }
})
afterEach(() => rmSync(here.home, { recursive: true, force: true }))

const file = () => join(folder, 'credentials.tfrc.json')
const content = () => JSON.parse(readFileSync(file(), 'utf8'))

test('a host has one token, however it was written before', () => {
  const old = {
    'Registry.Example': { token: 'a' },
    'registry.example:443': { token: 'b' },
    'b.example': { token: 'c' },
  }
  writeFileSync(file(), JSON.stringify({ credentials: old }))

  keepToken('registry.example', 'new', here)

  expect(content()).toEqual({ credentials: { 'b.example': { token: 'c' }, 'registry.example': { token: 'new' } } })
  expect(storedToken('registry.example', here)).toBe('new')
  expect(readdirSync(folder)).toEqual(['credentials.tfrc.json'])
})

test('a link to the file stays one', () => {
  const kept = join(here.home, 'kept.json')
  writeFileSync(kept, '{"credentials":{"a.example":{"token":"a"}}}')
  symlinkSync(kept, file())

  forgetToken('a.example', here)

  expect(lstatSync(file()).isSymbolicLink()).toBe(true)
  expect(JSON.parse(readFileSync(kept, 'utf8'))).toEqual({ credentials: {} })
})

test.each(['[]', '{"credentials":["a"]}', '{"credentials":"a"}', 'no'])('what is no such file is left: %s', (text) => {
  writeFileSync(file(), text)

  expect(() => keepToken('a.example', 'new', here)).toThrow('is not as terraform writes it')
  expect(readFileSync(file(), 'utf8')).toBe(text)
})

test('what is there and cannot be read is not taken for nothing, and stays', () => {
  symlinkSync(file(), file())

  expect(() => keepToken('registry.example', 'new', here)).toThrow('cannot be read: ELOOP')
  expect(lstatSync(file()).isSymbolicLink()).toBe(true)
})
