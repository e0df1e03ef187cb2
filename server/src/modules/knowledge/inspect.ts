/** Reads an archive for what can be known of it, in worker threads and within limits. Never refuses: what went wrong is said. */
import type { Diagnostic, ModuleKnowledge } from '@cadastre/contract/module-knowledge'
import type { App } from '../../foundation/app.ts'
import { folderOf } from '../../foundation/archive/paths.ts'
import { renderedMarkdown } from '../../foundation/markdown/ask-worker.ts'
import type { Rendered } from '../../foundation/markdown/markdown.ts'
import { plainMarkdown } from '../../foundation/markdown/plain.ts'
import { Refusal } from '../../foundation/refusal.ts'
import { inspectionTaskDeadlineMs } from '../inspection/limits.ts'
import type { ModuleAddress } from '../module.ts'
import { renderDescriptions } from './descriptions.ts'
import { diagnostic, type Inspected, inspected, notInspected } from './inspected.ts'
import { filePages, rawFiles } from './readme-links.ts'

/** Of all READMEs together: those that come later are shown as they were written. */
const readmesDeadlineMs = 15_000

/** @param path of the archive in its stored form */
export async function inspect(
  app: App,
  path: string,
  version: ModuleAddress & { version: string },
): Promise<Inspected> {
  try {
    const knowledge = await app.workers.run<ModuleKnowledge>(
      'modules.inspect',
      { archive: path },
      { deadlineMs: inspectionTaskDeadlineMs, overspent: overspent() },
    )
    const { rendered, plain } = await renderReadmes(app, knowledge, version)
    const folders = await renderDescriptions(app, knowledge, version)
    return inspected({ ...knowledge, folders, diagnostics: [...knowledge.diagnostics, ...plain] }, rendered)
  } catch (error) {
    // The registry is stopping, not the module too large.
    if (error instanceof Refusal && error.reason === 'unavailable') throw error
    if (error instanceof Refusal) return notInspected(error.message)
    app.log.error({ version, error: (error as Error).message }, 'a module could not be read')
    return notInspected('The registry failed to read this module.')
  }
}

const overspent = () =>
  new Refusal(
    'invalid',
    'too-expensive',
    'Reading this module takes more time or memory than the registry gives to one: nothing is known of what is in it.',
  )

async function renderReadmes(app: App, { folders }: ModuleKnowledge, version: ModuleAddress & { version: string }) {
  const rendered = new Map<string, Rendered>()
  const plain: Diagnostic[] = []
  const end = performance.now() + readmesDeadlineMs
  for (const { path, readme } of folders) {
    if (!readme) continue
    const { file, markdown } = readme
    const links = { files: filePages(version), raw: rawFiles(version), folder: folderOf(file) }
    const isTimeLeft = performance.now() < end
    const html = isTimeLeft ? await renderedMarkdown(app.workers, { markdown, links }) : plainMarkdown(markdown)
    if (html.plain)
      plain.push(
        diagnostic('warning', 'This README is too large or too intricate: it is shown as it was written.', file),
      )
    rendered.set(path, html)
  }
  return { rendered, plain }
}
