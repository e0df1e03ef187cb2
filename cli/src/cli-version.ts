/** The version of this program, the same in every workspace. */
import { version } from '../package.json'

export const cliVersion: string = version
