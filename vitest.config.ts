/** How tests run: pure and room tests beside the code, end-to-end tests in e2e/. */
import { defineConfig } from 'vitest/config'
import { keepTemporaryFilesInMemory } from './server/test/memory-folder.ts'

keepTemporaryFilesInMemory()

// Machines are slow and busy: what takes seconds on one takes minutes on another, and only what hangs is to be ended.
const patient = { poll: { timeout: 60_000 } }

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    teardownTimeout: 60_000,
    projects: [
      // Needs nothing but the sources, so `npm run check` runs it too.
      { test: { name: 'rooms', include: ['server/test/rooms.test.ts'] } },
      {
        test: {
          name: 'unit',
          // A file finds loaded what the one before it needed, and sets back what it changed.
          isolate: false,
          include: [
            'contract/src/**/*.test.ts',
            'server/src/**/*.test.ts',
            'server/test/**/*.test.ts',
            'cli/src/**/*.test.ts',
            'web/src/**/*.test.ts',
            'cli/test/**/*.test.ts',
            'deploy/**/*.test.ts',
            'docs/**/*.test.ts',
            'examples/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', 'server/test/rooms.test.ts'],
          globalSetup: ['server/test/postgres.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          expect: patient,
        },
      },
      {
        test: {
          name: 'e2e',
          // As above.
          isolate: false,
          include: ['e2e/**/*.test.ts'],
          globalSetup: ['server/test/postgres.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          expect: patient,
        },
      },
    ],
  },
})
