/** The licence of a module: its file in the root, and which of the common ones it is, by its SPDX id. */
import type { ModuleKnowledge } from '@cadastre/contract/module-knowledge'
import type { TakenFile } from './folder.ts'

/** What it is called, in any case; PostgreSQL reads it as it is read here. */
export const licenceName = '^(licen[cs]e|copying|unlicen[cs]e)([.-][\\w.-]*)?$'
export const notLicenceName = '\\.(tf|tofu)(\\.json)?$'

const named = new RegExp(licenceName, 'i')
const otherwise = new RegExp(notLicenceName)

/** Longer texts are no licence. */
export const maxLicenceBytes = 256 * 1024

export const isLicence = (path: string) => !path.includes('/') && named.test(path) && !otherwise.test(path)

/** @param files those of the root that `isLicence` */
export function licenceOf(files: TakenFile[]): ModuleKnowledge['licence'] {
  const read = files
    .map(({ path, bytes }) => ({ file: path, spdx: spdxOf(bytes.toString()) }))
    .sort((a, b) => (a.file < b.file ? -1 : 1))
  // Of several files the first that is recognised: what is left is often a notice.
  return read.find(({ spdx }) => spdx !== null) ?? read[0] ?? null
}

/** Phrases that stand in one licence and in no other; the first whose phrases are all there. */
const phrases: [spdx: string, ...phrases: (string | RegExp)[]][] = [
  // Names the licence that it will become.
  ['BUSL-1.1', 'business source license 1.1'],
  ['AGPL-3.0', 'gnu affero general public license version 3'],
  ['LGPL-3.0', 'gnu lesser general public license version 3'],
  ['LGPL-2.1', 'gnu lesser general public license version 2.1'],
  ['LGPL-2.0', 'gnu library general public license version 2'],
  ['GPL-3.0', 'gnu general public license version 3'],
  ['GPL-2.0', 'gnu general public license version 2'],
  ['MPL-2.0', /mozilla public license,? (version |v\. ?)?2\.0/],
  ['EPL-2.0', 'eclipse public license - v 2.0'],
  ['EUPL-1.2', 'european union public licence v. 1.2'],
  ['Apache-2.0', /apache license,? version 2\.0/],
  ['CC0-1.0', 'cc0 1.0 universal'],
  ['CC-BY-SA-4.0', 'attribution-sharealike 4.0 international'],
  ['CC-BY-4.0', 'attribution 4.0 international'],
  ['Unlicense', 'this is free and unencumbered software released into the public domain'],
  ['BSL-1.0', 'boost software license - version 1.0'],
  ['Zlib', "this software is provided 'as-is'", 'altered source versions must be plainly marked as such'],
  [
    'BSD-3-Clause',
    'redistribution and use in source and binary forms',
    /neither the names? of .{1,200} may be used to endorse/,
  ],
  ['BSD-2-Clause', 'redistribution and use in source and binary forms'],
  [
    'ISC',
    'permission to use, copy, modify, and/or distribute this software for any purpose with or without fee',
    'provided that the above copyright notice',
  ],
  ['0BSD', 'permission to use, copy, modify, and/or distribute this software for any purpose with or without fee'],
  [
    'MIT-0',
    'permission is hereby granted, free of charge',
    /to permit persons to whom the software is furnished to do so\.? the software is provided/,
  ],
  [
    'MIT',
    'permission is hereby granted, free of charge',
    'the above copyright notice and this permission notice shall be included',
  ],
]

/** The GNU licences are told apart by whether later versions may be chosen, which their own text does not say. */
const withoutSuffix = /^A?L?GPL-/

/** All that are recognised by their text. */
export const spdxIds: string[] = phrases.flatMap(([spdx]) =>
  withoutSuffix.test(spdx) ? [`${spdx}-only`, `${spdx}-or-later`] : [spdx],
)

export function spdxOf(licence: string): string | null {
  const said = /SPDX-License-Identifier:[ \t]*([A-Za-z0-9.+() -]{1,100}?)[ \t]*(?:\*\/|-->|$)/m.exec(licence)?.[1]
  if (said) return said.trim()
  const text = licence
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d*#>_=]/g, ' ')
    .replace(/\s+/g, ' ')
  const found = phrases.find(([, ...wanted]) =>
    wanted.every((phrase) => (typeof phrase === 'string' ? text.includes(phrase) : phrase.test(text))),
  )
  if (!found) return null
  const [spdx] = found
  if (!withoutSuffix.test(spdx)) return spdx
  return `${spdx}-${/or \(at your option\) any later version/.test(text.slice(0, 1500)) ? 'or-later' : 'only'}`
}
