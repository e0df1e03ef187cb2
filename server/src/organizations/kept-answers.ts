/**
 * The answers of a protocol as they lie in memory: version lists and download answers, kept until somebody tells that what
 * they say has changed. Of a thing and not of a caller: rights are asked with each request.
 */
import type { App } from '../foundation/app.ts'
import { describeKept, type Kept, keepInMemory } from '../foundation/database/kept.ts'
import { askTogether } from '../foundation/database/together.ts'
import { preparedBytes } from '../foundation/http/prepared.ts'
import { objectsMoved } from '../foundation/storage/objects.ts'
import { loadDocuments, type NamespaceDocument } from './documents.ts'

const documentsBytes = 64 * 1024 * 1024

/**
 * @param kind `module` or `provider`: the first word of its topics, `kind:address`
 * @param options.maxBytes and `sizeOf`, of the download answers, whose keys begin with `address/`
 */
export function keepAnswers<Download extends object>(
  app: App,
  kind: 'module' | 'provider',
  options: { maxBytes: number; sizeOf: (answer: Download) => number },
): { documents: Kept<NamespaceDocument>; downloads: Kept<Download>; askDocument: AskDocument } {
  const documents = keepInMemory<NamespaceDocument>({
    maxBytes: documentsBytes,
    sizeOf: ({ document }) => 300 + (document ? preparedBytes(document) : 0),
  })
  const downloads = keepInMemory<Download>(options)

  app.changes.onChange((topic) => {
    if (topic.startsWith(`${kind}:`)) {
      const address = topic.slice(kind.length + 1)
      documents.drop(address)
      downloads.dropWhere((key) => key.startsWith(`${address}/`))
    } else if (topic.startsWith('namespace:')) {
      const prefix = `${topic.slice('namespace:'.length)}/`
      documents.dropWhere((key) => key.startsWith(prefix))
      downloads.dropWhere((key) => key.startsWith(prefix))
    } else if (topic === objectsMoved) downloads.clear()
  })
  app.changes.onReset(() => {
    documents.clear()
    downloads.clear()
  })
  describeKept(app.metrics, `${kind}_documents`, documents)
  describeKept(app.metrics, `${kind}_downloads`, downloads)

  return { documents, downloads, askDocument: askTogether((asked) => loadDocuments(app.db, asked)) }
}

type AskDocument = (asked: { namespace: string; key: string }) => Promise<NamespaceDocument>
