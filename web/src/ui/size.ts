/** A number of bytes as people read it: a KB is 1,000 bytes. */
const units = ['B', 'KB', 'MB', 'GB', 'TB']

export function sizeInWords(bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1)
  const amount = bytes / 1000 ** power
  return `${amount >= 100 || power === 0 ? Math.round(amount) : amount.toFixed(1)} ${units[power]}`
}
