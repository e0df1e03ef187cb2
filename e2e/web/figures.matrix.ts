/**
 * What the main pages weigh and how soon they stand, in the browser: bytes, requests and shifts are limits, times are told
 * beside theirs (performance and machine differ). `RUNS` loads each page so often, and takes the median.
 */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inChromium } from '../browser.ts'
import { ready, type Seeded, startSeeded } from './seeded.ts'

type Measured = {
  path: string
  status: number
  requests: number
  totalKB: number
  sizesKB: Record<string, number>
  fcp: number
  lcp: number
  tbt: number
  cls: number
  external: string[]
  errors: string[]
}

let registry: Seeded
beforeAll(async () => {
  registry = await startSeeded()
})
afterAll(() => registry?.stop())

const { home, modules, module: ofModule, moduleInputs, provider } = ready
const paths = [home, modules, ofModule, moduleInputs, provider, '/login']
const runs = process.env.RUNS ?? '5'

async function measured(slow: boolean): Promise<Measured[]> {
  const tool = fileURLToPath(new URL('../ux-measure.mjs', import.meta.url))
  const env = { ...process.env, RUNS: runs, SLOW: slow ? '1' : '', AXE: 'off' }
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [tool, registry.url, '-', ...paths.map((path) => `${path}::${path}`)],
    { env },
  )
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

function table(title: string, rows: Measured[], limits: { lcp: number; tbt?: number }): string {
  const lines = rows.map(({ path, requests, totalKB, sizesKB, fcp, lcp, tbt, cls }) => {
    const of = (type: string) => (sizesKB[type] ?? 0).toFixed(1).padStart(7)
    return `${path.padEnd(36)}${String(requests).padStart(4)}${totalKB.toFixed(1).padStart(8)}${of('Script')}${of('Stylesheet')}${of('Font')}${of('Document')}${String(fcp).padStart(7)}${String(lcp).padStart(7)}${String(tbt).padStart(6)}${cls.toFixed(3).padStart(7)}`
  })
  const head = `${'page'.padEnd(36)}${'req'.padStart(4)}${'KB'.padStart(8)}${'js'.padStart(7)}${'css'.padStart(7)}${'fonts'.padStart(7)}${'html'.padStart(7)}${'FCP'.padStart(7)}${'LCP'.padStart(7)}${'TBT'.padStart(6)}${'CLS'.padStart(7)}`
  return `\n${title}, median of ${runs}; limits: LCP ${limits.lcp} ms${limits.tbt === undefined ? '' : `, TBT ${limits.tbt} ms`}\n${head}\n${lines.join('\n')}\n`
}

inChromium(() => {
  test('pages weigh no more than they may, ask no other host, and do not jump', async () => {
    const plain = await measured(false)
    process.stdout.write(table('On a fast network', plain, { lcp: 600 }))

    for (const page of plain) {
      expect(page).toMatchObject({ status: 200, external: [], errors: [] })
      expect(page.cls, page.path).toBeLessThanOrEqual(0.01)
      expect(page.totalKB, page.path).toBeLessThanOrEqual(275)
      expect(page.requests, page.path).toBeLessThanOrEqual(14)
      expect(page.sizesKB.Script ?? 0, page.path).toBeLessThanOrEqual(page.path === '/login' ? 100 : 150)
    }
  })

  test('on a slow network and a slow machine they do not jump either', async () => {
    const slow = await measured(true)
    process.stdout.write(table('At 10 Mbit/s, 40 ms, a quarter of the processor', slow, { lcp: 1600, tbt: 250 }))

    for (const { path, cls } of slow) expect(cls, path).toBeLessThanOrEqual(0.01)
  })
})
