/** What is said when an issuer cannot be added, changed or found. */
import { Refusal } from '../../foundation/refusal.ts'

export const identityProviderNotFound = (
  name: string,
  hint = 'See those that there are: cadastre admin identity-providers list',
) => new Refusal('not-found', 'issuer-not-found', `There is no identity provider ${name}.`, hint)

export const identityProviderTaken = (name: string) =>
  new Refusal('conflict', 'issuer-exists', `An identity provider ${name} exists already.`)

export const issuerReadOnly = (name: string) =>
  new Refusal(
    'conflict',
    'issuer-read-only',
    `The identity provider ${name} comes from the settings of this registry.`,
    'Change it there, and start the registry again.',
  )

export const issuerMissing = () =>
  new Refusal(
    'invalid',
    'issuer-missing',
    'An identity provider is named by its issuer, or, of Microsoft Entra ID, by its tenant.',
    'Give one of issuerUrl and tenant; tenant with kind entra alone.',
  )

export const issuerOfEverybody = (issuerUrl: string) =>
  new Refusal(
    'invalid',
    'issuer-of-everybody',
    `${issuerUrl} speaks for the people of every directory, also of those that anybody can make.`,
    'Name the directory: https://login.microsoftonline.com/TENANT-ID/v2.0',
  )

export const issuerHasPeople = (name: string, people: number) =>
  new Refusal(
    'conflict',
    'issuer-has-people',
    `${people === 1 ? 'A person has' : `${people} people have`} signed in through ${name}: another issuer may mean others by the same words.`,
    'Make another identity provider, and delete this one when nobody needs it any more.',
  )

export const mappingOrganizationUnknown = (organization: string) =>
  new Refusal(
    'invalid',
    'mapping-organization-unknown',
    `A group is to hold a role in ${organization}, and there is no such organization.`,
    'Make it first, or name another; platform means all of them.',
  )

export const administratorsThrough = (name: string) =>
  new Refusal(
    'conflict',
    'last-platform-admin',
    `Every administrator of the platform is one by a group of ${name}: without it nobody could make another.`,
    'Give somebody the role admin on the platform by hand first.',
  )
