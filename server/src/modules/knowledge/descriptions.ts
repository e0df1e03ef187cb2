/** What inputs and outputs say of themselves, rendered as READMEs are. */
import type { FolderKnowledge, ModuleKnowledge } from '@cadastre/contract/module-knowledge'
import type { App } from '../../foundation/app.ts'
import { renderedFragments } from '../../foundation/markdown/ask-worker.ts'
import type { ModuleAddress } from '../module.ts'
import { filePages, rawFiles } from './readme-links.ts'

/** Of all folders together: in those that come later descriptions are shown as they were written. */
const descriptionsDeadlineMs = 10_000

export async function renderDescriptions(
  app: App,
  { folders }: ModuleKnowledge,
  version: ModuleAddress & { version: string },
): Promise<FolderKnowledge[]> {
  const end = performance.now() + descriptionsDeadlineMs
  const described: FolderKnowledge[] = []
  for (const folder of folders) {
    const texts = [...folder.inputs, ...folder.outputs].map(({ description }) => description).filter(hasMarkup)
    const isTimeLeft = texts.length > 0 && performance.now() < end
    described.push(isTimeLeft ? withHtml(folder, texts, await htmlOf(folder.path, texts)) : folder)
  }
  return described

  function htmlOf(folder: string, texts: string[]) {
    const links = { files: filePages(version), raw: rawFiles(version), folder }
    return renderedFragments(app.workers, { texts, links })
  }
}

/** One line of words and nothing else is the same when it is rendered: most are. */
const hasMarkup = (text: string) => text !== '' && !/^\p{L}(?!.*www\.)[\p{L}\p{N} ,.;'"()/=-]*$/u.test(text)

function withHtml(folder: FolderKnowledge, texts: string[], html: (string | null)[]): FolderKnowledge {
  const known = new Map(texts.map((text, at) => [text, html[at]]))
  const rendered = <Part extends { description: string }>(part: Part) => {
    const descriptionHtml = known.get(part.description)
    return descriptionHtml ? { ...part, descriptionHtml } : part
  }
  return { ...folder, inputs: folder.inputs.map(rendered), outputs: folder.outputs.map(rendered) }
}
