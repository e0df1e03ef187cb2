/** What is said when an issuer cannot be added, changed or found. */
import { Refusal } from '../../foundation/refusal.ts'

export const identityProviderNotFound = (name: string) =>
  new Refusal(
    'not-found',
    'identity-provider-not-found',
    `There is no identity provider ${name}.`,
    'See those that there are: cadastre admin identity-providers list',
  )

export const identityProviderTaken = (name: string) =>
  new Refusal('conflict', 'identity-provider-exists', `An identity provider ${name} exists already.`)

export const issuerReadOnly = (name: string) =>
  new Refusal(
    'conflict',
    'issuer-read-only',
    `The identity provider ${name} comes from the settings of this registry.`,
    'Change it there, and start the registry again.',
  )
