/**
 * The licences of everything that a production install brings, from the lockfile; fails on one that is not on the list.
 * With `--notices FILE` their texts are written to a file instead, for those who get the bundles.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** All permissive: they ask for their notice to be kept, and for nothing else. */
const accepted = ['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT']

/** Asks that the package can be replaced: it is used as it comes, and is in none of our bundles. */
const replaceable = { openpgp: 'LGPL-3.0+' }

/** @returns every production package, for all platforms, with its licence */
export function productionLicences(lockfile = join(root, 'package-lock.json')) {
  const { packages } = JSON.parse(readFileSync(lockfile, 'utf8'))
  return Object.entries(packages)
    .filter(([path, { dev, link }]) => path.includes('node_modules/') && !dev && !link)
    .map(([path, { version, license }]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      path,
      licence: license ?? licenceOf(path) ?? 'unknown',
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** @returns those whose licence is not on the list; of `(A OR B)` one is enough, of `(A AND B)` both are needed */
export function unacceptedLicences(packages = productionLicences()) {
  return packages.filter(({ name, licence }) => replaceable[name] !== licence && !isAccepted(licence))
}

function isAccepted(licence) {
  const parts = (text, word) => text.split(new RegExp(` ${word} `, 'i'))
  return parts(licence.replace(/[()]/g, ''), 'OR').some((choice) =>
    parts(choice, 'AND').every((each) => accepted.includes(each.trim())),
  )
}

function licenceOf(path) {
  try {
    const { license, licenses } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'))
    return license?.type ?? license ?? licenses?.map(({ type }) => type).join(' OR ')
  } catch {
    return undefined
  }
}

/** The licence and notice files of the packages that are installed here, one after the other. */
export function notices(packages = productionLicences()) {
  return packages
    .map(({ name, version, licence, path }) => [`${name} ${version} (${licence})`, ...textsIn(join(root, path))])
    .filter((texts) => texts.length > 1)
    .map((texts) => texts.join('\n\n'))
    .join(`\n\n${'-'.repeat(80)}\n\n`)
}

function textsIn(folder) {
  try {
    const files = readdirSync(folder).filter((name) => /^(licen[cs]e|notice|copying)/i.test(name))
    return files.map((name) => readFileSync(join(folder, name), 'utf8').trim())
  } catch {
    return []
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const packages = productionLicences()
  const file = process.argv[2] === '--notices' && process.argv[3]
  if (file) {
    writeFileSync(file, `${notices(packages)}\n`)
    process.exit(0)
  }
  for (const { name, version, licence } of packages) process.stdout.write(`${licence}\t${name}@${version}\n`)
  const refused = unacceptedLicences(packages)
  if (refused.length > 0) {
    process.stderr.write(
      `Not on the list of scripts/licences.mjs: ${refused.map(({ name, licence }) => `${name} (${licence})`).join(', ')}\n`,
    )
    process.exit(1)
  }
  process.stdout.write(`${packages.length} packages, each under a licence on the list\n`)
}
