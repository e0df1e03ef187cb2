/** The manifest of a provider version: which plugin protocols it speaks. Pure. */
import { Refusal } from '../foundation/refusal.ts'

const maxBytes = 64 * 1024
const maxProtocols = 32
const knownMajors = ['4', '5', '6']
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * @returns the protocols as `MAJOR.MINOR`, each once, oldest first
 * @throws Refusal naming what is wrong with it
 */
export function readManifest(bytes: Buffer): { protocols: string[] } {
  if (bytes.length > maxBytes) throw manifestTooLarge()
  const manifest = fieldsOf(parsed(bytes), 'it')
  if (manifest.version !== 1) throw manifestInvalid('its "version" has to be the number 1')
  const versions = fieldsOf(manifest.metadata, '"metadata"').protocol_versions
  if (!Array.isArray(versions)) throw manifestInvalid('"metadata.protocol_versions" has to be a list')
  if (versions.length === 0) throw manifestInvalid('"metadata.protocol_versions" is empty')
  if (versions.length > maxProtocols) throw manifestInvalid('"metadata.protocol_versions" has more than 32 entries')
  return { protocols: [...new Set(versions.map(protocolOf))].sort(byNumbers) }
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(strictUtf8.decode(bytes))
  } catch {
    throw manifestInvalid('it is not JSON in UTF-8')
  }
}

function fieldsOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw manifestInvalid(`${what} has to be an object`)
  return value as Record<string, unknown>
}

/** Some write "5" for "5.0", and clients take it for that. */
function protocolOf(version: unknown): string {
  if (typeof version !== 'string') throw manifestInvalid('a protocol version has to be a text such as "6.0"')
  const [, major, minor = '0'] = /^([0-9]+)(?:\.(0|[1-9][0-9]{0,3}))?$/.exec(version) ?? []
  if (major === undefined || !knownMajors.includes(major)) throw protocolUnknown(version)
  return `${major}.${minor}`
}

function byNumbers(a: string, b: string): number {
  const [[aMajor, aMinor], [bMajor, bMinor]] = [a, b].map((version) => version.split('.').map(Number)) as [
    [number, number],
    [number, number],
  ]
  return aMajor - bMajor || aMinor - bMinor
}

const example = '{"version":1,"metadata":{"protocol_versions":["6.0"]}}'

const manifestTooLarge = () =>
  new Refusal('too-large', 'manifest-too-large', 'The manifest has more than 64 KB.', `It looks like ${example}.`)

const manifestInvalid = (fault: string) =>
  new Refusal('invalid', 'manifest-invalid', `The manifest cannot be used: ${fault}.`, `Write it like ${example}.`)

const protocolUnknown = (version: string) =>
  new Refusal(
    'invalid',
    'manifest-protocol',
    `The manifest names the plugin protocol ${JSON.stringify(version.slice(0, 40))}, which no client speaks.`,
    'Write "6.0" for a provider of the plugin framework, "5.0" for one of SDK v2.',
  )
