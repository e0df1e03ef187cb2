/** Rows as COPY sends them in its text format: taken apart line by line as they come, so that none has to be kept. */

/** @returns the rows that each piece completes, to be gone through once; the columns of each as text */
export async function* copyRows(pieces: AsyncIterable<Buffer>): AsyncGenerator<Iterable<(string | null)[]>> {
  let rest: Buffer | undefined
  for await (const piece of pieces) {
    const bytes = rest ? Buffer.concat([rest, piece]) : piece
    const end = bytes.lastIndexOf(newline) + 1
    rest = end < bytes.length ? Buffer.from(bytes.subarray(end)) : undefined
    yield rowsIn(bytes, end)
  }
}

function* rowsIn(bytes: Buffer, end: number): Generator<(string | null)[]> {
  for (let from = 0; from < end; ) {
    const to = bytes.indexOf(newline, from)
    yield bytes.toString('utf8', from, to).split('\t').map(columnOf)
    from = to + 1
  }
}

// Within a column it is written `\n`.
const newline = 0x0a

const columnOf = (text: string): string | null =>
  text === '\\N' ? null : text.includes('\\') ? text.replace(/\\(.)/g, (_, letter) => written[letter] ?? letter) : text

const written: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }
