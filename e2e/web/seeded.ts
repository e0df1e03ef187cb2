/** A registry with something on every page: the examples that come with it, and a module that has everything. */
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PageName } from '@cadastre/contract/pages'
import type { Page } from 'playwright-core'
import type { Environment } from '../../server/src/foundation/config/sources.ts'
import { type Files, tarGz } from '../../server/test/archives.ts'
import { browserAt } from '../../server/test/browser.ts'
import { importFiles, moduleFile, providerFile, publicHost } from '../../server/test/catalogue/imported.ts'
import { expectStatus } from '../../server/test/client.ts'
import { knownModule } from '../../server/test/known-module.ts'
import { givenUser, password } from '../../server/test/people.ts'
import { publishProvider, trustKey } from '../../server/test/published-provider.ts'
import { startRegistry, type TestRegistry } from '../../server/test/registry.ts'

const known = '/modules/platform/vpc/aws'
const bare = '/modules/bare/nothing/generic'

/** Where each page is that has something to show. */
export const ready: Record<PageName, string> = {
  home: '/',
  activity: '/activity',
  search: '/search?q=network',
  modules: '/modules',
  module: '/modules/platform/network/generic',
  moduleInputs: `${known}/inputs`,
  moduleOutputs: `${known}/outputs`,
  moduleRequirements: `${known}/requirements`,
  moduleResources: `${known}/resources`,
  moduleVersions: '/modules/platform/network/generic/versions',
  moduleCompare: '/modules/platform/network/generic/compare/1.0.0...1.1.0?file=variables.tf',
  moduleFiles: `${known}/files`,
  moduleFile: `${known}/1.0.0/files/variables.tf`,
  moduleSubmodules: `${known}/submodules`,
  moduleExamples: `${known}/examples`,
  moduleBuilder: `${known}/builder`,
  moduleSubmodule: `${known}/submodules/subnets`,
  moduleExample: `${known}/examples/small`,
  providers: '/providers',
  provider: '/providers/platform/greeter',
  providerPlatforms: '/providers/platform/greeter/platforms',
  providerVersions: '/providers/platform/greeter/versions',
  mirror: '/mirror',
  mirroredProvider: `/mirror/${publicHost}/open/random`,
  mirroredModule: `/mirror/${publicHost}/open/vpc/aws`,
  docs: '/docs',
  docsPage: '/docs/configuration',
  docsDecision: '/docs/decisions/0003-no-placeholders',
  docsError: '/docs/errors/sign-in-needed',
  apiReference: '/api',
  namespaces: '/namespaces',
  newNamespace: '/namespaces/new',
  namespaceSettings: '/namespaces/platform/settings',
  namespace: '/namespaces/platform',
  account: '/me',
  tokens: '/me/tokens',
  newToken: '/me/tokens/new',
  sessions: '/me/sessions',
  admin: '/admin',
  adminPeople: '/admin/people',
  adminOrganizations: '/admin/organizations',
  adminOrganization: '/admin/organizations/default',
  adminAudit: '/admin/audit',
  adminJobs: '/admin/jobs',
  publishModule: '/publish/module',
  publishProvider: '/publish/provider',
}

/** Pages that have nothing to show in a registry of `startVacant`. */
export const vacant: Partial<Record<PageName, string>> = {
  home: '/',
  activity: '/activity',
  search: '/search?q=nothing-that-is-here',
  modules: '/modules',
  providers: '/providers',
  mirror: '/mirror',
  docs: '/docs?q=nothing-that-is-written',
  namespaces: '/namespaces?q=nothing-that-is-here',
  namespace: '/namespaces/vacant',
  tokens: '/me/tokens',
  adminAudit: '/admin/audit?kind=nothing.done',
  adminJobs: '/admin/jobs',
}

/** Pages of a module that has nothing to show, for a registry of `startSeeded` after `publishBareModule`. */
export const bareModule: Partial<Record<PageName, string>> = {
  module: bare,
  moduleInputs: `${bare}/inputs`,
  moduleOutputs: `${bare}/outputs`,
  moduleRequirements: `${bare}/requirements`,
  moduleResources: `${bare}/resources`,
  moduleSubmodules: `${bare}/submodules`,
  moduleExamples: `${bare}/examples`,
  moduleBuilder: `${bare}/builder`,
}

const email = 'ada@acme.example'
/** A name that terraform takes for the host of a module. */
const env = { TFR_SERVER_BASE_URL: 'http://registry.example.com' }

export type Seeded = TestRegistry & {
  /** From now on the page is that of an administrator who has signed in. */
  signIn(page: Page): Promise<void>
}

export async function startSeeded(): Promise<Seeded> {
  const registry = await startRegistry({ env })
  const { admin, given } = registry
  await given.namespace('platform')
  for (const version of ['1.0.0', '1.1.0']) {
    const files = await filesIn(`examples/modules/network/generic/${version}`)
    expectStatus(await admin.publishModule('platform/network/generic', version, tarGz(files)), 201)
  }
  const from = { source: 'https://github.com/platform/networks', commit: '3f2a91c07be5d2a1c6f0e4b7a8d9c3e2f1a0b4d5' }
  const inFolder = { ...from, folder: 'modules/vpc' }
  expectStatus(await admin.publishModule('platform/vpc/aws', '1.0.0', tarGz(knownModule), inFolder), 201)
  await trustKey(admin, 'platform')
  await publishProvider(admin, 'platform', { type: 'greeter', version: '1.0.0' }, from)
  await importFiles(registry, {
    'modules/o/open/vpc/aws.json': moduleFile('v1.0.0', 'v1.1.0'),
    'providers/o/open/random.json': providerFile('open/random', [{ version: '1.0.0' }]),
  })
  await givenDownloads(registry)
  const seeded = await withAdministrator(registry)
  await given.key(['modules:read'], { owner: email })
  return seeded
}

/** Of both versions of the network, on some days of the last weeks and with some clients. */
async function givenDownloads({ sql }: TestRegistry): Promise<void> {
  await sql(`
    insert into module_downloads_by_day (module_id, version_id, day, terraform, opentofu, other)
    select v.module_id, v.id, (now() at time zone 'UTC')::date - ago,
           case v.version when '1.0.0' then 70 - ago else 1 + ago % 5 end, ago % 3, 1
    from module_versions v join modules m on m.id = v.module_id, generate_series(0, 69, 2) ago
    where m.name = 'network' and (v.version = '1.0.0' or ago < 30)`)
  await sql(`
    update module_versions v set downloads = (select sum(terraform + opentofu + other) from module_downloads_by_day d
      where d.version_id = v.id) where exists (select from module_downloads_by_day d where d.version_id = v.id)`)
  await sql(`
    update modules m set downloads = (select sum(downloads) from module_versions v where v.module_id = m.id)
    where hostname = 'self'`)
}

/** One that nothing was published to. @param more settings */
export async function startVacant(more: Environment = {}): Promise<Seeded> {
  const registry = await startRegistry({ env: { ...env, ...more } })
  await registry.given.namespace('vacant')
  return withAdministrator(registry)
}

export async function publishBareModule({ admin, given }: TestRegistry): Promise<void> {
  await given.namespace('bare')
  expectStatus(await admin.publishModule('bare/nothing/generic', '1.0.0', tarGz({ 'main.tf': '' })), 201)
}

async function withAdministrator(registry: TestRegistry): Promise<Seeded> {
  await givenUser(registry, email, ['admin'])
  const browser = browserAt(registry.url)
  expectStatus(await browser.signIn(email, password), 303)
  const cookies = [...browser.cookies].map(([name, value]) => ({ name, value, url: registry.url }))
  return Object.assign(registry, { signIn: (page: Page) => page.context().addCookies(cookies) })
}

async function filesIn(folder: string): Promise<Files> {
  const root = fileURLToPath(new URL(`../../${folder}`, import.meta.url))
  const found = await readdir(root, { recursive: true, withFileTypes: true })
  const paths = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [relative(root, path), await readFile(path)] as const)),
  )
}
