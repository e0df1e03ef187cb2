/** Starts a worker whose file is TypeScript. tsx does not reach from the main thread into workers, so it is registered here. */
import { workerData } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

register()
await import(workerData.file)
