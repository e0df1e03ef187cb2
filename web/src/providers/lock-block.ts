/** What `.terraform.lock.hcl` records of a provider. */
type Lock = { provider: string; version: string; hashes: readonly string[] }

export const lockBlock = ({ provider, version, hashes }: Lock): string =>
  `provider "${provider}" {
  version = "${version}"
  hashes = [
${hashes.map((hash) => `    "${hash}",`).join('\n')}
  ]
}`
