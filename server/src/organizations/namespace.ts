/** A namespace and its rules: claimed explicitly, owned by exactly one organization. */
import { Refusal } from '../foundation/refusal.ts'

export const namespaceTopic = (name: string) => `namespace:${name}`

/** It is gone, and its keys with it. */
export const organizationTopic = (id: string) => `organization:${id}`

/** Nobody publishes into a namespace that nobody owns. Says the same to whoever may not know better. */
export const namespaceMissing = (name: string) =>
  new Refusal(
    'not-found',
    'namespace-not-found',
    `There is no namespace ${name} that you may write to.`,
    `Make it first: cadastre namespace create ${name}`,
  )

export const namespaceTaken = (name: string) =>
  new Refusal(
    'conflict',
    'namespace-exists',
    `A namespace ${name}, or one that differs only in case or in - and _, exists already.`,
  )

export const organizationNotFound = (name: string) =>
  new Refusal('not-found', 'organization-not-found', `There is no organization ${name}.`)
