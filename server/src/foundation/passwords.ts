/** Hashes of passwords: argon2id, with as much memory as OWASP asks for, and never many at once. */
import { hash } from '@node-rs/argon2'

const costs = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

// Each takes 19 MiB and one of Node's four threads, which files need as well.
const maxAtOnce = 2
let running = 0
const waiting: (() => void)[] = []

/** @returns the hash with its salt and costs, as `$argon2id$…` */
export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password, costs))

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= maxAtOnce) await new Promise<void>((resolve) => waiting.push(resolve))
  else running += 1
  try {
    return await work()
  } finally {
    // Whoever waits takes over this place.
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}
