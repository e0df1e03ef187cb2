#!/usr/bin/env node
// Measures pages of a running registry in headless Chromium and prints one JSON line per page: HTTP status, paint
// times, layout shift, blocking time, requests and bytes by type, DOM size, title, headings, sideways scroll,
// requests that tried to leave the host, and axe findings (WCAG 2.0-2.2 A and AA). A KB is 1000 bytes as sent.
//
//   node ux-measure.mjs BASE_URL SHOT_PREFIX "/path::name[::light|dark]" ...
//   node ux-measure.mjs http://127.0.0.1:8080 shots/desk "/::home" "/modules/platform/vpc/aws::module::dark"
//
// SHOT_PREFIX "-" takes no screenshots.
// Only loopback addresses can be reached; anything else fails and is listed under "external".
//
//   CHROMIUM_PATH  browser to start (default /usr/bin/chromium)
//   W, H           viewport (default 1440 x 900); 375 x 740 and 320 x 740 are the phone cases
//   SLOW=1         10 Mbit/s down, 5 up, 40 ms, CPU four times slower; no screenshots
//   RUNS           loads per page, times are the median (default 1; use 5 for a gate)
//   WAIT           milliseconds to settle after the network is quiet (default 1200)
//   COOKIE         "name=value" for signed-in pages
//   AXE            axe.min.js to inject (default: the installed axe-core); AXE=off skips axe
//   AXE_TAGS       comma-separated rule tags (default wcag2a,wcag2aa,wcag21a,wcag21aa,wcag22aa)
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

const [base, shotPrefix, ...pages] = process.argv.slice(2)
if (!base || !shotPrefix || pages.length === 0) {
  console.error('usage: ux-measure.mjs BASE_URL SHOT_PREFIX "/path::name[::light|dark]" ...')
  process.exit(2)
}

const env = process.env
const require = createRequire(import.meta.url)
const axeSource = env.AXE === 'off' ? null : readFileSync(env.AXE ?? require.resolve('axe-core/axe.min.js'), 'utf8')
const axeTags = (env.AXE_TAGS ?? 'wcag2a,wcag2aa,wcag21a,wcag21aa,wcag22aa').split(',')
const slow = env.SLOW === '1'
const runs = Number(env.RUNS ?? 1)
const loopback = new Set(['127.0.0.1', 'localhost', '[::1]'])

const browser = await chromium.launch({
  executablePath: env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: [
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE [::1]',
    '--no-proxy-server',
    '--disable-quic',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ],
})

for (const page of pages) {
  const [path, name, scheme = 'light'] = page.split('::')
  const loads = []
  for (let run = 0; run < runs; run++) loads.push(await load(path, name, scheme, run === runs - 1))
  const last = loads.at(-1)
  for (const time of ['fcp', 'lcp', 'tbt', 'cls']) last[time] = median(loads.map((one) => one[time]))
  console.log(JSON.stringify({ path, name, scheme, runs, ...last }))
}
await browser.close()

async function load(path, name, scheme, isLast) {
  const context = await browser.newContext({
    viewport: { width: Number(env.W ?? 1440), height: Number(env.H ?? 900) },
    colorScheme: scheme,
    bypassCSP: true,
  })
  if (env.COOKIE) {
    const [key, ...value] = env.COOKIE.split('=')
    await context.addCookies([{ name: key, value: value.join('='), url: base }])
  }
  const tab = await context.newPage()
  const errors = []
  const external = new Set()
  tab.on('pageerror', (error) => errors.push(String(error).slice(0, 160)))
  tab.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (protocol.startsWith('http') && !loopback.has(hostname)) external.add(hostname)
  })

  const wire = await context.newCDPSession(tab)
  const types = new Map()
  const kilobytes = {}
  let requests = 0
  wire.on('Network.responseReceived', (event) => types.set(event.requestId, event.type))
  wire.on('Network.loadingFinished', (event) => {
    const type = types.get(event.requestId) ?? 'Other'
    requests += 1
    kilobytes[type] = (kilobytes[type] ?? 0) + event.encodedDataLength / 1000
  })
  await wire.send('Network.enable')
  await wire.send('Network.setCacheDisabled', { cacheDisabled: true })
  if (slow) {
    const bytesPerSecond = (megabits) => (megabits * 1024 * 1024) / 8
    await wire.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 40,
      downloadThroughput: bytesPerSecond(10),
      uploadThroughput: bytesPerSecond(5),
    })
    await wire.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  }

  await tab.addInitScript(() => {
    const seen = { lcp: 0, cls: 0, tbt: 0 }
    window.__ux = seen
    const watch = (type, each) =>
      new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true })
    watch('largest-contentful-paint', (entry) => (seen.lcp = entry.startTime))
    watch('layout-shift', (entry) => (seen.cls += entry.hadRecentInput ? 0 : entry.value))
    watch('longtask', (entry) => (seen.tbt += Math.max(0, entry.duration - 50)))
  })
  const answer = await tab
    .goto(new URL(path, base).href, { waitUntil: 'networkidle', timeout: 40_000 })
    .catch((error) => {
      errors.push(`goto ${String(error).slice(0, 120)}`)
    })
  await tab.waitForTimeout(Number(env.WAIT ?? 1200))

  const facts = await tab.evaluate(() => ({
    fcp: Math.round(performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0),
    lcp: Math.round(window.__ux.lcp),
    tbt: Math.round(window.__ux.tbt),
    cls: Number(window.__ux.cls.toFixed(3)),
    dom: document.querySelectorAll('*').length,
    lang: document.documentElement.lang,
    title: document.title,
    h1: [...document.querySelectorAll('h1')].map((heading) => heading.textContent.trim().slice(0, 60)),
    overflow: document.documentElement.scrollWidth > innerWidth,
  }))
  if (isLast && !slow && shotPrefix !== '-') await tab.screenshot({ path: `${shotPrefix}-${name}.png` })
  const axe = isLast && axeSource ? await findings(tab) : undefined
  await context.close()

  const sizes = Object.fromEntries(Object.entries(kilobytes).map(([type, size]) => [type, Number(size.toFixed(1))]))
  const total = Number(
    Object.values(kilobytes)
      .reduce((sum, size) => sum + size, 0)
      .toFixed(1),
  )
  return {
    status: answer?.status() ?? null,
    ...facts,
    requests,
    totalKB: total,
    sizesKB: sizes,
    external: [...external],
    axe,
    errors: errors.slice(0, 3),
  }
}

async function findings(tab) {
  try {
    await tab.evaluate(axeSource)
    const result = await tab.evaluate((tags) => window.axe.run(document, { runOnly: tags }), axeTags)
    return result.violations.map((one) => `${one.id}[${one.impact}]x${one.nodes.length}`)
  } catch (error) {
    return [`axe failed: ${String(error).slice(0, 120)}`]
  }
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}
