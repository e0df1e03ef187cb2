/** How far long work is: a bar with rate and time left on a terminal, a line for every tenth elsewhere. */

type Progress = { at(progress: { done: number; total: number | null }): void; end(): void }

const barWidth = 30
const redrawMs = 100

export function showProgress(doing: string): Progress {
  const { CI, TERM } = process.env
  const isTerminal = process.stderr.isTTY && TERM !== 'dumb' && !(CI && CI !== 'false')
  return isTerminal ? bar(doing) : tenths(doing)
}

function bar(doing: string): Progress {
  let begun: { at: number; done: number } | undefined
  let drawnAt = Number.NEGATIVE_INFINITY
  return {
    at({ done, total }) {
      const now = performance.now()
      begun ??= { at: now, done }
      if (now - drawnAt < redrawMs && done !== total) return
      drawnAt = now
      const rate = (done - begun.done) / Math.max(0.001, (now - begun.at) / 1000)
      process.stderr.write(
        `\r\u001b[K${doing} ${drawn(done, total)} ${Math.round(rate)}/s ${timeLeft(done, total, rate)}`,
      )
    },
    end: () => void process.stderr.write('\r\u001b[K'),
  }
}

function drawn(done: number, total: number | null): string {
  if (!total) return String(done)
  const share = Math.min(1, done / total)
  const full = Math.round(share * barWidth)
  return `[${'='.repeat(full)}${'-'.repeat(barWidth - full)}] ${Math.floor(share * 100)} % of ${total}`
}

function timeLeft(done: number, total: number | null, rate: number): string {
  if (!total || rate === 0) return ''
  const seconds = Math.round((total - done) / rate)
  return seconds < 60 ? `${seconds} s left` : `${Math.floor(seconds / 60)} min ${seconds % 60} s left`
}

function tenths(doing: string): Progress {
  let said = 0
  const sayThousand = (done: number) => {
    const thousand = Math.floor(done / 1000)
    if (thousand > said) process.stderr.write(`${doing}: ${done}\n`)
    said = Math.max(said, thousand)
  }
  return {
    at({ done, total }) {
      if (!total) return sayThousand(done)
      const tenth = Math.floor((done / total) * 10)
      if (tenth > said) process.stderr.write(`${doing}: ${tenth * 10} %, ${done} of ${total}\n`)
      said = Math.max(said, tenth)
    },
    end: () => {},
  }
}
