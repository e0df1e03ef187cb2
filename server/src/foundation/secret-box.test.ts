import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { secretBox } from './secret-box.ts'

const key = randomBytes(32)
const box = secretBox(key)

describe('a secret that was sealed', () => {
  test('is the same when it is opened, whatever is written in it', () => {
    const secrets = ['hunter2', '', 'ümläut \u{1F511}', 'x'.repeat(10_000)]

    const opened = secrets.map((secret) => box.open(box.seal(secret, 'issuer acme'), 'issuer acme'))

    expect(opened).toEqual(secrets)
  })

  test('looks different each time, and like nothing', () => {
    const [once, again] = [box.seal('hunter2', 'issuer acme'), box.seal('hunter2', 'issuer acme')]

    expect(once.equals(again)).toBe(false)
    expect(once.includes('hunter2')).toBe(false)
  })

  test.each<[why: string, sealed: (sealed: Buffer) => Buffer, belongsTo?: string, withKey?: Buffer]>([
    ['with another key', (sealed) => sealed, 'issuer acme', randomBytes(32)],
    ['for something else', (sealed) => sealed, 'issuer other'],
    ['when a bit of it was changed', flipped(-1)],
    ['when its nonce was changed', flipped(1)],
    ['when its tag was changed', flipped(20)],
    ['in a way of later versions', flipped(0)],
    ['when it was cut off', (sealed) => sealed.subarray(0, 28)],
    ['when it is not there', () => Buffer.alloc(0)],
  ])('does not open %s', (_, change, belongsTo = 'issuer acme', withKey = key) => {
    const sealed = change(box.seal('hunter2', 'issuer acme'))

    expect(() => secretBox(withKey).open(sealed, belongsTo)).toThrow(
      expect.objectContaining({ code: 'secret-unreadable', message: expect.not.stringContaining('hunter2') }),
    )
  })
})

function flipped(at: number) {
  return (sealed: Buffer) => {
    const changed = Buffer.from(sealed)
    const index = at < 0 ? changed.length + at : at
    changed[index] = changed[index]! ^ 1
    return changed
  }
}
