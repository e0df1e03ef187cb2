import { verify } from '@node-rs/argon2'
import { expect, test } from 'vitest'
import { hashPassword } from './passwords.ts'

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
