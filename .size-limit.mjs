/** How much each page of the web may load up to its first paint, read from the built manifest. */
import { readFileSync } from 'node:fs'

const dist = 'web/dist'
const manifest = JSON.parse(readFileSync(`${dist}/.vite/manifest.json`, 'utf8'))
const entry = 'src/main.tsx'

/** Name of a page → the chunk that has its component. */
const pages = Object.entries(JSON.parse(readFileSync(`${dist}/page-sources.json`, 'utf8')))

/** What a chunk needs before it runs, itself included. */
function needs(key, found = new Set()) {
  if (found.has(key)) return found
  found.add(key)
  for (const imported of manifest[key].imports ?? []) needs(imported, found)
  return found
}

const filesOf = (keys, kind) => [
  ...new Set(
    [...keys]
      .flatMap((key) => (kind === 'js' ? [manifest[key].file] : (manifest[key].css ?? [])))
      .map((file) => `${dist}/${file}`),
  ),
]

const shell = needs(entry)
const ownLimits = [[/^admin/, { name: 'own', limit: '35 kB' }]]

const routes = pages.flatMap(([name, chunk]) => {
  const all = new Set([...shell, ...needs(chunk)])
  const own = ownLimits.find(([pattern]) => pattern.test(name))
  return [
    { name: `${name}: JavaScript`, path: filesOf(all, 'js'), limit: '150 kB' },
    { name: `${name}: CSS`, path: filesOf(all, 'css'), limit: '20 kB' },
    ...(own
      ? [
          {
            name: `${name}: JavaScript of its own`,
            path: filesOf(
              [...all].filter((key) => !shell.has(key)),
              'js',
            ),
            limit: own[1].limit,
          },
        ]
      : []),
  ]
})

/** The Latin files that a first visit loads; other scripts come only when they are needed. */
const fonts = Object.values(manifest)
  .map(({ file }) => file)
  .filter((file) => /\.woff2$/.test(file) && !/latin-ext/.test(file))

/** What comes after the first paint, and when it does is counted once: name of the chunk → its limit. */
const later = Object.entries({ controls: '85 kB', analytics: '35 kB', builder: '35 kB' }).map(([name, limit]) => {
  const [chunk] = Object.entries(manifest).find(([, { name: named }]) => named === name) ?? []
  if (!chunk) throw new Error(`No chunk of the web is called ${name}; say in .size-limit.mjs what it is called now.`)
  for (const [page, source] of pages) {
    if (needs(source).has(chunk) || shell.has(chunk))
      throw new Error(`The page ${page} loads ${name} before its first paint; import it when it is needed.`)
  }
  const own = [...needs(chunk)].filter((key) => !shell.has(key))
  return { name: `${name}, after the first paint: JavaScript`, path: filesOf(own, 'js'), limit }
})

export default [
  ...[...routes, ...later].map((route) => ({ ...route, gzip: true })),
  { name: 'fonts', path: fonts.map((file) => `${dist}/${file}`), limit: '62 kB', gzip: false, brotli: false },
].filter(({ path }) => path.length > 0)
