/** What `npm run e2e` shows beyond the tests: every page in every combination, and what it weighs. `npm test` has no time for it. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { keepTemporaryFilesInMemory } from '../../server/test/memory-folder.ts'

keepTemporaryFilesInMemory()

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    name: 'pages',
    pool: 'forks',
    // One after the other: times are measured here.
    maxWorkers: 1,
    isolate: false,
    include: ['e2e/web/*.matrix.ts'],
    globalSetup: ['server/test/postgres.ts'],
    testTimeout: 300_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
  },
})
