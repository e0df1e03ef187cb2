/** Opens an address in the browser of whoever sits in front of this machine. */
import { spawn } from 'node:child_process'
import type { Surroundings } from '../surroundings.ts'

/** Without a shell, which would read an address as a command. */
const openers: Partial<Record<NodeJS.Platform, [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
  linux: ['xdg-open'],
}

/** Whether somebody looks at a screen here: over ssh a browser would open in the terminal, or nowhere. */
export function hasBrowser({ env, platform }: Surroundings): boolean {
  if (env.CI && env.CI !== 'false') return false
  if (!openers[platform] || !process.stderr.isTTY) return false
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/** Says nothing when it fails: the address is printed, too. */
export function openBrowser(address: string, { platform }: Surroundings): void {
  const [program, ...args] = openers[platform]!
  const child = spawn(program, [...args, address], { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}
