/** On a hundred thousand rows of everything no question of a request reads a table from end to end. */
import type { AuditFilter } from '@cadastre/contract/audit'
import type { Scope } from '@cadastre/contract/scopes'
import { CompiledQuery, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readableNamespaces } from '../src/access/permit.ts'
import { rangeOf } from '../src/analytics/periods.ts'
import { listPublished, sumDownloads, summarizeDownloads } from '../src/analytics/queries.ts'
import { type FactPlace, listFacts } from '../src/audit/queries.ts'
import { record } from '../src/audit/record.ts'
import * as oneTime from '../src/auth/one-time-queries.ts'
import {
  findKey,
  findKeyAgain,
  findOwner,
  findShownKey,
  insertKey,
  listKeys,
  replaceKeyRow,
  revokeKeyRow,
  touchKeys,
} from '../src/auth/queries.ts'
import * as sessions from '../src/auth/session-queries.ts'
import { findSessionAgain } from '../src/auth/session-queries.ts'
import { findIndexed, listIndexed, listIndexedHosts } from '../src/catalogue/docs-index-queries.ts'
import { readParts } from '../src/catalogue/search/part-queries.ts'
import * as superset from '../src/catalogue/superset/module-queries.ts'
import * as supersetProviders from '../src/catalogue/superset/provider-queries.ts'
import { findModules, findPackages, findVersionLists } from '../src/catalogue/upstream-queries.ts'
import * as visibility from '../src/catalogue/visibility-queries.ts'
import { announce } from '../src/foundation/database/changes.ts'
import type { Db, Tables, Tx } from '../src/foundation/database/database.ts'
import { announceObject } from '../src/foundation/storage/objects.ts'
import { findIndexes, findVersions } from '../src/mirror/queries.ts'
import { refreshVersionsDocument, versionsKey } from '../src/modules/documents.ts'
import { findDownloads } from '../src/modules/download-queries.ts'
import {
  findModule,
  findModuleId,
  findVersion,
  listedVersions,
  listModules,
  listVersions,
  lockVersion,
} from '../src/modules/queries.ts'
import { lockModule, refreshDescription, setVersionState } from '../src/modules/write-queries.ts'
import { loadDocuments } from '../src/organizations/documents.ts'
import * as members from '../src/organizations/member-queries.ts'
import * as organizations from '../src/organizations/organization-queries.ts'
import {
  findNamespace,
  findOrganizationId,
  getNamespace,
  listNamespaces,
  lockNamespace,
  moveNamespace,
  updateVisibility,
} from '../src/organizations/queries.ts'
import * as users from '../src/organizations/user-queries.ts'
import { refreshVersionsDocument as refreshProviderDocument } from '../src/providers/documents.ts'
import { findDownloads as findProviderDownloads } from '../src/providers/download-queries.ts'
import * as providers from '../src/providers/queries.ts'
import * as signingKeys from '../src/providers/signing-key-queries.ts'
import * as stagedFiles from '../src/providers/staged-file-queries.ts'
import * as providerWrites from '../src/providers/write-queries.ts'
import { copyOfTemplate, type TestDatabase } from './database.ts'

const rows = 100_000

let database: TestDatabase
let db: Db
const asked: CompiledQuery[] = []
beforeAll(async () => {
  database = await copyOfTemplate()
  await fill()
  db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ ...database.application, max: 3 }) }),
    log: ({ level, query }) => void (level === 'query' && asked.push(query)),
  })
})
afterAll(async () => {
  await db.destroy()
  await database.drop()
})

const address = { namespace: 'ns50000', name: 'm50000', system: 'aws' }
const organizationId = '00000000-0000-4000-8000-000000000005'
const userId = '00000000-0000-4000-8000-000000050000'
const readableBy = (organization?: string, scopes: Scope[] = ['modules:read']) =>
  readableNamespaces(
    { kind: 'api-key', id: '', name: '', grants: organization ? [{ organization, scopes }] : [] },
    'modules:read',
  )
const [everything, nothing, own] = [readableBy('platform', ['admin']), readableBy(), readableBy(organizationId)]
const inTransaction = (work: (tx: Tx) => Promise<unknown>) => () => db.transaction().execute(work)
const moduleId = async () => (await findModuleId(db, address))!

const questions: Record<string, () => Promise<unknown>> = {
  findKey: () => findKey(db, Buffer.alloc(32, 1)),
  findShownKey: () => findShownKey(db, '00000000-0000-4000-8000-000000050000'),
  findKeyAgain: () => findKeyAgain(db, '00000000-0000-4000-8000-000000050000'),
  findSessionAgain: () => findSessionAgain(db, '00000000-0000-4000-8000-000000050000'),
  'findOwner by id': inTransaction((tx) => findOwner(tx, { id: userId })),
  'findOwner by e-mail': inTransaction((tx) => findOwner(tx, { email: 'user50000@acme.example' })),
  'listKeys of the platform': () => listKeys(db, { managed: null, own: undefined }, undefined, 51),
  'listKeys, a page in the middle': () =>
    listKeys(db, { managed: null, own: undefined }, '00000000-0000-4000-8000-000000050000', 51),
  'listKeys of an organization': () => listKeys(db, { managed: [organizationId], own: undefined }, undefined, 51),
  'listKeys of a person': () => listKeys(db, { managed: [], own: userId }, undefined, 51),
  'listKeys of a person among all': () => listKeys(db, { managed: null, own: userId, only: userId }, undefined, 51),
  replaceKeyRow: inTransaction((tx) =>
    replaceKeyRow(
      tx,
      '00000000-0000-4000-8000-000000050000',
      '00000000-0000-4000-8000-000000050001',
      new Date(),
      new Date(),
    ),
  ),
  insertKey: inTransaction((tx) =>
    insertKey(tx, {
      organizationId: null,
      userId: null,
      kind: 'api',
      name: 'x',
      hash: Buffer.alloc(32, 9),
      prefix: 'tfr_',
      scopes: ['admin'],
      namespaces: [],
      expiresAt: null,
      createdBy: 'x',
    }),
  ),
  revokeKeyRow: inTransaction((tx) => revokeKeyRow(tx, '00000000-0000-4000-8000-000000050000')),
  touchKeys: () => touchKeys(db, new Map([['00000000-0000-4000-8000-000000050000', new Date()]])),
  findNamespace: () => findNamespace(db, address.namespace),
  getNamespace: () => getNamespace(db, address.namespace),
  findOrganizationId: () => findOrganizationId(db, 'org500'),
  'listNamespaces of everything': () => listNamespaces(db, everything, { after: '', limit: 51 }),
  'listNamespaces of the public': () => listNamespaces(db, nothing, { after: 'ns5', limit: 51 }),
  'listNamespaces of an organization': () => listNamespaces(db, own, { after: 'ns5', limit: 51 }),
  'listNamespaces of an organization by its name': () =>
    listNamespaces(db, everything, { after: '', limit: 51, organization: 'org5', counts: true }),
  updateVisibility: inTransaction((tx) => updateVisibility(tx, address.namespace, 'internal')),
  lockNamespace: inTransaction((tx) => lockNamespace(tx, address.namespace)),
  moveNamespace: inTransaction((tx) => moveNamespace(tx, address.namespace, { id: organizationId, name: 'org5' })),
  ...questionsOfPeople(),
  loadDocuments: () => loadDocuments(db, [{ namespace: address.namespace, key: versionsKey(address) }]),
  refreshVersionsDocument: inTransaction(async (tx) => refreshVersionsDocument(tx, address, await moduleId())),
  findDownloads: () => findDownloads(db, [{ ...address, core: '1.0.0' }]),
  findModule: () => findModule(db, address),
  findModuleId: () => findModuleId(db, address),
  findVersion: () => findVersion(db, address, '1.0.0'),
  lockVersion: inTransaction((tx) => lockVersion(tx, address, '1.0.0')),
  listedVersions: async () => listedVersions(db, await moduleId()),
  listVersions: async () => listVersions(db, await moduleId(), { limit: 51, deletedToo: false }),
  ...providerQuestions(),
  ...auditQuestions(),
  ...sessionQuestions(),
  ...catalogueQuestions(),
  ...supersetQuestions(),
  'listModules of everything': () => listModules(db, everything, { after: [], sort: 'address', limit: 51 }),
  'listModules, a page in the middle': () =>
    listModules(db, everything, { after: ['ns50000', 'm50000', 'aws'], sort: 'address', limit: 51 }),
  'listModules of one namespace': () =>
    listModules(db, own, { after: [], sort: 'address', namespace: 'ns50000', limit: 51 }),
  'listModules of the public': () => listModules(db, nothing, { after: [], sort: 'address', limit: 51 }),
  'listModules, newest releases first': () => listModules(db, everything, { after: [], sort: 'updated', limit: 51 }),
  'listModules of the public, newest releases first, a later page': () =>
    listModules(db, nothing, { after: ['0', 'ns50000', 'm50000', 'aws'], sort: 'updated', limit: 51 }),
  lockModule: inTransaction(async (tx) => lockModule(tx, address, (await findNamespace(tx, address.namespace))!.id)),
  refreshDescription: inTransaction(async (tx) => refreshDescription(tx, await moduleId())),
  setVersionState: inTransaction(async (tx) =>
    setVersionState(tx, (await findVersion(tx, address, '1.0.0'))!.id, 'deleted'),
  ),
  announceObject: () =>
    announceObject(db, { backend: 'local', key: 'modules/00/x.tar.gz', sha256: '0'.repeat(64), sizeBytes: 1 }),
  announce: inTransaction((tx) => announce(tx, 'module:x')),
}

function providerQuestions(): Record<string, () => Promise<unknown>> {
  const provider = { namespace: 'ns50000', type: 'p50000' }
  const providerId = async () => (await providers.findProviderId(db, provider))!
  const namespaceId = async () => (await findNamespace(db, provider.namespace))!.id
  const staged = async () => ({ namespaceId: await namespaceId(), type: 'p50000', core: '1.0.0' })
  const page = { after: [], sort: 'address' as const, limit: 51 }
  const key = {
    fingerprint: 'A'.repeat(40),
    keyId: 'A'.repeat(16),
    signers: ['A'.repeat(40)],
    algorithm: 'RSA 3072',
    userId: 'x',
    expiresAt: null,
    armored: 'x',
  }
  const file = { filename: 'x', sha256: '0'.repeat(64), sizeBytes: 1, content: Buffer.from('x'), objectId: null }
  return {
    findProviderDownloads: () => findProviderDownloads(db, [{ ...provider, core: '1.0.0', os: 'a', arch: 'b' }]),
    'findIndexes of the mirror': () => findIndexes(db, [provider]),
    'findVersions of the mirror': () => findVersions(db, [{ ...provider, core: '1.0.0' }]),
    'providers.findVersion': () => providers.findVersion(db, provider, '1.0.0'),
    'providers.lockVersion': inTransaction((tx) => providers.lockVersion(tx, provider, '1.0.0')),
    'providers.findSums': () => providers.findSums(db, provider, '1.0.0'),
    'providers.findProvider': () => providers.findProvider(db, provider),
    'providers.findProviderId': () => providers.findProviderId(db, provider),
    'providers.listVersions': async () =>
      providers.listVersions(db, await providerId(), { limit: 51, deletedToo: false }),
    'providers.listedVersions': async () => providers.listedVersions(db, await providerId()),
    'listProviders of everything': () => providers.listProviders(db, everything, page),
    'listProviders, a page in the middle': () =>
      providers.listProviders(db, everything, { ...page, after: ['ns50000', 'p50000'] }),
    'listProviders of one namespace': () => providers.listProviders(db, own, { ...page, namespace: 'ns50000' }),
    'listProviders of the public': () => providers.listProviders(db, nothing, page),
    'listProviders, newest releases first': () => providers.listProviders(db, everything, { ...page, sort: 'updated' }),
    lockProvider: inTransaction(async (tx) => providerWrites.lockProvider(tx, provider, await namespaceId())),
    'refreshVersionsDocument of a provider': inTransaction(async (tx) =>
      refreshProviderDocument(tx, provider, await providerId()),
    ),
    'refreshSource of a provider': inTransaction(async (tx) => providerWrites.refreshSource(tx, await providerId())),
    'setVersionState of a provider': inTransaction(async (tx) =>
      providerWrites.setVersionState(tx, (await providers.findVersion(tx, provider, '1.0.0'))!.id, 'deleted', ''),
    ),
    listSigningKeys: async () => signingKeys.listSigningKeys(db, await namespaceId()),
    lockSigningKeys: inTransaction(async (tx) => signingKeys.lockSigningKeys(tx, await namespaceId(), 'A'.repeat(16))),
    insertSigningKey: inTransaction(async (tx) => signingKeys.insertSigningKey(tx, await namespaceId(), key, 'x')),
    refreshKeyOfVersions: inTransaction((tx) => signingKeys.refreshKeyOfVersions(tx, ['1', '2'], key)),
    listStagedFiles: async () => stagedFiles.listStagedFiles(db, await staged()),
    lockStagedFiles: inTransaction(async (tx) => stagedFiles.lockStagedFiles(tx, await staged())),
    findStagedFile: async () => stagedFiles.findStagedFile(db, await staged(), 'x'),
    insertStagedFile: inTransaction(async (tx) =>
      stagedFiles.insertStagedFile(
        tx,
        await staged(),
        { ...file, h1: '', h1Unpacked: '', source: null },
        { stagedBy: 'x', replaces: false },
      ),
    ),
    renewStagedFile: async () =>
      stagedFiles.renewStagedFile(db, await staged(), { filename: 'x', sha256: '0'.repeat(64), source: null }),
    deleteStagedFiles: inTransaction(async (tx) => stagedFiles.deleteStagedFiles(tx, await staged())),
    deleteStagedFilesBefore: () => stagedFiles.deleteStagedFilesBefore(db, 1_000_000),
  }
}

function catalogueQuestions(): Record<string, () => Promise<unknown>> {
  const hostname = 'registry.opentofu.org'
  const module = { kind: 'module', hostname, ...address } as const
  const provider = { kind: 'provider', hostname, namespace: 'ns50000', type: 'p50000' } as const
  const parts = { module: Object.values(address), provider: ['ns50000', 'p50000'] }
  const asMany = <T>(one: T) => Array.from({ length: 200 }, () => one)
  const download = { ...provider, core: '1.0.0', os: 'linux', arch: 'amd64' }
  return {
    findVersionLists: () => findVersionLists(db, [module, provider]),
    'findVersionLists, many at once': () => findVersionLists(db, asMany(module)),
    findModules: () => findModules(db, [{ ...module, core: '1.0.0' }]),
    'findModules, many at once': () => findModules(db, asMany({ ...module, core: '1.0.0' })),
    findPackages: () => findPackages(db, [download]),
    'findPackages, many at once': () => findPackages(db, asMany(download)),
    'listIndexed modules': () => listIndexed(db, 'module', hostname, parts.module, 500),
    'listIndexed providers': () => listIndexed(db, 'provider', hostname, parts.provider, 500),
    'listIndexed our own': () => listIndexed(db, 'module', 'self', parts.module, 500),
    'findIndexed module': () => findIndexed(db, 'module', ['self', hostname], parts.module),
    'findIndexed provider': () => findIndexed(db, 'provider', ['self', hostname], parts.provider),
    listIndexedHosts: () => listIndexedHosts(db),
    listSources: () => visibility.listSources(db),
    'readParts of a search': () =>
      readParts(
        db,
        Array.from({ length: 15 }, (_, at) => ({ moduleId: 50_000 + at, kind: 'input' as const, term: 'cidr' })),
      ),
    'changes of visibility': inTransaction(async (tx) => {
      await visibility.lockSourceVisibility(tx, hostname)
      await visibility.updateSourceVisibility(tx, hostname, 'internal')
      await visibility.findNamespaceVisibility(tx, hostname, 'ns50000')
      await visibility.upsertNamespaceVisibility(tx, hostname, 'ns50000', 'public')
      await visibility.deleteNamespaceVisibility(tx, hostname, 'ns50000')
      await visibility.getSource(tx, hostname)
    }),
  }
}

/** Lists that are asked by offset, as those of the public registry are. */
function supersetQuestions(): Record<string, () => Promise<unknown>> {
  const page = { limit: 15, offset: 30 }
  const provider = { namespace: 'ns50000', type: 'p50000' }
  const someModule = async () => (await superset.findDescribed(db, address))!
  const someProvider = async () => (await supersetProviders.findDescribed(db, provider))!
  return {
    'superset.listModules of everything': () => superset.listModules(db, everything, { verified: false }, page),
    'superset.listModules of the public': () => superset.listModules(db, nothing, { verified: false }, page),
    'superset.listModules of an organization': () => superset.listModules(db, own, { verified: false }, page),
    'superset.listModules of a name': () => superset.listModules(db, own, { ...address, verified: false }, page),
    'superset.listModules of a system': () => superset.listModules(db, own, { system: 'aws', verified: false }, page),
    'superset.describeModules': () => superset.describeModules(db, [1, 50_000]),
    'superset.findDescribed': () => superset.findDescribed(db, address, '1.0.0'),
    'superset.findSiblings': async () => superset.findSiblings(db, await someModule()),
    'superset.listProviders': () => supersetProviders.listProviders(db, everything, {}, page),
    'superset.listProviders of the public': () =>
      supersetProviders.listProviders(db, nothing, { verified: false }, page),
    'superset.listProviders of a namespace': () =>
      supersetProviders.listProviders(db, own, { namespace: 'ns50000' }, page),
    'superset.countProviders': () => supersetProviders.countProviders(db, own, {}, 1001),
    'superset.findDescribedById': async () =>
      supersetProviders.findDescribedById(db, (await someProvider()).id, '1.0.0'),
    'superset.findByVersion': async () => supersetProviders.findByVersion(db, (await someProvider()).versionId),
    'superset.listVersions': async () => supersetProviders.listVersions(db, (await someProvider()).id),
    'superset.listPlatforms': async () => supersetProviders.listPlatforms(db, (await someProvider()).versionId),
    ...questionsOfDownloads('module', async () => (await someModule()).id),
    ...questionsOfDownloads('provider', async () => (await someProvider()).id),
  }
}

function questionsOfDownloads(kind: 'module' | 'provider', id: () => Promise<string>) {
  const year = rangeOf({ by: 'week', split: 'major', limit: 10 }, Date.now())
  const counted = async () => ({ kind, id: await id() })
  return {
    [`sumDownloads of a ${kind}`]: async () => sumDownloads(db, await counted(), year, { split: 'none', limit: 10 }),
    [`sumDownloads of a ${kind}, by version`]: async () =>
      sumDownloads(db, await counted(), year, { split: 'version', limit: 10 }),
    [`sumDownloads of a ${kind}, by client`]: async () =>
      sumDownloads(db, await counted(), year, { split: 'client', limit: 10 }),
    [`listPublished of a ${kind}`]: async () => listPublished(db, await counted(), year),
    [`summarizeDownloads of a ${kind}`]: async () => summarizeDownloads(db, await counted(), new Date()),
  }
}

function questionsOfPeople(): Record<string, () => Promise<unknown>> {
  const page = { after: 'user5', limit: 51 }
  return {
    'listOrganizations of everything': () => organizations.listOrganizations(db, null, '', 51),
    'listOrganizations of some': () => organizations.listOrganizations(db, [organizationId], '', 51),
    findOrganization: () => organizations.findOrganization(db, 'org500'),
    insertNewOrganization: inTransaction((tx) =>
      organizations.insertNewOrganization(tx, { name: 'new', displayName: '' }),
    ),
    renameOrganization: inTransaction((tx) => organizations.renameOrganization(tx, organizationId, 'x')),
    lockOrganization: inTransaction((tx) => organizations.lockOrganization(tx, organizationId)),
    'listMembers of an organization': () => members.listMembers(db, organizationId, '', 51),
    'listMembers of the platform': () => members.listMembers(db, 'platform', 'user5', 51),
    'findMember of an organization': () => members.findMember(db, organizationId, userId),
    'findMember of the platform': () => members.findMember(db, 'platform', userId),
    'replaceRoles in an organization': inTransaction((tx) =>
      members.replaceRoles(tx, organizationId, userId, ['viewer'], 'manual'),
    ),
    'replaceRoles on the platform': inTransaction((tx) =>
      members.replaceRoles(tx, 'platform', userId, ['viewer'], 'manual'),
    ),
    listMemberIds: inTransaction((tx) => members.listMemberIds(tx, organizationId)),
    'listUsers of everything': () => users.listUsers(db, null, page),
    'listUsers of an organization': () => users.listUsers(db, [organizationId], page),
    'listUsers by e-mail': () => users.listUsers(db, null, { ...page, after: '', email: 'user50000@acme.example' }),
    'users.findUser': () => users.findUser(db, userId),
    insertUser: inTransaction((tx) =>
      users.insertUser(tx, { email: 'new@acme.example', displayName: '', passwordHash: null, createdBy: 'x' }),
    ),
    updateUser: inTransaction((tx) => users.updateUser(tx, userId, { passwordHash: 'x' })),
    lockUser: inTransaction((tx) => users.lockUser(tx, userId)),
    revokeKeysOf: inTransaction((tx) => users.revokeKeysOf(tx, userId, new Date())),
    hasOtherPlatformAdmin: inTransaction((tx) => users.hasOtherPlatformAdmin(tx, userId)),
    isPlatformAdmin: inTransaction((tx) => users.isPlatformAdmin(tx, userId)),
    deleteUserRow: inTransaction((tx) => users.deleteUserRow(tx, '00000000-0000-4000-8000-000000099999')),
  }
}

/** Each filter alone, each with each other, and all of them. */
function sessionQuestions(): Record<string, () => Promise<unknown>> {
  const [id, hash, now] = ['00000000-0000-4000-8000-000000050000', Buffer.alloc(32, 1), new Date()]
  const session = { tokenHash: Buffer.alloc(32, 9), userId: id, issuer: '', client: '', address: '', createdAt: now }
  return {
    insertSession: inTransaction((tx) => sessions.insertSession(tx, { ...session, expiresAt: now })),
    findSession: () => sessions.findSession(db, hash),
    findSessionAgain: () => sessions.findSessionAgain(db, id),
    listSessions: () => sessions.listSessions(db, id, now, now),
    revokeSessionRow: inTransaction((tx) => sessions.revokeSessionRow(tx, id)),
    touchSessions: () => sessions.touchSessions(db, [id], now),
    findAccount: () => sessions.findAccount(db, 'user50000@acme.example'),
    isAccountAsItWas: inTransaction((tx) => sessions.isAccountAsItWas(tx, id, undefined)),
    insertOneTime: inTransaction((tx) =>
      oneTime.insertOneTime(tx, { hash, kind: 'setup', content: {}, createdAt: now, expiresAt: now }),
    ),
    takeOneTime: inTransaction((tx) => oneTime.takeOneTime(tx, 'code', hash, now)),
    findOneTime: () => oneTime.findOneTime(db, 'code', hash, now),
    findUserIdByEmail: () => users.findUserIdByEmail(db, 'user50000@acme.example'),
  }
}

function auditQuestions(): Record<string, () => Promise<unknown>> {
  const filters: AuditFilter[] = [
    { kind: 'module.deleted' },
    { kind: 'module.' },
    { caller: 'user500@acme.example' },
    { organization: 'org500' },
    { namespace: 'ns50000' },
    { subject: 'ns50000/' },
    { outcome: 'refused' },
    { since: '2020-01-01T00:00:00Z' },
    { until: '2020-01-01T00:00:00Z' },
    { requestId: 'request-50000' },
  ]
  const pairs = filters.flatMap((one, at) => filters.slice(at + 1).map((other) => ({ ...one, ...other })))
  const all = [{}, ...filters, ...pairs, Object.assign({}, ...filters)]
  const middle = { occurredAtUs: '1700000000000000', id: '50000' }
  const ask = (organizationIds: string[] | null, after?: FactPlace) => async () => {
    for (const filter of all) await listFacts(db, organizationIds, filter, after, 51)
  }
  return {
    'listFacts of everything': ask(null),
    'listFacts of everything, a page in the middle': ask(null, middle),
    'listFacts of an organization': ask([organizationId]),
    'listFacts of two organizations, a page in the middle': ask([organizationId, userId], middle),
    'record, of a namespace and of a key with an owner': inTransaction((tx) =>
      record(tx, {
        kind: 'module.published',
        by: { kind: 'api-key', id: '1', name: 'x', grants: [], userId },
        subject: 'x',
        namespace: 'ns50000',
      }),
    ),
  }
}

test.each(Object.keys(questions))('%s', async (name) => {
  asked.length = 0
  await questions[name]!()

  const plans = await Promise.all(
    asked.filter(({ sql }) => /^(\/\*.*?\*\/ *)?(select|insert|update|delete|with)\b/i.test(sql)).map(planOf),
  )

  expect(plans.length).toBeGreaterThan(0)
  expect(plans.flatMap(readFromEndToEnd)).toEqual([])
})

type Plan = { 'Node Type': string; 'Relation Name'?: string; Plans?: Plan[] }

/** The plan for any values: what a named statement settles on. */
async function planOf(query: CompiledQuery): Promise<Plan> {
  const explained = await db.executeQuery<{ 'QUERY PLAN': { Plan: Plan }[] }>(
    CompiledQuery.raw(`explain (format json) ${query.sql}`, [...query.parameters]),
  )
  return explained.rows[0]!['QUERY PLAN'][0]!.Plan
}

/** Small by nature: nobody has a hundred thousand organizations, or says so often who may see another registry. */
const small = new Set(['organizations', 'catalogue_sources', 'catalogue_namespaces'])

function readFromEndToEnd(plan: Plan): string[] {
  const here = plan['Node Type'] === 'Seq Scan' && !small.has(plan['Relation Name']!) ? [plan['Relation Name']!] : []
  return [...here, ...(plan.Plans ?? []).flatMap(readFromEndToEnd)]
}

async function fill() {
  const client = new pg.Client(database.superuser)
  await client.connect()
  // The rows fit each other, which takes longer to find out than to write them.
  await client.query('set session_replication_role = replica')
  const indexes = await takeIndexesAway(client)
  const id = (n: string) => `('00000000-0000-4000-8000-' || lpad((${n})::text, 12, '0'))::uuid`
  for (const statement of [
    `insert into organizations (id, name) select ${id('n')}, 'org' || n from generate_series(1, 1000) n`,
    `insert into namespaces (organization_id, name, visibility)
       select ${id('1 + n % 1000')}, 'ns' || n, (array['private','internal','public'])[1 + n % 3] from generate_series(1, ${rows}) n`,
    `insert into users (id, email) select ${id('n')}, 'user' || n || '@acme.example' from generate_series(1, ${rows}) n`,
    `insert into organization_members (organization_id, user_id, role)
       select ${id('1 + n % 1000')}, ${id('n')}, 'publisher' from generate_series(1, ${rows}) n`,
    `insert into platform_members (user_id, role) select ${id('n')}, 'auditor' from generate_series(1, ${rows}) n`,
    `insert into sessions (id, user_id, token_hash, generation, expires_at)
       select ${id('n')}, ${id('n')}, sha256(n::text::bytea), 0, now() + interval '1 day' from generate_series(1, ${rows}) n`,
    `insert into one_time_tokens (hash, kind, content, expires_at)
       select sha256(n::text::bytea), 'code', '{}', now() + interval '1 hour' from generate_series(1, ${rows}) n`,
    `insert into api_keys (id, user_id, organization_id, name, key_hash, key_prefix, scopes, created_by, created_at)
       select ${id('n')}, ${id('n')}, ${id('1 + n % 1000')}, 'key' || n, sha256(n::text::bytea), 'tfr_', '{modules:read}', 'x', now() - n * interval '1 minute' from generate_series(1, ${rows}) n`,
    `insert into stored_objects (backend, key, sha256, size_bytes)
       select 'local', 'modules/' || n, encode(sha256(n::text::bytea), 'hex'), 1 from generate_series(1, ${rows}) n`,
    `insert into modules (namespace_id, namespace, name, system) select id, name, 'm' || substr(name, 3), 'aws' from namespaces`,
    `insert into module_versions (module_id, version, core, precedence, sha256)
       select m.id, v || '.0.0', v || '.0.0', v || '.0.0', repeat('0', 64) from modules m, generate_series(1, 2) v`,
    `insert into module_folders (version_id, path, kind) select id, '', 'root' from module_versions`,
    `insert into search_terms (kind, item_id, field, terms, shown)
       select 'module', id, 'input', '{cidr}', '{"cidr": {"name": "cidr", "folder": "", "about": "string"}}' from modules`,
    `insert into documents (key, plain, gzip, etag) select 'modules/' || namespace || '/' || name || '/aws/versions', 'x', 'x', 'x' from modules`,
    `insert into providers (namespace_id, namespace, type) select id, name, 'p' || substr(name, 3) from namespaces`,
    `insert into signing_keys (namespace_id, fingerprint, key_id, signers, algorithm, armored, added_by)
       select id, upper(substr(encode(sha256(name::bytea), 'hex'), 1, 40)), upper(substr(encode(sha256(name::bytea), 'hex'), 25, 16)), '{}', 'x', 'x', 'x' from namespaces`,
    `insert into provider_versions (provider_id, version, core, precedence, signing_key_id)
       select p.id, v || '.0.0', v || '.0.0', v || '.0.0', k.id from providers p join signing_keys k using (namespace_id), generate_series(1, 2) v`,
    `insert into provider_platforms (provider_version_id, os, arch, filename, sha256)
       select id, 'linux', 'amd64', 'x', repeat('0', 64) from provider_versions`,
    `insert into staged_files (namespace_id, type, core, filename, sha256, size_bytes, content, staged_by)
       select namespace_id, type, '1.0.0', 'x' || n, repeat('0', 64), 1, 'x', 'x' from providers, generate_series(1, 2) n`,
    ...['module', 'provider'].map(
      (kind) => `insert into ${kind}_downloads_by_day (${kind}_id, version_id, day, terraform)
       select ${kind}_id, id, current_date - n, 1 from ${kind}_versions, generate_series(1, 3) n`,
    ),
    `insert into audit_logs (occurred_at, kind, caller_kind, caller_id, caller_name, caller_owner, organization, namespace, subject, request_id, outcome)
       select now() - n * interval '1 minute', (array['module.published','module.deleted','namespace.transferred','provider.published'])[1 + n % 4],
         'api-key', 'key' || n % 500, 'ci ' || n % 500, 'user' || n % 1000 || '@acme.example', 'org' || n % 1000, 'ns' || n,
         'ns' || n || '/vpc/aws 1.0.0', 'request-' || n, case when n % 50 = 0 then 'refused' else 'done' end
       from generate_series(1, ${rows}) n`,
    `insert into catalogue_sources (hostname, kind, address) values ('registry.opentofu.org', 'opentofu-folder', 'x')`,
    `insert into catalogue_namespaces select 'registry.opentofu.org', name, 'public' from namespaces where name like '%000'`,
    `insert into modules (hostname, origin, namespace, name, system)
       select 'registry.opentofu.org', 'catalogued', namespace, name, system from modules where namespace like '%0'`,
    `insert into module_versions (module_id, version, core, precedence, origin)
       select id, '1.0.0', '1.0.0', '1.0.0', 'catalogued' from modules where hostname <> 'self'`,
    `insert into providers (hostname, origin, namespace, type)
       select 'registry.opentofu.org', 'catalogued', namespace, type from providers where namespace like '%0'`,
    `insert into provider_versions (provider_id, version, core, precedence, origin)
       select id, '1.0.0', '1.0.0', '1.0.0', 'catalogued' from providers where hostname <> 'self'`,
    `insert into provider_platforms (provider_version_id, os, arch, filename, sha256)
       select id, 'linux', 'amd64', 'x', repeat('0', 64) from provider_versions where origin = 'catalogued'`,
    `insert into catalogued_keys (hostname, namespace, position, filename, key_id, armored)
       select 'registry.opentofu.org', name, 0, 'provider.asc', 'x', 'x' from namespaces where name like '%0'`,
    `insert into documents (key, plain, gzip, etag) select 'upstream/registry.opentofu.org/modules/' || namespace || '/' || name || '/aws/versions', 'x', 'x', 'x' from modules where hostname <> 'self'`,
    `insert into changes (topic) select 'x' || n from generate_series(1, ${rows}) n`,
    ...indexes,
    'analyze',
  ]) {
    await client.query(statement)
  }
  await client.end()
}

/** All but those of constraints. @returns the statements that make them again, which is sooner done of rows that are there */
async function takeIndexesAway(client: pg.Client): Promise<string[]> {
  const { rows: indexes } = await client.query<{ name: string; statement: string }>(`
    select indexrelid::regclass as name, pg_get_indexdef(indexrelid) as statement
      from pg_index join pg_class as indexed on indexed.oid = indrelid
     where indexed.relnamespace = 'public'::regnamespace
       and not exists (select from pg_constraint where conindid = indexrelid)`)
  for (const { name } of indexes) await client.query(`drop index ${name}`)
  return indexes.map(({ statement }) => statement)
}
