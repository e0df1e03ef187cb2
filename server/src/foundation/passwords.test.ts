import { verify } from '@node-rs/argon2'
import { expect, test } from 'vitest'
import { processorMs } from '../../test/processor-time.ts'
import { hashPassword, verifyPassword } from './passwords.ts'

test('a hash is argon2id with its costs, and no two are alike', async () => {
  const [first, second] = await Promise.all([
    hashPassword('correct horse battery'),
    hashPassword('correct horse battery'),
  ])

  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(second).not.toBe(first)
})

test('many at once wait for each other, and all are answered', async () => {
  const passwords = Array.from({ length: 8 }, (_, index) => `correct horse ${index}`)

  const hashes = await Promise.all(passwords.map(hashPassword))

  for (const [index, hashed] of hashes.entries()) expect(await verify(hashed, passwords[index]!)).toBe(true)
})

test('a password is known again, another is not, and nobody has one', async () => {
  const known = await hashPassword('correct horse battery')

  expect(await verifyPassword(known, 'correct horse battery')).toBe(true)
  expect(await verifyPassword(known, 'Correct horse battery')).toBe(false)
  expect(await verifyPassword(null, 'correct horse battery')).toBe(false)
})

test('looking at nobody takes as long as looking at somebody', async () => {
  const known = await hashPassword('correct horse battery')
  const times: Record<'somebody' | 'nobody', number[]> = { somebody: [], nobody: [] }
  await verifyPassword(null, 'x')

  // One after the other, so that what else runs here takes from both.
  for (let round = 0; round < 7; round += 1) {
    for (const who of ['somebody', 'nobody'] as const) {
      const startedAt = processorMs()
      await verifyPassword(who === 'somebody' ? known : null, 'wrong horse battery')
      times[who].push(processorMs() - startedAt)
    }
  }
  const [somebody, nobody] = [times.somebody, times.nobody].map((all) => all.sort((a, b) => a - b)[3]!)

  expect(nobody! / somebody!).toBeGreaterThan(0.4)
  expect(nobody! / somebody!).toBeLessThan(2.5)
})

test('more than can wait are told to come back', async () => {
  const answers = await Promise.allSettled(Array.from({ length: 130 }, () => hashPassword('correct horse battery')))

  const refused = answers.filter((answer) => answer.status === 'rejected')
  expect(refused).toHaveLength(28)
  expect(refused[0]!.reason).toMatchObject({ code: 'sign-in-busy', reason: 'unavailable' })
})
