/** How the web is built: one entry, a chunk for each room, and a manifest from which the server names the files. */
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Of the contract, what nobody needs before they publish. */
const forPublishing = /\/contract\/src\/(?:module-files|terraformignore|glob|shasums|source-url)\./

/** Of the contract, what nobody needs who builds no block. */
const forBuilding = /\/contract\/src\/(?:hcl\/|module-block\.)/

/** What charts are drawn with comes together with the room of charts, and with no other. */
const drawing = /\/node_modules\/uplot\//

/** What every page runs: browsers that know the hint read it whole while it arrives, and not function by function later on. */
const always = new Set(['libraries', 'app'])

/** Lists are of two rooms: a file of theirs alone would be two requests more of each module and provider. */
const ofTheShell = /\/src\/(ui|shell|lists)\/|\/src\/[\w-]+\.tsx?$|\/contract\/src\/|preload-helper/

/** The room that a source lies in: whoever enters it loads it whole, in one request. */
function roomOf(id: string): string | null {
  if (forPublishing.test(id)) return 'publish'
  if (forBuilding.test(id)) return 'builder'
  if (drawing.test(id)) return 'analytics'
  return /\/src\/(?!ui\/|shell\/|lists\/)([\w-]+)\/[^/]+\.(?:tsx?|css)(?:\?|$)/.exec(id)?.[1] ?? null
}

export default defineConfig(({ mode }) => ({
  // Where the registry lies below its host is known when it runs, so files find each other relative to themselves.
  base: './',
  plugins: [react()],
  define: { __KIT__: JSON.stringify(mode === 'development') },
  build: {
    manifest: true,
    // What browsers get is under licences that want to be told.
    license: { fileName: 'assets/licences.md' },
    target: 'es2022',
    assetsInlineLimit: 0,
    cssCodeSplit: true,
    // The libraries; what a page may load in all is held by .size-limit.mjs.
    chunkSizeWarningLimit: 400,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { app: 'src/main.tsx' },
      output: {
        postBanner: ({ name }) => (always.has(name) ? '//# allFunctionsCalledOnLoad' : ''),
        // Few files, since each is a request of the first paint.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            // Floating parts, never before the first paint: they come together.
            { name: 'controls', test: /\/@base-ui\/|\/@floating-ui\/|\/src\/palette\//, priority: 4 },
            {
              name: 'libraries',
              test: /\/node_modules\/(react|react-dom|scheduler|@tanstack|openapi-fetch|use-sync-external-store)\/|rolldown\/runtime/,
              priority: 3,
            },
            {
              name: 'shell',
              test: (id: string) => ofTheShell.test(id) && !forPublishing.test(id) && !forBuilding.test(id),
              priority: 2,
            },
            { name: roomOf, debugName: 'rooms', test: /\/src\/|\/node_modules\/uplot\//, priority: 1 },
          ],
        },
      },
    },
  },
}))
