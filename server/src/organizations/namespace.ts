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

/** @param namesake the one that stands in the way, for whoever may know of it */
export const namespaceTaken = (name: string, namesake?: string) =>
  new Refusal(
    'conflict',
    'namespace-exists',
    namesake === undefined
      ? `A namespace ${name}, or one that differs only in case or in - and _, exists already.`
      : namesake === name
        ? `A namespace ${name} exists already.`
        : `A namespace ${namesake} exists already, and ${name} differs from it only in - and _.`,
    'Choose another name, or ask whoever administers it for a role there.',
  )

export const organizationNotFound = (name: string) =>
  new Refusal('not-found', 'organization-not-found', `There is no organization ${name}.`)
