/** The version of this program, the same in every workspace. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serverRoot } from '../foundation/server-root.ts'

export const version: string = JSON.parse(readFileSync(join(serverRoot, 'package.json'), 'utf8')).version
