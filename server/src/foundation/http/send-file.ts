/**
 * Sends a part of a file through one buffer, which is filled again when it has gone out: fifty slow clients cost fifty
 * buffers. A stream would read ahead, a new buffer each time.
 */
import type { FileHandle } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'
import type { ByteRange } from '../storage/storage.ts'

// Twice as much costs hardly less CPU per byte.
const bufferBytes = 512 * 1024

/** Sends status, headers and these bytes; closes the file. The client sees a break when the file ends before them. */
export function sendFile(reply: FastifyReply, file: FileHandle, range: ByteRange): FastifyReply {
  const { raw, log } = reply
  reply.hijack()
  raw.writeHead(reply.statusCode, reply.getHeaders() as Record<string, string>)
  sendBytes(raw, file, range)
    .catch((error) => {
      log.error({ error: (error as Error).message }, 'a file broke off on its way to a client')
      raw.destroy()
    })
    .finally(() => file.close())
  return reply
}

async function sendBytes(response: ServerResponse, file: FileHandle, { start, end }: ByteRange): Promise<void> {
  const buffer = Buffer.allocUnsafeSlow(Math.min(bufferBytes, end - start + 1))
  const gone = new Promise<'gone'>((resolve) => response.once('close', () => resolve('gone')))
  for (let at = start; at <= end; ) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, end - at + 1), at)
    if (bytesRead === 0) throw new Error(`the file ends at ${at}, and ${end} was promised`)
    if ((await Promise.race([gone, written(response, buffer.subarray(0, bytesRead))])) === 'gone') return
    at += bytesRead
  }
  response.end()
}

/** @returns once the bytes have left the buffer, or cannot any more */
const written = (response: ServerResponse, bytes: Buffer) =>
  new Promise<'written' | 'gone'>((resolve) => response.write(bytes, (error) => resolve(error ? 'gone' : 'written')))
