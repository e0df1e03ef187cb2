/** CRC-32 (IEEE 802.3), the checksum at the end of an API key. zlib.crc32 is not in the oldest Node that we run on. */

const table = Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value >>> 0
})

export function crc32(text: string): number {
  let value = 0xffffffff
  for (const byte of Buffer.from(text)) value = table[(value ^ byte) & 0xff]! ^ (value >>> 8)
  return (value ^ 0xffffffff) >>> 0
}
