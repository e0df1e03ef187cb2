/** Dear work in a few places: who comes when all are taken waits in a queue, and when that is full is told to come again. */

type InTurn = <Result>(work: () => Promise<Result>) => Promise<Result>

/** @param tooMany what is thrown for whoever would be one more than may wait */
export function atMost(running: number, waiting: number, tooMany: () => Error): InTurn {
  let free = running
  const queue: (() => void)[] = []
  return async (work) => {
    if (free > 0) free -= 1
    else {
      if (queue.length >= waiting) throw tooMany()
      await new Promise<void>((resolve) => queue.push(resolve))
    }
    try {
      return await work()
    } finally {
      // Whoever waits takes over this place.
      const next = queue.shift()
      if (next) next()
      else free += 1
    }
  }
}
