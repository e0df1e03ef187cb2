/** What a page needs of the files of the web, from what Vite and our build leave behind. */
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWebFiles } from './web-files.ts'

const fonts = ['instrument-sans-latin-wght-normal-a.woff2', 'ibm-plex-mono-latin-400-normal-b.woff2']
const manifest = {
  'src/main.tsx': { file: 'assets/app-1.js', isEntry: true, imports: ['_react.js'], css: ['assets/app-1.css'] },
  '_react.js': { file: 'assets/react-1.js' },
  'src/modules/ModulePage.tsx': {
    file: 'assets/ModulePage-1.js',
    imports: ['_react.js', '_sheet.js'],
    css: ['assets/ModulePage-1.css'],
  },
  '_sheet.js': { file: 'assets/sheet-1.js', imports: ['src/main.tsx'], css: ['assets/sheet-1.css'] },
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cadastre-web-'))
  mkdirSync(join(folder, 'assets'))
  mkdirSync(join(folder, '.vite'))
  for (const name of [...fonts, 'app-1.js', 'app-1.js.br', 'app-1.js.gz'])
    writeFileSync(join(folder, 'assets', name), name)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function build(changed: object, at: number) {
  writeFileSync(join(folder, 'page-sources.json'), JSON.stringify({ module: 'src/modules/ModulePage.tsx' }))
  writeFileSync(join(folder, '.vite', 'manifest.json'), JSON.stringify({ ...manifest, ...changed }))
  utimesSync(join(folder, '.vite', 'manifest.json'), at, at)
}

test('before a build a page needs nothing, and no file is there', () => {
  const files = openWebFiles(folder)

  expect(files.neededBy('module')).toEqual({ scripts: [], preloads: [], styles: [], fonts: [] })
  expect([files.formsOf('app-1.js'), files.faceNamed('sans.woff2')]).toEqual([undefined, undefined])
})

test('a page needs the entry, its own chunk, and what both import, each once', () => {
  build({}, 1_000)
  const files = openWebFiles(folder)

  expect(files.neededBy('module')).toEqual({
    scripts: ['app-1.js'],
    preloads: ['react-1.js', 'ModulePage-1.js', 'sheet-1.js'],
    styles: ['app-1.css', 'ModulePage-1.css', 'sheet-1.css'],
    fonts,
  })
  expect(files.neededBy('another').preloads).toEqual(['react-1.js'])
})

test('a file is known in the forms that it has, and by no other name', async () => {
  const files = openWebFiles(folder)

  expect(files.formsOf('app-1.js')).toEqual(new Set([undefined, 'br', 'gzip']))
  expect((await files.read('app-1.js', 'br')).toString()).toBe('app-1.js.br')
  for (const name of ['app-1.js.br', '../page-sources.json', '', '.', 'constructor'])
    expect([name, files.formsOf(name), files.faceNamed(name)]).toEqual([name, undefined, undefined])
})

test('another build is noticed', () => {
  const files = openWebFiles(folder)
  files.neededBy('module')

  build({ 'src/main.tsx': { file: 'assets/app-2.js', isEntry: true } }, 2_000)

  expect(files.neededBy('module').scripts).toEqual(['app-2.js'])
})
