/** How far an upload is: a bar on a terminal, a line for every tenth elsewhere, nothing for what is sent in a moment. */
import { Transform } from 'node:stream'
import type { Call } from './call.ts'

const worthSayingBytes = 4 * 1024 * 1024

type Progress = { at(sentBytes: number): void; end(): void }

/** Passes bytes on and says how many have gone by. */
export async function watched(call: Call, totalBytes: number): Promise<{ stream: Transform; end(): void }> {
  const progress = await progressOf(call, totalBytes)
  let sentBytes = 0
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sentBytes += chunk.length
      progress.at(sentBytes)
      done(null, chunk)
    },
  })
  return { stream, end: progress.end }
}

type Work = { doing: string; done: string }

const sending: Work = { doing: 'Sending', done: 'Sent' }

export async function progressOf(call: Call, totalBytes: number, work = sending): Promise<Progress> {
  const { face } = call
  if (totalBytes < worthSayingBytes || face.quiet || face.json) return { at: () => {}, end: () => {} }
  const { CI, TERM } = process.env
  if (process.stderr.isTTY && TERM !== 'dumb' && !(CI && CI !== 'false')) return bar(totalBytes, work)
  return tenths(call, totalBytes, work)
}

function tenths(call: Call, totalBytes: number, { done }: Work): Progress {
  let said = 0
  return {
    at(sentBytes) {
      const tenth = Math.floor((sentBytes / totalBytes) * 10)
      if (tenth > said) call.say(`${done} ${tenth * 10} % of ${sizeText(totalBytes)}`)
      said = Math.max(said, tenth)
    },
    end: () => {},
  }
}

async function bar(totalBytes: number, { doing }: Work): Promise<Progress> {
  const { SingleBar } = await import('cli-progress')
  const single = new SingleBar({
    format: `${doing} {bar} {percentage} % of ${sizeText(totalBytes)}`,
    barCompleteChar: '=',
    barIncompleteChar: '-',
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: false,
  })
  single.start(totalBytes, 0)
  return { at: (sentBytes) => single.update(sentBytes), end: () => single.stop() }
}

export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
