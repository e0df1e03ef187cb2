/** Which terraform and tofu there are on this machine. */
import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import type { Surroundings } from '../surroundings.ts'
import { type Finding, ok, warning } from './finding.ts'

export async function checkPrograms(here: Surroundings, seconds: number): Promise<Finding> {
  const check = 'programs'
  const names = ['terraform', 'tofu']
  const versions = await Promise.all(names.map((name) => versionOf(name, here, seconds)))
  const there = names.flatMap((name, index) => (versions[index] ? [`${name} ${versions[index]}`] : []))
  if (there.length > 0) return ok(check, `${there.join(', ')}.`)
  return warning(check, 'Neither terraform nor tofu is on the PATH, or they do not answer.', 'Install one of them.')
}

/** Only asks for its version, and keeps it from asking elsewhere whether that is the newest. */
function versionOf(name: string, { env }: Surroundings, seconds: number): Promise<string | undefined> {
  // In a working directory it would look at the providers there, too.
  const options = { cwd: tmpdir(), env: { ...env, CHECKPOINT_DISABLE: '1' }, timeout: seconds * 1000 }
  return new Promise((resolve) => {
    execFile(name, ['version', '-json'], options, (error, out) => resolve(error ? undefined : versionIn(out)))
  })
}

// Tofu calls it terraform_version, too.
function versionIn(out: string): string | undefined {
  try {
    const { terraform_version: version } = JSON.parse(out)
    return typeof version === 'string' ? version : undefined
  } catch {
    return undefined
  }
}
