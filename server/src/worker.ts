/** What worker threads do: every task by its name, with the function that does it. */
import { serveTasks } from './foundation/worker-thread.ts'
import { openArchive } from './modules/archive.ts'
import { inspectModule } from './modules/inspection/inspect.ts'
import { inspectZip } from './providers/zip.ts'

// What reads Markdown is more than all the rest: it is loaded with the first text.
const markdown = () => import('./foundation/markdown/tasks.ts')

serveTasks({
  'markdown.colour': { load: async () => (await markdown()).colourCode },
  'markdown.fragments': { load: async () => (await markdown()).renderFragments },
  'markdown.render': { load: async () => (await markdown()).renderMarkdown },
  'modules.open-archive': ({ file }: { file: string }) => openArchive(file),
  'modules.inspect': ({ archive }: { archive: string }) => inspectModule({ archive }),
  'providers.inspect-zip': (input: { file: string; type: string }) => inspectZip(input),
})
