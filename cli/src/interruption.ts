/** Ctrl-C: what a command has begun is taken back, said in a sentence, and answered with the exit code of shells. */
import { exit } from './exit.ts'

/** Takes something back, at once and without waiting; its sentence is printed. */
type Ending = () => string | undefined

const endings = new Set<Ending>()

export function endOnSignals(): void {
  process.once('SIGINT', () => end(exit.interrupted))
  process.once('SIGTERM', () => end(exit.terminated))
}

/** @returns takes the ending off again, once there is nothing left to take back */
export function whenInterrupted(ending: Ending): () => void {
  endings.add(ending)
  return () => endings.delete(ending)
}

function end(code: number): never {
  const sentences = [...endings].map((ending) => ending()).filter((sentence) => sentence !== undefined)
  process.stderr.write(['', ...sentences, ''].join('\n'))
  process.exit(code)
}
