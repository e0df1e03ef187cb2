/** What an installation still needs, found out by trying it: for the first page of administration. */
import type { Check } from '@cadastre/contract/checklist'
import { listIssuers } from '../auth/issuers/known-issuers.ts'
import type { App } from '../foundation/app.ts'
import { countWhatIsThere, type WhatIsThere } from './checklist-queries.ts'
import { checkStore } from './storage-check.ts'

export async function checklist(app: App): Promise<Check[]> {
  const [there, issuers, storage] = await Promise.all([countWhatIsThere(app.db), listIssuers(app), checkStorage(app)])
  return [
    database(app),
    storage,
    address(app),
    signIn(issuers.length),
    people(there),
    namespaces(there),
    catalogue(there),
  ]
}

const isEmbedded = ({ database: { url, host } }: App['config']) => !url && !host

const database = ({ config }: App): Check =>
  isEmbedded(config)
    ? {
        name: 'database',
        title: 'Database',
        state: 'open',
        words:
          'The embedded PostgreSQL answers. It is one machine; for more than a small team use a PostgreSQL of your own.',
        next: 'cadastre db create --help',
      }
    : { name: 'database', title: 'Database', state: 'done', words: 'Your PostgreSQL answers.', next: null }

async function checkStorage(app: App): Promise<Check> {
  const { backend } = app.storages.current
  const steps = await checkStore(app, backend)
  const failed = steps.find(({ ok }) => !ok)
  const about = { name: 'storage', title: 'Storage' } as const
  if (failed)
    return {
      ...about,
      state: 'failed',
      words: `The store ${backend} failed to ${failed.step}: ${failed.detail}`,
      next: 'cadastre admin storage test',
    }
  return { ...about, state: 'done', words: `The store ${backend} took a file, gave it back and let it go.`, next: null }
}

/** Clients want https and a dot, everywhere but on this machine. */
function address({ config: { server } }: App): Check {
  const url = new URL(server.base_url)
  const about = { name: 'address', title: 'Address' } as const
  if (url.protocol === 'https:' && url.hostname.includes('.'))
    return { ...about, state: 'done', words: `Clients reach it as ${url.host}.`, next: null }
  return {
    ...about,
    state: 'open',
    words: `Terraform and OpenTofu want https and a host name with a dot; this is ${url.origin}. Set server.base_url.`,
    next: 'cadastre config explain server.base_url',
  }
}

const signIn = (issuers: number): Check =>
  issuers > 0
    ? {
        name: 'sign-in',
        title: 'Sign-in',
        state: 'done',
        words: `${issuers === 1 ? 'One identity provider' : `${issuers} identity providers`} beside passwords.`,
        next: null,
      }
    : {
        name: 'sign-in',
        title: 'Sign-in',
        state: 'open',
        words: 'Only passwords. Connect an identity provider, so that people sign in as everywhere else.',
        next: 'cadastre admin identity-providers --help',
      }

const people = ({ admins }: WhatIsThere): Check =>
  admins > 1
    ? { name: 'people', title: 'Administrators', state: 'done', words: `${admins} people administer it.`, next: null }
    : {
        name: 'people',
        title: 'Administrators',
        state: 'open',
        words: 'Fewer than two people administer it: when one is away nobody can. Give a second one the role.',
        next: 'cadastre admin users --help',
      }

const namespaces = ({ ownNamespaces }: WhatIsThere): Check =>
  ownNamespaces > 0
    ? {
        name: 'namespaces',
        title: 'Namespaces',
        state: 'done',
        words: `${ownNamespaces} beside the examples.`,
        next: null,
      }
    : {
        name: 'namespaces',
        title: 'Namespaces',
        state: 'open',
        words: 'None is claimed yet: a team needs one to publish into.',
        next: 'cadastre namespace create NAME',
      }

const catalogue = ({ registries }: WhatIsThere): Check =>
  registries > 0
    ? {
        name: 'catalogue',
        title: 'Catalogue',
        state: 'done',
        words: `${registries === 1 ? 'One public registry is' : `${registries} public registries are`} in the search.`,
        next: null,
      }
    : {
        name: 'catalogue',
        title: 'Catalogue',
        state: 'open',
        words: 'No public registry is in the search yet.',
        next: 'cadastre registry import --help',
      }
