/** What people are told when they cannot come in through an issuer. */
import { Refusal } from '../../foundation/refusal.ts'
import type { Issuer } from './issuer.ts'

type Named = Pick<Issuer, 'displayName'>

export const issuerUnreachable = ({ displayName }: Named) =>
  new Refusal(
    'unavailable',
    'issuer-unreachable',
    `Nobody can sign in with ${displayName} now: it does not answer this registry.`,
    'Try again in a minute. If it stays so, an administrator finds the reason in the log of the registry.',
    { 'retry-after': '60' },
  )

/** @param said its own words, for whoever knows them */
export const issuerSaidNo = ({ displayName }: Named, said: string) =>
  new Refusal(
    'forbidden',
    'issuer-said-no',
    `You are not signed in: ${displayName} said no (${said}).`,
    'Sign in again, or ask whoever looks after accounts there.',
  )

export const issuerNotBelieved = ({ displayName }: Named) =>
  new Refusal(
    'forbidden',
    'issuer-not-believed',
    `You are not signed in: what ${displayName} answered is not what was asked for, or cannot be proven to be its own.`,
    'Sign in again. If it stays so, an administrator finds the reason in the log of the registry.',
  )

export const signInOver = () =>
  new Refusal(
    'forbidden',
    'sign-in-over',
    'This sign-in has ended already, took longer than ten minutes, or began in another browser.',
    'Begin again from the page of signing in, and let your browser keep the cookie of this registry.',
  )

export const emailMissing = ({ displayName }: Named) =>
  new Refusal(
    'forbidden',
    'email-missing',
    `${displayName} does not say what your e-mail address is, and people are known by it here.`,
    'Ask whoever looks after accounts there to give you one, and to hand it to this registry.',
  )

export const emailUnverified = ({ displayName }: Named, email: string) =>
  new Refusal(
    'forbidden',
    'email-unverified',
    `${displayName} does not vouch for the address ${email}, so it may be somebody else's.`,
    'Confirm the address there, then sign in again.',
  )

export const accountMissing = (email: string) =>
  new Refusal(
    'forbidden',
    'account-missing',
    `There is no account for ${email} here.`,
    'Ask an administrator of this registry to make one for this address.',
  )

export const accountDisabled = (email: string) =>
  new Refusal(
    'forbidden',
    'account-disabled',
    `The account of ${email} may not sign in.`,
    'Ask an administrator of this registry.',
  )

/** Addresses change hands. */
export const identityDiffers = ({ displayName }: Named, email: string) =>
  new Refusal(
    'forbidden',
    'identity-differs',
    `Whoever signed in as ${email} before had another account at ${displayName}, so this one is not let into theirs.`,
    'If that was you, ask an administrator of this registry to forget the other one: cadastre admin users unlink.',
  )

export const groupsUnreadable = ({ displayName }: Named, why: string) =>
  new Refusal(
    'unavailable',
    'issuer-groups-unreadable',
    `You are in more groups than ${displayName} puts into a sign-in, and the list of them could not be read: ${why}.`,
    'An administrator can let the application read groups (User.Read), or have only groups that are assigned to it put into tokens.',
  )
