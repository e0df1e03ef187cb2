/** `~> 5.2`; a pre-release, or what is no such number, only as itself, since ranges never choose one. */
export function pinOf(version: string): string {
  const [major, minor] = version.split('.')
  return version.includes('-') || minor === undefined ? version : `~> ${major}.${minor}`
}
