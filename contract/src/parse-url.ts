/**
 * An address, or undefined for what is none. Not by `URL.canParse`: after some thousand calls that of Node 20 says no to every
 * address with letters such as ü, as its shortcut takes Latin-1 for UTF-8.
 */
export function parseUrl(text: string, base?: string | URL): URL | undefined {
  try {
    return new URL(text, base)
  } catch {
    return undefined
  }
}
