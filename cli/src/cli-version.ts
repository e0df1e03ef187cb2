/** The version of this program, the same in every workspace. */
import { readFileSync } from 'node:fs'

// Sources and bundle lie equally deep.
export const cliVersion: string = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version
