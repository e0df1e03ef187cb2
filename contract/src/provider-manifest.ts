/**
 * The manifest of a provider version: which plugin protocols it speaks. One rule for whoever sends it and whoever takes
 * it; each side refuses in its own way what is said here. Pure.
 */

export type ManifestFault = 'too-large' | 'invalid' | 'protocol'

/** Makes what is thrown: the fault, the sentence that says it, and what to do about it. */
export type RefuseManifest = (fault: ManifestFault, sentence: string, hint: string) => Error

const maxBytes = 64 * 1024
const maxProtocols = 32
const knownMajors = ['4', '5', '6']
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** @returns the protocols as `MAJOR.MINOR`, each once, oldest first */
export function readManifest(bytes: Uint8Array, refuse: RefuseManifest): { protocols: string[] } {
  const invalid = (fault: string) =>
    refuse('invalid', `The manifest cannot be used: ${fault}.`, `Write it like ${example}.`)
  if (bytes.length > maxBytes)
    throw refuse('too-large', 'The manifest has more than 64 KB.', `It looks like ${example}.`)
  const manifest = fieldsOf(parsed(bytes, invalid), 'it', invalid)
  if (manifest.version !== 1) throw invalid('its "version" has to be the number 1')
  const versions = fieldsOf(manifest.metadata, '"metadata"', invalid).protocol_versions
  if (!Array.isArray(versions)) throw invalid('"metadata.protocol_versions" has to be a list')
  if (versions.length === 0) throw invalid('"metadata.protocol_versions" is empty')
  if (versions.length > maxProtocols) throw invalid('"metadata.protocol_versions" has more than 32 entries')
  const protocols = versions.map((version) => {
    if (typeof version !== 'string') throw invalid('a protocol version has to be a text such as "6.0"')
    const protocol = protocolOf(version)
    if (protocol) return protocol
    throw refuse(
      'protocol',
      `The manifest names the plugin protocol ${JSON.stringify(version.slice(0, 40))}, which no client speaks.`,
      'Write "6.0" for a provider of the plugin framework, "5.0" for one of SDK v2.',
    )
  })
  return { protocols: [...new Set(protocols)].sort(byNumbers) }
}

type Invalid = (fault: string) => Error

function parsed(bytes: Uint8Array, invalid: Invalid): unknown {
  try {
    return JSON.parse(strictUtf8.decode(bytes))
  } catch {
    throw invalid('it is not JSON in UTF-8')
  }
}

function fieldsOf(value: unknown, what: string, invalid: Invalid): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(`${what} has to be an object`)
  return value as Record<string, unknown>
}

/** Some write "5" for "5.0", and clients take it for that. */
function protocolOf(version: string): string | undefined {
  const [, major, minor = '0'] = /^([0-9]+)(?:\.(0|[1-9][0-9]{0,3}))?$/.exec(version) ?? []
  return major !== undefined && knownMajors.includes(major) ? `${major}.${minor}` : undefined
}

function byNumbers(a: string, b: string): number {
  const [[aMajor, aMinor], [bMajor, bMinor]] = [a, b].map((version) => version.split('.').map(Number)) as [
    [number, number],
    [number, number],
  ]
  return aMajor - bMajor || aMinor - bMinor
}

const example = '{"version":1,"metadata":{"protocol_versions":["6.0"]}}'
