/** What a command sees of the machine it runs on, as one value, so that finding a registry can be tried out on any. */
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { fileURLToPath } from 'node:url'

export type Surroundings = {
  env: Record<string, string | undefined>
  cwd: string
  home: string
  platform: NodeJS.Platform
  /** the checkout that this program was built in, when it lies in one */
  clone: string | undefined
}

export const surroundingsHere = (): Surroundings => ({
  env: process.env,
  cwd: process.cwd(),
  home: homedir(),
  platform: process.platform,
  clone: cloneHere(),
})

/** Sources and bundle lie equally deep, so this finds the same folder from both. */
function cloneHere(): string | undefined {
  const root = new URL('../../', import.meta.url)
  return existsSync(new URL('scripts/build.mjs', root)) ? fileURLToPath(root) : undefined
}
