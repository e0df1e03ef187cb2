/** Changing variables in an env file and nothing else. */
import { lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { removeTemporaryFolders, temporaryFolder } from '../../../test/embedded.ts'
import { draftEnvFile, readEnvFile, withChanges } from './env-file.ts'

let folder: string
beforeEach(async () => {
  folder = await temporaryFolder()
})
afterAll(removeTemporaryFolders)

describe('a text', () => {
  test.each([
    ['an empty one', '', 'A=1\nB=2\n'],
    ['one without either', '# c\nX=0\n', '# c\nX=0\nA=1\nB=2\n'],
    ['one without a last line break', 'X=0', 'X=0\nA=1\nB=2\n'],
    ['one with both, in their places', 'B=old\nX=0\nA=old', 'B=2\nX=0\nA=1'],
    ['one with blanks and export', '  export A = old # note\nX=0\n', '  export A =1\nX=0\nB=2\n'],
    ['one with Windows line breaks', 'A=old\r\nX=0\r\n', 'A=1\r\nX=0\r\nB=2\r\n'],
    ['one that says it twice', 'A=one\nA=two\nB=x\n', 'A=1\nA=1\nB=2\n'],
    ['one with longer names', 'AA=0\nA_B=0\nXA=0\n', 'AA=0\nA_B=0\nXA=0\nA=1\nB=2\n'],
    ['one with examples in comments', '#A=0\n # B=0\n', '#A=0\n # B=0\nA=1\nB=2\n'],
  ])('%s', (_, before, after) => {
    expect(withChanges(before, { A: '1', B: '2' })).toBe(after)
  })

  test.each(['a b', "it's", 'say "x"', `it's "x"`, '#', 'back\\slash', 'dollar$HOME', '`', 'ä', '', ' '])(
    'holds the value %j as it is',
    (value) => {
      expect(parseEnv(withChanges('', { A: value }))).toEqual({ A: value })
    },
  )

  test.each(['two\nlines', `'"\``])('refuses the value %j, which no line can hold', (value) => {
    expect(() => withChanges('', { A: value })).toThrow('cannot be written into an env file')
  })
})

describe('a file', () => {
  const path = () => join(folder, '.env')

  test('appears whole and for our eyes only, when it is committed', async () => {
    const draft = await draftEnvFile(await readEnvFile(path()), { A: '1' })
    const before = readdirSync(folder)

    await draft.commit()

    expect(before).not.toContain('.env')
    expect(readFileSync(path(), 'utf8')).toBe('A=1\n')
    expect(statSync(path()).mode & 0o777).toBe(0o600)
  })

  test('stays as it was when the change is discarded', async () => {
    writeFileSync(path(), 'A=0\n')
    const draft = await draftEnvFile(await readEnvFile(path()), { A: '1' })

    await draft.discard()

    expect(readFileSync(path(), 'utf8')).toBe('A=0\n')
    expect(readdirSync(folder)).toEqual(['.env'])
  })

  test('that is a link stays one, and what it leads to is changed', async () => {
    writeFileSync(join(folder, 'shared.env'), 'A=0\n')
    symlinkSync('shared.env', path())

    await (await draftEnvFile(await readEnvFile(path()), { A: '1' })).commit()

    expect(lstatSync(path()).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(folder, 'shared.env'), 'utf8')).toBe('A=1\n')
  })

  test('with a value over several lines that looks like our variable is left alone', async () => {
    writeFileSync(path(), 'KEY="begin\nA=inside\nend"\n')

    await expect(readEnvFile(path()).then((file) => draftEnvFile(file, { A: '1' }))).rejects.toMatchObject({
      code: 'env-file-odd',
      message: expect.stringContaining('KEY'),
    })
    expect(readdirSync(folder)).toEqual(['.env'])
  })
})
