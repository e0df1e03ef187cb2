/** Hashes of passwords: argon2id, with as much memory as OWASP asks for, and never many at once. */
import { randomBytes } from 'node:crypto'
import { atMost } from './at-most.ts'
import { Refusal } from './refusal.ts'

const costs = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

// Each takes 19 MiB and one of Node's four threads, which files need as well.
const maxAtOnce = 2
// The last of them waits for some seconds; who came later would have gone away.
const maxWaiting = 100
const signInBusy = () =>
  new Refusal('unavailable', 'sign-in-busy', 'Too many people sign in at once.', 'Try again in a few seconds.', {
    'retry-after': '5',
  })

const inTurn = atMost(maxAtOnce, maxWaiting, signInBusy)

/** @returns the hash with its salt and costs, as `$argon2id$…` */
export const hashPassword = (password: string): Promise<string> =>
  inTurn(async () => (await argon2()).hash(password, costs))

/** Loaded by whoever is the first to need it: most starts of a server do without for a while. */
const argon2 = () => import('@node-rs/argon2')

/** Nobody's password, for those who have none: looking at it takes as long as looking at a real one. */
let nobody: Promise<string> | undefined

/** @param known null for nobody, or for somebody without a password: false, after the same work */
export async function verifyPassword(known: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword(randomBytes(32).toString('base64')).catch((busy) => {
    nobody = undefined
    throw busy
  })
  const other = await nobody
  const fits = await inTurn(async () => (await argon2()).verify(known ?? other, password))
  return known !== null && fits
}
