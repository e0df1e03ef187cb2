/**
 * Lists that are long: 10,000 modules, 10,000 of another registry, 10,000 events, 1,200 tokens. They are gone through with
 * the keyboard alone, twenty pages deep. How soon they answer is told, and no limit.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenCatalogue } from '../../server/test/catalogue/given.ts'
import { inChromium } from '../browser.ts'
import { longestAnswer } from './answers-to-keys.ts'
import { focusIsIn, named } from './keyboard.ts'
import { type Seeded, startSeeded } from './seeded.ts'
import { eventually, open } from './watched.ts'

const many = 10_000
const tokens = 1_200
const pages = 20

let registry: Seeded
beforeAll(async () => {
  registry = await startSeeded()
  await registry.sql(
    `with added as (
       insert into modules (namespace_id, namespace, name, system, description)
       select namespace_id, namespace, 'many-' || n, 'generic', 'What module ' || n || ' is for, said in a sentence.'
       from modules, generate_series(1, $1) as n where name = 'network' and hostname = 'self' returning id)
     insert into module_versions (module_id, version, core, precedence, prerelease, published_by, published_at, object_id, sha256, content_sha256, size_bytes)
     select added.id, version, core, precedence, prerelease, published_by, published_at, object_id, sha256, content_sha256, size_bytes
     from added, module_versions where module_id = (select id from modules where name = 'network' and hostname = 'self')
       and version = '1.0.0'`,
    [many],
  )
  await registry.sql(
    `insert into audit_logs (occurred_at, kind, caller_kind, caller_id, caller_name, subject, details)
     select now() - n * interval '1 minute', 'module.published', 'api-key', 'many', 'pipeline ' || n % 7,
       'platform/many-' || n || '/generic 1.0.0', jsonb_build_object('sizeBytes', n)
     from generate_series(1, $1) as n`,
    [many],
  )
  await registry.sql(
    `insert into api_keys (organization_id, user_id, name, key_hash, key_prefix, scopes, created_by)
     select organization_id, user_id, 'pipeline ' || n, sha256(n::text::bytea), 'cad_' || n, scopes, created_by
     from api_keys, generate_series(1, $1) as n where user_id is not null`,
    [tokens],
  )
  await givenCatalogue(
    registry,
    Array.from({ length: many }, (_, index) => ({
      address: `open/many-${index}/aws`,
      description: `What module ${index} is for, said in a sentence.`,
    })),
    { visibility: 'public' },
  )
  while ((await registry.admin.get('/api/v1/search?q=many')).json.total.count < 2 * many) await pause(100)
}, 240_000)
afterAll(() => registry?.stop())

const elements = (page: Page): Promise<number> => page.evaluate("document.querySelectorAll('*').length")
/** What `j` and `k` go through. */
const stepped = 'main [data-hit], main tbody th a'
const median = (numbers: number[]) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)]!

/** [what is listed, its address, its rows, what the button says, whether j and k go through it] */
const lists = [
  ['modules', '/modules', 'main tbody tr', 'Show more modules', true],
  ['hits', '/search?q=many', '[data-hit]:not(section *)', 'Show more results', true],
  ['hits without a word', '/search', '[data-hit]', 'Show more results', true],
  ['events of the audit trail', '/admin/audit', 'main ol > li', 'Show more events', false],
  ['tokens', '/me/tokens', 'main tbody tr', 'Show more tokens', false],
] as const

inChromium((visit) => {
  test.each(lists)('%s, twenty pages of them', async (what, path, row, more, hasKeys) => {
    const page = await visit({ viewport: { width: 1440, height: 900 } })
    await registry.signIn(page)
    await open(page, registry.url + path)
    const rows = page.locator(row)
    const first = await rows.count()
    await page.getByRole('button', { name: more }).focus()

    const waited: number[] = []
    const longestPage = await longestAnswer(page, async () => {
      for (let shown = 1; shown <= pages; shown++) {
        const [before, started] = [await rows.count(), Date.now()]
        await page.keyboard.press('Enter')
        await eventually(() => rows.count()).toBeGreaterThan(before)
        await eventually(() => page.getByRole('button', { name: more }).getAttribute('aria-busy')).toBeNull()
        waited.push(Date.now() - started)
        expect(await named(page)).toBe(more)
      }
    })
    expect(await rows.count()).toBe(first * (pages + 1))

    let longestStep = 0
    if (hasKeys) {
      await page.locator(stepped).nth(10).focus()
      longestStep = await longestAnswer(page, async () => {
        for (const key of 'jjjjjkkjjj') await page.keyboard.press(key, { delay: 60 })
      })
      expect(await page.evaluate(`[...document.querySelectorAll('${stepped}')].indexOf(document.activeElement)`)).toBe(
        16,
      )
    }
    await page.keyboard.press('/')
    await eventually(() => focusIsIn(page, '#search-field, [role=dialog]')).toBe(true)
    const longestLetter = await longestAnswer(page, () => page.keyboard.type('many-77', { delay: 120 }))

    process.stdout.write(
      `\n${await rows.count()} ${what}: a page in ${median(waited)} ms, at most ${Math.max(...waited)} ms; longest answer to a key ${longestPage} ms (more), ${longestStep} ms (j and k), ${longestLetter} ms (search); ${await elements(page)} elements\n`,
    )
  })

  test('where a list ends, the focus is not lost', async () => {
    const page = await visit()
    await registry.signIn(page)
    await open(page, `${registry.url}/me/tokens`)
    const more = page.getByRole('button', { name: 'Show more tokens' })
    await more.focus()
    while ((await more.count()) > 0) {
      const before = await page.getByRole('row').count()
      await page.keyboard.press('Enter')
      await eventually(() => page.getByRole('row').count()).toBeGreaterThan(before)
      await eventually(() => page.locator('[aria-busy]').count()).toBe(0)
    }

    await eventually(() => named(page)).toBe(`All ${(tokens + 1).toLocaleString('en')} tokens are shown.`)
  })
})
