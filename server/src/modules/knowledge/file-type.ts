/** What a file out of an archive is sent as: by what its bytes are, and nothing that a browser would run. Pure. */

export type FileType = { contentType: string; isAttachment: boolean; policy: string }

const inert = "sandbox; default-src 'none'"
const images: [start: (bytes: Buffer) => boolean, contentType: string][] = [
  [(bytes) => bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')), 'image/png'],
  [(bytes) => bytes.subarray(0, 3).equals(Buffer.from('\xff\xd8\xff', 'latin1')), 'image/jpeg'],
  [(bytes) => /^GIF8[79]a$/.test(bytes.toString('latin1', 0, 6)), 'image/gif'],
  [(bytes) => /^RIFF.{4}WEBP$/s.test(bytes.toString('latin1', 0, 12)), 'image/webp'],
]

export function fileTypeOf(path: string, bytes: Buffer): FileType {
  const image = images.find(([is]) => is(bytes))
  if (image) return { contentType: image[1], isAttachment: false, policy: inert }
  if (!isText(bytes)) return { contentType: 'application/octet-stream', isAttachment: true, policy: inert }
  // As an image of a page it runs nothing; opened by itself it is a document, and this keeps it from being an active one.
  if (/\.svg$/i.test(path))
    return { contentType: 'image/svg+xml', isAttachment: false, policy: `${inert}; style-src 'unsafe-inline'` }
  return { contentType: 'text/plain; charset=utf-8', isAttachment: false, policy: inert }
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true })

/** @returns its text without a byte order mark; undefined when it is none */
export function textIn(bytes: Buffer): string | undefined {
  if (bytes.includes(0)) return undefined
  try {
    return strictUtf8.decode(bytes)
  } catch {
    return undefined
  }
}

const isText = (bytes: Buffer) => textIn(bytes) !== undefined
