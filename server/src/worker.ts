/** What worker threads do: every task by its name, with the function that does it. */
import { serveTasks } from './foundation/worker-thread.ts'
import { openArchive } from './modules/archive.ts'
import { inspectZip } from './providers/zip.ts'

serveTasks({
  'modules.open-archive': ({ file }: { file: string }) => openArchive(file),
  'providers.inspect-zip': (input: { file: string; type: string }) => inspectZip(input),
})
