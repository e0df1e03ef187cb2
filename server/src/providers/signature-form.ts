/**
 * Whether a signature packet is put together as it has to be (RFC 4880 §5.2.3). openpgp.js passes over what is not, in
 * the part that is not signed; terraform's library fails on it.
 */

/** @param packet of version 4, without its header */
export function isWellFormed(packet: Uint8Array): boolean {
  const bytes = Buffer.from(packet)
  if (bytes.length < 8) return false
  const hashedEnd = 6 + bytes.readUInt16BE(4)
  if (bytes.length < hashedEnd + 2) return false
  const end = hashedEnd + 2 + bytes.readUInt16BE(hashedEnd)
  return bytes.length >= end && areWhole(bytes.subarray(6, hashedEnd)) && areWhole(bytes.subarray(hashedEnd + 2, end))
}

/** Sizes of subpackets whose content has one, by their type. */
const sizes: Record<number, number> = { 2: 4, 3: 4, 5: 2, 9: 4, 16: 8, 25: 1, 33: 21 }
const keyFlags = 27
const embeddedSignature = 32

function areWhole(area: Buffer): boolean {
  let at = 0
  while (at < area.length) {
    const [length, start] = lengthAt(area, at)
    at = start + length
    if (length === 0 || at > area.length) return false
    const type = area[start]! & 0x7f
    const content = area.subarray(start + 1, at)
    if (type in sizes && content.length !== sizes[type]) return false
    if (type === keyFlags && content.length === 0) return false
    if (type === embeddedSignature && !isWellFormed(content)) return false
  }
  return true
}

/** @returns the length, and where what is so long begins; no length where it is cut */
function lengthAt(area: Buffer, at: number): [length: number, start: number] {
  const first = area[at]!
  if (first < 192) return [first, at + 1]
  if (first < 255) return at + 2 > area.length ? [0, at] : [((first - 192) << 8) + area[at + 1]! + 192, at + 2]
  return at + 5 > area.length ? [0, at] : [area.readUInt32BE(at + 1), at + 5]
}
