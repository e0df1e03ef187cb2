/**
 * Asks Renovate itself, as the program would ask for a dependency: what to look up comes in as JSON, what it found goes
 * out as JSON. A process of its own, since Renovate keeps its rules and answers in its memory.
 */
import { createRequire } from 'node:module'
import { text } from 'node:stream/consumers'

const require = createRequire(import.meta.url)
const renovate = (file) => require(`./node_modules/renovate/dist/${file}`)

const { hostRules, lookUps } = JSON.parse(await text(process.stdin))
renovate('proxy').bootstrap()
renovate('util/cache/memory').init()
for (const rule of hostRules) renovate('util/host-rules').add(rule)
const { getPkgReleases } = renovate('modules/datasource')

const found = []
for (const lookUp of lookUps) found.push(await getPkgReleases(lookUp))
process.stdout.write(JSON.stringify(found), () => process.exit(0))
