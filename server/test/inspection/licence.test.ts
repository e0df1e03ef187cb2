/** Which licence a file is: by its SPDX identifier, or by words that stand in one licence only. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { spdxOf } from '../../src/modules/inspection/licence.ts'
import { inspected } from './inspected.ts'

const permission =
  'Permission to use, copy, modify, and/or distribute this software for any\npurpose with or without fee is hereby granted'
const redistribution = 'Redistribution and use in source and binary forms, with or without\nmodification, are permitted'
const mit = 'Permission is hereby granted, free of charge, to any person obtaining a copy'

test.each([
  ['MIT', `${mit} …\nThe above copyright notice and this permission notice shall be included in all copies`],
  ['MIT-0', `${mit} … and to permit persons to whom the Software is furnished to do so.\n\nTHE SOFTWARE IS PROVIDED`],
  [
    'Apache-2.0',
    '                                 Apache License\n                           Version 2.0, January 2004\n',
  ],
  ['Apache-2.0', 'Licensed under the Apache License, Version 2.0 (the "License")'],
  ['MPL-2.0', 'Mozilla Public License Version 2.0\n==================================\n'],
  ['MPL-2.0', 'Mozilla Public License, version 2.0\n\n1. Definitions'],
  [
    'BUSL-1.1',
    'License text copyright (c) 2020 MariaDB\n\nBusiness Source License 1.1\n\nChange License: Mozilla Public License, Version 2.0',
  ],
  ['BSD-2-Clause', redistribution],
  [
    'BSD-3-Clause',
    `${redistribution}\n3. Neither the name of the copyright holder nor the names of its\n   contributors may be used to endorse`,
  ],
  ['ISC', `${permission}, provided that the above\ncopyright notice and this permission notice appear in all copies.`],
  ['0BSD', `${permission}.`],
  ['GPL-3.0-only', '                    GNU GENERAL PUBLIC LICENSE\n                       Version 3, 29 June 2007'],
  ['GPL-2.0-only', '                    GNU GENERAL PUBLIC LICENSE\n                       Version 2, June 1991'],
  [
    'LGPL-3.0-only',
    '                   GNU LESSER GENERAL PUBLIC LICENSE\n                       Version 3, 29 June 2007\n version 3 of the GNU General Public License',
  ],
  [
    'LGPL-2.1-only',
    '                  GNU LESSER GENERAL PUBLIC LICENSE\n                       Version 2.1, February 1999',
  ],
  [
    'AGPL-3.0-only',
    '                    GNU AFFERO GENERAL PUBLIC LICENSE\n                       Version 3, 19 November 2007',
  ],
  ['Unlicense', 'This is free and unencumbered software released into the public domain.'],
  ['CC0-1.0', 'Creative Commons Legal Code\n\nCC0 1.0 Universal'],
  ['EUPL-1.2', '# SPDX-License-Identifier: EUPL-1.2\n'],
  ['MIT OR Apache-2.0', '<!-- SPDX-License-Identifier: MIT OR Apache-2.0 -->'],
  [null, 'All rights reserved.'],
  [null, ''],
])('%s is recognised', (spdx, text) => {
  expect(spdxOf(text)).toBe(spdx)
})

test('the licence of this project is recognised in the root of a module, and nowhere else', async () => {
  const text = readFileSync(new URL('../../../LICENSE', import.meta.url), 'utf8')

  expect((await inspected({ 'main.tf': '', 'LICENSE.md': text })).licence).toEqual({ file: 'LICENSE.md', spdx: 'MIT' })
  expect((await inspected({ 'main.tf': '', 'docs/LICENSE': text })).licence).toBeNull()
})
