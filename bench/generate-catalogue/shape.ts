/** The public OpenTofu registry of 2024-09-13 in numbers, which are all that is known of it here. */
import type { Curve } from './chance.ts'

export const measured = { providers: 3_855, modules: 23_495 }
export const full = { providers: 4_000, modules: 24_000 }

export type Shape = {
  /** versions per item */
  versions: Curve
  /** items per namespace */
  namespaces: Curve
  namespaceCount: number
  distinctNames: number
  /** how often the commonest names are there */
  commonest: number[]
  prerelease: number
  build: number
}

export const providerShape: Shape = {
  versions: [
    [0, 1],
    [0.269, 1.49],
    [0.42, 2.49],
    [0.515, 3.49],
    [0.58, 4.49],
    [0.75, 10.4],
    [0.9, 28],
    [0.95, 53],
    [0.981, 100],
    [0.99, 135],
    [0.999, 313],
    [0.99987, 402],
    [1, 402],
  ],
  namespaces: [
    [0, 1],
    [0.87, 1.4],
    [0.9, 1.6],
    [0.97, 2.6],
    [0.99, 5.2],
    [0.999, 24],
    [0.99983, 74],
    [1, 74],
  ],
  namespaceCount: 2_871,
  distinctNames: 2_097,
  commonest: [55, 32, 30],
  prerelease: 0.061,
  build: 140 / 46_911,
}

export const moduleShape: Shape = {
  versions: [
    [0, 1],
    [0.306, 1.49],
    [0.45, 2.49],
    [0.555, 3.49],
    [0.63, 4.49],
    [0.75, 7.2],
    [0.9, 19],
    [0.95, 31],
    [0.99, 82],
    [0.9933, 100],
    [0.999, 201],
    [0.9998, 600],
    [0.99998, 2_504],
    [1, 2_504],
  ],
  namespaces: [
    [0, 1],
    [0.7, 1.49],
    [0.8, 2.4],
    [0.895, 4.6],
    [0.94, 7.5],
    [0.97, 14],
    [0.99, 31],
    [0.999, 100],
    [0.99994, 427],
    [1, 427],
  ],
  namespaceCount: 7_980,
  distinctNames: 11_727,
  commonest: [555, 409, 160],
  prerelease: 0.041,
  build: 29 / 194_998,
}

/** Of the versions of modules; `withV` of those modules that do not mix both. */
export const tags = { withV: 0.697, twoParts: 4_530 / 194_998, onePart: 733 / 194_998 }
/** Of the modules with several versions: with both ways to write a tag, and with one version in both. */
export const mixedTags = { mixed: 1_296 / 15_500, twice: 318 / 15_500 }

export const systems = {
  aws: 45.8,
  azurerm: 9.6,
  google: 5.1,
  azure: 3.8,
  module: 2.1,
  kubernetes: 2,
  shoreline: 1.7,
  beginner: 1.5,
  gcp: 1.4,
  oci: 1.2,
  alicloud: 1.2,
  aci: 0.9,
}
/** Beside those, each of them with little. */
export const otherSystems = { count: 1_022, share: 23.7 }

/** Of the versions of providers. A hundred providers went from one to the next. */
export const protocols = { '5.0': 84.5, '6.0': 15.3, '5.0 6.0': 0.13 }
export const protocolChanges = 106 / 3_855

/** Of the namespaces with providers. */
export const withSigningKey = 0.03

/** Of the providers with several versions, so that a quarter of all come for other platforms than they did. */
export const platformChanges = 0.36
export const distinctPlatformSets = 339

/** What is made up, since nobody knows it of that registry. */
export const madeUp = { stars: { mean: 1.2, deviation: 2, most: 11_000 }, mostDownloads: 4e9, downloadsFall: 1.75 }

/** The set for imports that never end: more of everything, and every provider for the twelve commonest platforms. */
export const deep = {
  providers: 4_000,
  modules: 18_000,
  providerVersions: [
    [0, 27],
    [0.98999, 27],
    [0.99, 300],
    [0.9997, 300],
    [1, 470],
  ] satisfies Curve,
  moduleVersions: [
    [0, 30],
    [1, 30],
  ] satisfies Curve,
}
