/** How much may come out of an archive. */
import type { ArchiveLimits } from './entry.ts'
import { ratioTooHigh, unpackedTooLarge } from './refusals.ts'

/** @throws too-large, or invalid when so little was sent that it is a bomb */
export function checkUnpacked(unpackedBytes: number, sentBytes: number, limits: ArchiveLimits): void {
  if (unpackedBytes > limits.unpackedBytes) throw unpackedTooLarge(limits.unpackedBytes)
  if (unpackedBytes > Math.max(limits.ratioFromBytes, limits.ratio * sentBytes)) throw ratioTooHigh(limits.ratio)
}
