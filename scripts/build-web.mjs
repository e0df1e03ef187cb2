/**
 * Builds the web by Vite, each file of text compressed once at the highest levels, and beside them which chunk has the
 * component of which page: from that and Vite's manifest the server knows what a page needs.
 */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

export const web = {
  out: 'web/dist',
  sources: [
    'web/src',
    'web/vite.config.ts',
    'web/package.json',
    'contract/src',
    'package-lock.json',
    'scripts/build-web.mjs',
  ],
  stamp: 'page-sources.json',
  make,
}

const mode = process.env.CADASTRE_WEB_MODE ?? 'production'

/** Whole or not at all: a server may be reading the folder that it takes the place of. */
async function make(root) {
  const folder = join(root, 'web')
  const [made, old] = [`dist.${process.pid}`, `dist.${process.pid}.old`].map((name) => join(folder, name))
  try {
    await vite(root, folder, made)
    compressAll(join(made, 'assets'))
    writeFileSync(join(made, web.stamp), JSON.stringify(pageChunks(folder, made)))
    // What was built for development is stale for whoever builds to run it.
    if (mode === 'development') utimesSync(join(made, web.stamp), 0, 0)
    replaceFolder(join(root, web.out), made, old)
  } finally {
    for (const left of [made, old]) rmSync(left, { recursive: true, force: true })
  }
}

/** A process of its own: what Vite keeps would stay in that of the server, which `npm start` runs in this one. */
function vite(root, folder, outDir) {
  const program = join(root, 'node_modules/vite/bin/vite.js')
  const args = ['build', '--mode', mode, '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn']
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`The web was not built: vite ended with ${code}.`)),
    )
  })
}

function compressAll(folder) {
  for (const name of readdirSync(folder).filter((file) => /\.(js|css|svg|json)$/.test(file))) {
    const plain = readFileSync(join(folder, name))
    writeFileSync(join(folder, `${name}.gz`), gzipSync(plain, { level: 9 }))
    writeFileSync(
      join(folder, `${name}.br`),
      brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }),
    )
  }
}

/**
 * `home: () => named(import('./home/HomePage.tsx'), …` → the key that the manifest has for the chunk of the room `home`
 *
 * @returns page → key
 */
function pageChunks(folder, made) {
  const manifest = JSON.parse(readFileSync(join(made, '.vite/manifest.json'), 'utf8'))
  const chunkOf = new Map(Object.entries(manifest).map(([key, { name }]) => [name, key]))
  const found = readFileSync(join(folder, 'src/pages.ts'), 'utf8').matchAll(
    /^ {2}(\w+): \(\) =>[^,]*?import\('\.\/([\w-]+)\/[^']+'\)/gm,
  )
  return Object.fromEntries(
    [...found].map(([, page, room]) => {
      const chunk = chunkOf.get(room)
      if (!chunk) throw new Error(`The build has no chunk for the room ${room}, which the page ${page} needs.`)
      return [page, chunk]
    }),
  )
}

function replaceFolder(folder, made, old) {
  try {
    renameSync(folder, old)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
  renameSync(made, folder)
}
