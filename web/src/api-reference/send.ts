/** Sends a question to this registry as the reader, and reads as much of the answer as can be shown. */

export type Answered = {
  status: number
  tookMs: number
  type: string
  /** nothing when it is no text */
  text?: string
  isCut: boolean
  /** of a refusal, in words */
  refusal?: string
}

export const shownBytes = 64_000
/** More is read than shown, so that JSON is whole when it is set on lines. */
const readBytes = 1_000_000
const patienceMs = 30_000

/** @returns the answer, or in words why there is none */
export async function send(address: string, left: AbortSignal): Promise<Answered | { failure: string }> {
  const tooLong = AbortSignal.timeout(patienceMs)
  const stop = new AbortController()
  for (const signal of [left, tooLong]) signal.addEventListener('abort', () => stop.abort())
  const began = performance.now()
  try {
    const response = await fetch(address, {
      // Nothing is sent to another place, not even where an answer leads to one.
      mode: 'same-origin',
      redirect: 'manual',
      cache: 'no-store',
      signal: stop.signal,
    })
    if (response.type === 'opaqueredirect') return { failure: leadsElsewhere }
    const { bytes, isWhole } = await readAtMost(response, readBytes)
    return {
      status: response.status,
      tookMs: Math.round(performance.now() - began),
      ...shown(response, bytes, isWhole),
    }
  } catch {
    return { failure: tooLong.aborted ? tookTooLong : outOfReach }
  }
}

const outOfReach = 'No answer came from the registry. Check the network, then send again.'
const tookTooLong = 'The registry did not answer within 30 seconds. Send again, or use a sample.'
const leadsElsewhere = 'The answer leads to another address, which is not followed here. Use a sample.'

async function readAtMost({ body }: Response, limit: number): Promise<{ bytes: Uint8Array; isWhole: boolean }> {
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = body?.getReader()
  while (reader && length <= limit) {
    const { done, value } = await reader.read()
    if (done) break
    chunks.push(value)
    length += value.length
  }
  const isWhole = length <= limit
  if (!isWhole) await reader?.cancel()
  return { bytes: new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer()), isWhole }
}

function shown({ headers, ok }: Response, bytes: Uint8Array, isWhole: boolean): Omit<Answered, 'status' | 'tookMs'> {
  const type = headers.get('content-type') ?? 'no content type'
  if (bytes.length > 0 && !/^text\/|json|xml|csv/.test(type)) return { type, isCut: false }
  const text = new TextDecoder().decode(bytes)
  const json = isWhole && /^application\/(?:problem\+)?json\b/.test(type) ? parsed(text) : undefined
  const written = new TextEncoder().encode(json === undefined ? text : JSON.stringify(json, null, 2))
  return {
    type,
    // The last character may be cut in two; what waits for the rest of it is not said.
    text: new TextDecoder().decode(written.subarray(0, shownBytes), { stream: true }),
    isCut: !isWhole || written.length > shownBytes,
    refusal: ok ? undefined : refusalIn(json),
  }
}

/** Lines of JSON are no JSON, and stay as they are. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const refusalIn = (problem: unknown) => {
  const { detail, hint } = (problem ?? {}) as { detail?: string; hint?: string }
  return [detail ?? 'The registry gave no reason.', hint].filter(Boolean).join(' ')
}
