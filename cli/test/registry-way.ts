/** A way to the registry on which every request is noted, and something may happen to an upload. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Way = {
  url: string
  /** `PUT …/files/NAME`, in the order they came */
  requests: string[]
  /** file names of the uploads among them */
  uploads(): string[]
  close(): void
}

/** @param meets before a request is passed on; it is not when this says true */
export async function wayTo(
  registry: string,
  meets: (asked: IncomingMessage, answer: ServerResponse) => boolean = () => false,
): Promise<Way> {
  const requests: string[] = []
  const server = createServer((asked, answer) => {
    requests.push(`${asked.method} ${asked.url}`)
    if (meets(asked, answer)) return
    const onward = request(registry + asked.url, { method: asked.method, headers: asked.headers }, (answered) => {
      answer.writeHead(answered.statusCode!, answered.headers)
      answered.pipe(answer)
    })
    onward.on('error', () => answer.destroy())
    asked.on('error', () => onward.destroy())
    asked.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    uploads: () =>
      requests.filter((line) => line.startsWith('PUT ')).map((line) => line.slice(line.lastIndexOf('/') + 1)),
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
