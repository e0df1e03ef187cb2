/** A person, and the refusals that belong to them. */
import { Refusal } from '../foundation/refusal.ts'

/** Rights that were read earlier no longer hold. */
export const userTopic = (id: string) => `user:${id}`

export const userNotFound = (id: string) => new Refusal('not-found', 'user-not-found', `There is no user ${id}.`)

export const emailTaken = (email: string) =>
  new Refusal('conflict', 'email-taken', `Somebody with the address ${email} is known already.`)

export const lastPlatformAdmin = () =>
  new Refusal(
    'conflict',
    'last-platform-admin',
    'This is the last administrator of the platform: without one nobody could make another.',
    'Give somebody else the role admin on the platform first.',
  )

/** Who sets somebody's password can be them. */
export const userStronger = (role: string) =>
  new Refusal(
    'forbidden',
    'roles-exceeded',
    `They hold the role ${role}, which is more than you hold there, so their account is not yours to change.`,
  )

export const rolesExceeded = (role: string) =>
  new Refusal(
    'forbidden',
    'roles-exceeded',
    `The role ${role} holds more than you do there, so it is not yours to give or take.`,
  )
