/** A tar archive of a folder, made in the browser: plain files in the ustar form, long paths as pax headers. */
export type PackedFile = { path: string; content: Blob }

const block = 512
const encoder = new TextEncoder()

/** @param files paths with `/` between their parts */
export function tarOf(files: readonly PackedFile[]): Blob {
  const parts: BlobPart[] = []
  for (const { path, content } of files) {
    if (encoder.encode(path).length > 100) parts.push(...entry('PaxHeader', 'x', pax('path', path)))
    parts.push(header(path, content.size, '0'), content, padding(content.size))
  }
  parts.push(new Uint8Array(2 * block))
  return new Blob(parts)
}

export const gzipped = (archive: Blob): Promise<Blob> =>
  new Response(archive.stream().pipeThrough(new CompressionStream('gzip'))).blob()

const entry = (path: string, kind: string, content: Uint8Array<ArrayBuffer>): BlobPart[] => [
  header(path, content.length, kind),
  content,
  padding(content.length),
]

const padding = (bytes: number) => new Uint8Array((block - (bytes % block)) % block)

function header(path: string, size: number, kind: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(block)
  const put = (text: string, at: number, length: number) => bytes.set(encoder.encode(text).subarray(0, length), at)
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`
  put(path, 0, 100)
  put(octal(0o644, 7), 100, 8)
  put(octal(0, 7), 108, 8)
  put(octal(0, 7), 116, 8)
  put(octal(size, 11), 124, 12)
  // The registry writes its own normal form, in which times have no place.
  put(octal(0, 11), 136, 12)
  put('        ', 148, 8)
  put(kind, 156, 1)
  put('ustar\x0000', 257, 8)
  const sum = bytes.reduce((total, byte) => total + byte, 0)
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 8)
  return bytes
}

/** `LENGTH key=value`, where the length counts its own digits. */
function pax(key: string, value: string): Uint8Array<ArrayBuffer> {
  const rest = encoder.encode(` ${key}=${value}\n`).length
  let length = rest + String(rest).length
  if (rest + String(length).length !== length) length = rest + String(length).length
  return encoder.encode(`${length} ${key}=${value}\n`)
}
