/**
 * Bundles the server and the CLI, each into one minified file, and beside the server's what is loaded by those alone who
 * use it: the storage drivers, and what reads Markdown; and the web, by Vite. Skips what is newer than its sources.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { web } from './build-web.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Each driver has an SDK several times the size of the server. */
const drivers = ['s3', 'azure', 'gcs']
const driverBundle = (name) => `storage-${name}`

/** Where `import()` means a bundle of its own, by the name of the file that it stands in. */
const lazily = {
  'server/src/foundation/storage/open.ts': Object.fromEntries(
    drivers.map((name) => [`./${name}.ts`, driverBundle(name)]),
  ),
  'server/src/worker.ts': { './foundation/markdown/tasks.ts': 'markdown' },
}

const bundles = [
  {
    out: 'server/dist',
    entries: {
      'commands.bundle': 'server/src/commands/program.ts',
      worker: 'server/src/worker.ts',
      markdown: 'server/src/foundation/markdown/tasks.ts',
      ...Object.fromEntries(drivers.map((name) => [driverBundle(name), `server/src/foundation/storage/${name}.ts`])),
    },
    sources: [
      'server/src',
      'contract/src',
      'server/package.json',
      'package-lock.json',
      'scripts/build.mjs',
      'scripts/run-bundle.cjs',
    ],
    stamp: 'commands.cjs',
    precompiled: true,
  },
  {
    out: 'cli/dist',
    entries: { cadastre: 'cli/src/main.ts' },
    sources: ['cli/src', 'contract/src', 'cli/package.json', 'package-lock.json', 'scripts/build.mjs'],
    stamp: 'cadastre.cjs',
  },
  web,
]

/**
 * @param only one of the folders; all of them unless given
 * @returns the folders that were built
 */
export async function build({ force = false, only } = {}) {
  const wanted = bundles.filter(({ out }) => only === undefined || out === only)
  const stale = wanted.filter((bundle) => force || isStale(bundle))
  if (stale.length === 0) return []
  await Promise.all([bundleAll(stale.filter(({ make }) => !make)), ...stale.map(({ make }) => make?.(root))])
  return stale.map(({ out }) => out)
}

async function bundleAll(stale) {
  if (stale.length === 0) return
  const { build: bundle } = await import('esbuild')
  const built = await Promise.all(stale.map((each) => bundle(options(each))))
  for (const { outputFiles } of built) for (const file of outputFiles) requireAscii(file)
  // V8 tells code of another bundle by its length only.
  for (const { out } of stale) rmSync(join(root, out, 'commands.bundle.cjs.code'), { force: true })
  for (const { out } of stale) replaceFile(join(root, out, 'package.json'), '{ "type": "commonjs" }\n')
  for (const { outputFiles } of built) for (const { path, contents } of outputFiles) replaceFile(path, contents)
  for (const { out, stamp } of stale.filter(({ precompiled }) => precompiled)) precompile(out, stamp)
}

/** Runs the bundle once, so that V8's code for it can be kept; what is needed at start is then in it. */
function precompile(out, stamp) {
  const entry = join(root, out, stamp)
  replaceFile(entry, readFileSync(join(root, 'scripts/run-bundle.cjs')))
  execFileSync(process.execPath, [entry, '--keep-code'], { stdio: ['ignore', 'inherit', 'inherit'] })
}

/** A bundle is read as ASCII (run-bundle.cjs); esbuild escapes all else, but not in tagged templates. */
function requireAscii({ path, text }) {
  const at = path.endsWith('.cjs') ? text.search(/[^\0-\x7f]/) : -1
  if (at < 0) return
  throw new Error(`${path} is not ASCII. Write an escape or an entity in: ${text.slice(Math.max(0, at - 60), at + 20)}`)
}

/** Whole or not at all: another process may be reading it, or building the same. */
function replaceFile(path, content) {
  const written = `${path}.${process.pid}`
  writeFileSync(written, content)
  renameSync(written, path)
}

function options({ out, entries, precompiled = false }) {
  mkdirSync(join(root, out), { recursive: true })
  return {
    absWorkingDir: root,
    entryPoints: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(root, file)])),
    outdir: join(root, out),
    write: false,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    minifyWhitespace: true,
    minifySyntax: true,
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    // Code that is run with what V8 kept of it cannot import(): it requires, as late.
    supported: { 'dynamic-import': !precompiled },
    define: {
      // Bundled CommonJS has no import.meta; files are found from where the bundle lies.
      'import.meta.url': 'bundleUrl',
      // As Node 21 says it. Where it is missing, pg makes a Response to find out where it runs, which loads all of fetch.
      navigator: JSON.stringify({ userAgent: 'Node.js' }),
    },
    banner: { js: 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
    // The first three are asked for by libraries that do without them. openpgp is under the LGPL: a package of its own
    // can be replaced by whoever runs it. argon2 is machine code.
    external: ['pg-native', 'pg-cloudflare', 'tsx', 'openpgp', '@node-rs/argon2'],
    plugins: [bundlesBeside],
    legalComments: 'linked',
    logLevel: 'warning',
  }
}

/** Turns `import('./s3.ts')` of the place that opens stores into one of the bundle beside it. */
const bundlesBeside = {
  name: 'bundles beside',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/.+\.ts$/ }, ({ kind, path, importer }) => {
      const bundle = kind === 'dynamic-import' && lazily[relative(root, importer).replaceAll('\\', '/')]?.[path]
      return bundle ? { path: `./${bundle}.cjs`, external: true } : undefined
    })
  },
}

function isStale({ out, sources, stamp }) {
  const built = timeOf(join(root, out, stamp))
  return built === 0 || sources.some((source) => newestIn(join(root, source)) > built)
}

function newestIn(path) {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return 0
  if (!found.isDirectory()) return found.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newestIn(join(path, name))))
}

const timeOf = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const built = await build({ force: process.argv.includes('--force') })
  process.stdout.write(built.length > 0 ? `Built ${built.join(', ')}.\n` : 'Everything is built.\n')
}
