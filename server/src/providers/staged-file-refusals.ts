/** What is said when a file of a version is not taken. */
import { Refusal } from '../foundation/refusal.ts'
import type { Version } from '../foundation/semver.ts'
import { type ProviderAddress, providerText } from './provider.ts'

export const fileNameUnexpected = (filename: string, sums: string) =>
  new Refusal(
    'invalid',
    'file-name-unexpected',
    `${JSON.stringify(filename.slice(0, 200))} is no file of this version.`,
    `Its files are called like ${sums.replace('SHA256SUMS', 'linux_amd64.zip')}, ${sums}, ${sums}.sig and ${sums.replace('SHA256SUMS', 'manifest.json')}.`,
  )

export const tooMuchWaiting = (namespace: string, maxBytes: number) =>
  new Refusal(
    'too-large',
    'waiting-too-large',
    `More than ${Math.floor(maxBytes / 1_000_000)} MB of namespace ${namespace} would wait to be published.`,
    'Publish or take back what has arrived; the rest is forgotten after 24 hours. The limit is publish.max_waiting_bytes.',
  )

export const fileTooLarge = (kind: 'zip' | 'small', maxBytes: number) =>
  kind === 'zip'
    ? new Refusal(
        'too-large',
        'archive-too-large',
        `The zip is larger than the ${Math.floor(maxBytes / 1_000_000)} MB that this registry accepts.`,
        'Build without debug symbols (-ldflags "-s -w"), or ask for a larger publish.max_provider_bytes.',
      )
    : new Refusal(
        'too-large',
        'file-too-large',
        `The file is larger than ${maxBytes / 1024} KiB, which none of its kind is.`,
      )

export const fileDiffers = (address: ProviderAddress, version: Version, filename: string) =>
  new Refusal(
    'conflict',
    'file-differs',
    `${filename} has arrived before with other bytes.`,
    `If those were wrong, take them back first: DELETE /api/v1/providers/${providerText(address)}/${version.text}/files/${filename}`,
  )
