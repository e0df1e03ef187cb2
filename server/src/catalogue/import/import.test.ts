/** A registry taken into the catalogue: what comes, what changes, what goes, and what stays untouched. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalogueFolder } from '../../../test/catalogue/given.ts'
import { catalogueState } from '../../../test/catalogue-state.ts'
import { copyOfTemplate, type TestDatabase } from '../../../test/database.ts'
import { startRegistry, type TestRegistry } from '../../../test/registry.ts'
import { system } from '../../access/caller.ts'
import { type OwnConnection, ownConnection } from '../../foundation/database/own-connection.ts'
import { openTofuFolder } from '../../upstream/opentofu-folder.ts'
import { exportCatalogue } from '../export/export.ts'
import { verifyCatalogue } from '../verify.ts'
import { type ImportRequest, importSource } from './import.ts'

let database: TestDatabase
let registry: TestRegistry
let own: OwnConnection
let base: string
beforeAll(async () => {
  database = await copyOfTemplate()
  registry = await startRegistry({ database })
  own = await ownConnection(database.application, 'import')
  base = await mkdtemp(join(tmpdir(), 'cadastre-import-'))
})
afterAll(async () => {
  await own.close()
  await registry.stop()
  await rm(base, { recursive: true, force: true })
})

const take = (hostname: string, folder: string, more: Partial<ImportRequest> = {}) =>
  importSource(own, { source: openTofuFolder(folder), hostname, asker: { caller: system }, ...more })

const sha256 = 'c'.repeat(64)

function providerFile(versions: string[], more: object = {}) {
  const address = (version: string) => `https://releases.example/${version}`
  const targets = (version: string) =>
    ['linux', 'darwin'].map((os) => {
      const filename = `terraform-provider-x_${version}_${os}_amd64.zip`
      return { os, arch: 'amd64', filename, download_url: `${address(version)}/${filename}`, shasum: sha256 }
    })
  return {
    versions: versions.map((version) => ({
      version,
      protocols: ['5.0'],
      shasums_url: `${address(version)}/SHA256SUMS`,
      shasums_signature_url: `${address(version)}/SHA256SUMS.sig`,
      targets: targets(version),
    })),
    ...more,
  }
}

const moduleFile = (versions: string[]) => ({ versions: versions.map((version) => ({ version })) })

async function folderOf(name: string, files: Record<string, unknown>): Promise<string> {
  const folder = join(base, name)
  await rm(folder, { recursive: true, force: true })
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content, null, 2))
  }
  return folder
}

const documentOf = async (key: string) => {
  const [row] = await registry.sql<{ plain: Buffer; gzip: Buffer }>(
    'select plain, gzip from documents where key = $1',
    [key],
  )
  if (row) expect(gunzipSync(row.gzip).equals(row.plain)).toBe(true)
  return row && JSON.parse(row.plain.toString())
}

/** Where each row lies, and which transaction wrote it. */
const writtenRows = async () => {
  const tables = [
    'modules',
    'module_versions',
    'providers',
    'provider_versions',
    'provider_platforms',
    'documents',
    'catalogued_keys',
  ]
  const rows = tables.map((table) => `select '${table}' as name, ctid::text, xmin::text from ${table}`)
  return registry.sql(`${rows.join(' union all ')} order by 1, 2`)
}

describe('the small catalogue', () => {
  const hostname = 'small.example.com'

  test('comes whole, with a report, a fact and a source that only members see', async () => {
    const { report } = await take(hostname, catalogueFolder)

    const { modules, providers } = await openTofuFolder(catalogueFolder)
      .totals()!
      .then((totals) => totals!)
    expect(report).toMatchObject({ modules: { new: modules }, providers: { new: providers } })
    expect(report.versions.new).toBeGreaterThan(modules + providers)
    expect(await registry.facts()).toContainEqual(
      expect.objectContaining({
        kind: 'catalogue.imported',
        subject: hostname,
        details: expect.objectContaining({ modules: report.modules }),
      }),
    )
    expect(
      await registry.sql('select visibility, kind from catalogue_sources where hostname = $1', [hostname]),
    ).toEqual([{ visibility: 'internal', kind: 'opentofu-folder' }])
  })

  test('taken again it writes no row', async () => {
    const before = await writtenRows()

    const { report } = await take(hostname, catalogueFolder)

    expect(report.modules).toMatchObject({ new: 0, changed: 0, gone: 0 })
    expect(report.versions).toEqual({ new: 0, changed: 0, gone: 0 })
    expect(await writtenRows()).toEqual(before)
  })

  test('has documents that say what the rows say', async () => {
    const rows = await registry.sql<{ key: string; versions: string[] }>(
      `select 'upstream/' || hostname || '/modules/' || namespace || '/' || name || '/' || system || '/versions' as key,
         array(select version from module_versions where module_id = m.id and listed order by precedence desc) as versions
       from modules m where hostname = $1`,
      [hostname],
    )

    for (const { key, versions } of rows) {
      expect((await documentOf(key)).modules[0].versions).toEqual(versions.map((version) => ({ version })))
    }
  })

  test('shows nothing among our own, and nothing to their doors', async () => {
    for (const path of ['/api/v1/modules', '/api/v1/providers', '/api/v1/namespaces']) {
      expect((await registry.admin.get(path)).json.items).toEqual([])
    }
    const [one] = await registry.sql(`select namespace, name, system from modules where hostname = $1 limit 1`, [
      hostname,
    ])
    const address = `${one.namespace}/${one.name}/${one.system}`
    expect((await registry.admin.get(`/v1/modules/${address}/versions`)).status).toBe(404)
    expect((await registry.admin.get(`/api/v1/modules/${address}`)).status).toBe(404)
  })

  test('is well when it is held against its source, and not when that has changed', async () => {
    const verified = await verifyCatalogue(own.db, openTofuFolder(catalogueFolder), hostname)
    expect(verified.differences).toEqual([])
    expect(verified.sampled).toBeGreaterThan(50)

    const other = await folderOf('other', { 'modules/a/acme/vpc/aws.json': moduleFile(['1.0.0']) })
    const differing = await verifyCatalogue(own.db, openTofuFolder(other), hostname, { only: 'modules' })
    expect(differing.differences.map(({ reason }) => reason)).toContainEqual(expect.stringContaining('in the source'))
  })
})

describe('a registry that changes', () => {
  const hostname = 'changing.example.com'
  const [provider, module] = ['providers/a/acme/x.json', 'modules/a/acme/vpc/aws.json']

  test('what came, changed, went and came back is told and told apart', async () => {
    const taken = async (files: Record<string, unknown>) =>
      (await take(hostname, await folderOf('changing', files))).report
    const [one, two] = [providerFile(['1.0.0']), providerFile(['1.1.0', '1.0.0'], { warnings: ['moved'] })]

    await taken({
      [provider]: one,
      [module]: moduleFile(['v1.0.0']),
      'modules/a/acme/old/aws.json': moduleFile(['1.0.0']),
    })
    const changed = await taken({ [provider]: two, [module]: moduleFile(['v1.1', 'v1.0.0']) })

    expect(changed).toMatchObject({
      modules: { new: 0, changed: 1, gone: 1 },
      providers: { new: 0, changed: 1, gone: 0 },
      versions: { new: 2, changed: 0, gone: 0 },
      platforms: { new: 2, changed: 0, gone: 0 },
    })
    expect(await documentOf(`upstream/${hostname}/providers/acme/x/versions`)).toMatchObject({
      versions: [{ version: '1.1.0' }, { version: '1.0.0' }],
      warnings: ['moved'],
    })
    expect(await documentOf(`upstream/${hostname}/modules/acme/vpc/aws/versions`)).toMatchObject({
      modules: [{ versions: [{ version: '1.1' }, { version: '1.0.0' }] }],
    })
    expect(await documentOf(`upstream/${hostname}/modules/acme/old/aws/versions`)).toBeUndefined()

    const back = await taken({ [provider]: one, 'modules/a/acme/old/aws.json': moduleFile(['1.0.0']) })

    expect(back).toMatchObject({ modules: { changed: 1, gone: 1 }, providers: { changed: 1 }, versions: { gone: 1 } })
    expect(await documentOf(`upstream/${hostname}/modules/acme/old/aws/versions`)).toBeDefined()
  })

  test('a file that cannot be read, and a source with nothing of a kind, make nothing go', async () => {
    await take(
      hostname,
      await folderOf('changing', { [provider]: providerFile(['1.0.0']), [module]: moduleFile(['1.0.0']) }),
    )

    const { report } = await take(hostname, await folderOf('changing', { [provider]: '{"versions":' }))

    expect(report).toMatchObject({ providers: { unchanged: 1, gone: 0 }, modules: { gone: 0 }, problems: 1 })
    expect(await documentOf(`upstream/${hostname}/providers/acme/x/versions`)).toBeDefined()
  })

  test('what must not be published is kept, and listed no more', async () => {
    const files = { [provider]: providerFile(['6.1.0', '6.0.0']) }
    await take(hostname, await folderOf('changing', files))
    const blacklist = JSON.stringify({
      providers: [{ namespace: 'acme', name: 'x', version: '6.1.0', reason: 'broken' }],
    })

    const { runId } = await take(
      hostname,
      await folderOf('changing', { ...files, 'versions_blacklist.json': blacklist }),
    )

    expect((await documentOf(`upstream/${hostname}/providers/acme/x/versions`)).versions).toMatchObject([
      { version: '6.0.0' },
    ])
    expect(await registry.sql('select path, reason from job_problems where run_id = $1', [runId])).toEqual([
      { path: provider, reason: '"6.1.0" must not be published (broken): kept, not listed' },
    ])
    const out = join(base, 'out-changing')
    await exportCatalogue(own.db, hostname, out)
    expect(await readFile(join(out, provider), 'utf8')).toBe(JSON.stringify(files[provider], null, 2))
    expect(await readFile(join(out, 'versions_blacklist.json'), 'utf8')).toBe(blacklist)
  })
})

describe('an import that is ended', () => {
  const files = Object.fromEntries(
    Array.from({ length: 420 }, (_, n) =>
      n % 3 === 0
        ? [`providers/n/n${n % 7}/p${n}.json`, providerFile(['1.1.0', `1.0.${n}`])]
        : [`modules/n/n${n % 7}/m${n}/aws.json`, moduleFile(['v2.0.0', '1.0', `0.1.${n}`])],
    ),
  )

  test('by kills at any moment goes on to the same end', async () => {
    const folder = await folderOf('killed', files)
    await take('whole.example.com', folder)

    const reached = []
    for (const kill of [1, 2, 2]) reached.push(await killedImport(folder, 'killed.example.com', kill))
    const { report, resumed } = await take('killed.example.com', folder, { resume: true })

    expect(resumed).toBe(true)
    expect(reached).toEqual([...reached].sort((a, b) => a - b))
    expect(report).toMatchObject({ modules: { new: 280 }, providers: { new: 140 }, versions: { new: 1120 } })
    expect(await catalogueState(registry, 'killed.example.com')).toEqual(
      await catalogueState(registry, 'whole.example.com'),
    )
    expect(
      await registry.sql('select count(*)::int as runs from job_runs where subject = $1', ['killed.example.com']),
    ).toEqual([{ runs: 1 }])
  })

  test('without --resume begins anew, and says of the one before that it was ended', async () => {
    const folder = join(base, 'killed')
    await killedImport(folder, 'again.example.com', 1)

    const { resumed, report } = await take('again.example.com', folder)

    expect(resumed).toBe(false)
    expect(report.modules.unchanged).toBeGreaterThan(0)
    expect(
      await registry.sql(`select state from job_runs where subject = 'again.example.com' order by created_at`),
    ).toEqual([{ state: 'failed' }, { state: 'done' }])
    // An end that was reached is not gone on from.
    expect((await take('again.example.com', folder, { resume: true })).resumed).toBe(false)
  })

  test('because its process is to end waits for the next one, which goes on', async () => {
    const folder = join(base, 'killed')
    const interrupted = take('ended.example.com', folder, { atOnce: 50, interrupted: () => true })
    await expect(interrupted).rejects.toThrow('was to end')
    const [run] = await registry.sql(`select id, state, progress from job_runs where subject = 'ended.example.com'`)
    expect(run).toMatchObject({ state: 'waiting', progress: { done: 50, total: 420 } })

    const { resumed, report } = await take('ended.example.com', folder, { runId: run.id })

    expect(resumed).toBe(true)
    expect(report).toMatchObject({ modules: { new: 280 }, providers: { new: 140 } })
  })

  test('two of one registry go one after the other', async () => {
    const second = await ownConnection(database.application, 'import')
    const order: string[] = []
    const folder = join(base, 'killed')
    const request = (name: string) => ({
      source: openTofuFolder(folder),
      hostname: 'twice.example.com',
      asker: { caller: system },
      waits: () => void order.push(`${name} waits`),
    })

    let other: ReturnType<typeof importSource> | undefined
    const first = importSource(own, {
      ...request('first'),
      atOnce: 40,
      watch({ done }) {
        other ??= importSource(second, request('second'))
        if (done === 420) order.push('first is done')
      },
    })
    const reports = [(await first).report, (await other!).report]
    await second.close()

    expect(order).toEqual(['second waits', 'first is done'])
    expect(reports.map(({ modules }) => modules)).toMatchObject([{ new: 280 }, { new: 0, unchanged: 280 }])
  })
})

/** @returns how far it was when it was killed after so many batches */
async function killedImport(folder: string, hostname: string, batches: number): Promise<number> {
  const program = fileURLToPath(new URL('../../../test/import-process.ts', import.meta.url))
  const input = JSON.stringify({ login: database.application, folder, hostname })
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), program, input], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  // It may be dead already.
  child.stdin.on('error', () => {})
  let [done, heard] = [0, 0]
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.trim().split('\n')) {
      done = Number(line)
      heard += 1
      // The first line says from where it goes on.
      if (heard > batches) setTimeout(() => child.kill('SIGKILL'), Math.random() * 20)
      // It gets no further than the next batch, however late it is killed.
      if (heard <= batches + 1) child.stdin.write('.')
    }
  })
  await once(child, 'exit')
  return done
}

const realFolder = process.env.CADASTRE_TEST_DATA

/** Every file below, by its path. */
async function textsOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const texts = await Promise.all(
    paths.map(async (path) => [relative(folder, path), await readFile(path, 'utf8')] as const),
  )
  return Object.fromEntries(texts.sort(([a], [b]) => (a < b ? -1 : 1)))
}

describe.skipIf(!realFolder)('a third of the real registry', () => {
  const hostname = 'registry.opentofu.org'

  test('comes whole, what is odd is told, and every file is written back to the byte', async () => {
    const out = join(base, 'out-real')
    const { report, runId } = await take(hostname, realFolder!)
    await exportCatalogue(own.db, hostname, out)

    expect(report).toMatchObject({
      modules: { new: 592 },
      providers: { new: 61 },
      versions: { new: 11_268 },
      platforms: { new: 11_171 },
      keys: { new: 31 },
    })
    const odd = await registry.sql(
      `select reason from job_problems where run_id = $1 and path like '%/kong/kong/kuma.json'`,
      [runId],
    )
    expect(odd).toEqual([{ reason: 'lies one folder too deep: taken all the same' }])
    for (const kind of ['modules', 'providers', 'keys']) {
      expect(await textsOf(join(out, kind))).toEqual(await textsOf(join(realFolder!, kind)))
    }
  })

  test('files of today come back to the byte, with what must not be published', async () => {
    const today = join(base, 'today')
    await cp(join(realFolder!, 'format-2026'), today, { recursive: true })
    const out = join(base, 'out-today')

    await take('today.example.com', today)
    await exportCatalogue(own.db, 'today.example.com', out)

    expect(await textsOf(out)).toEqual(await textsOf(today))
  })
})
