/** Reads the configuration of one folder: all its files make one body, overrides last. */
import type { Diagnostic, FolderKnowledge } from '@cadastre/contract/module-knowledge'
import { type Body, emptyBody } from './blocks.ts'
import { configurationFiles } from './configuration-files.ts'
import { cutTexts } from './cut-texts.ts'
import { readHcl } from './hcl/body.ts'
import { inputsOf } from './inputs.ts'
import { readJson } from './json/body.ts'
import { type Budget, OutOfTime } from './limits.ts'
import { movesOf } from './moves.ts'
import { outputsOf } from './outputs.ts'
import { mergeOverrides } from './overrides.ts'
import { requirementsOf } from './requirements.ts'
import { resourcesOf } from './resources.ts'
import { decodedSource } from './source-text.ts'
import { knownBlocks, reportDuplicates, reportLooseAttributes, reportQuotedTypes } from './structure.ts'

/** A file whose content was taken out of the archive. */
export type TakenFile = { path: string; bytes: Buffer }

type Configuration = Pick<
  FolderKnowledge,
  'inputs' | 'outputs' | 'resources' | 'requirements' | 'moves' | 'diagnostics'
>

export function readFolder(files: TakenFile[], budget: Budget): Configuration {
  const diagnostics: Diagnostic[] = []
  const report = (diagnostic: Diagnostic) => void diagnostics.push(diagnostic)
  const { primary, overrides } = configurationFiles(files)
  const body = combined(primary, budget, report)
  reportDuplicates(body, report)
  reportQuotedTypes(body, report)
  for (const file of overrides) mergeOverrides(body, combined([file], budget, report), report)
  const read = {
    inputs: inputsOf(body, budget),
    outputs: outputsOf(body),
    resources: resourcesOf(body),
    requirements: requirementsOf(body),
    moves: movesOf(body),
  }
  return { ...cutTexts(read, budget.limits.textLength, report), diagnostics }
}

function combined(files: TakenFile[], budget: Budget, report: (diagnostic: Diagnostic) => void): Body {
  const body = emptyBody()
  for (const file of files) {
    const read = readFile(file, budget, report)
    reportLooseAttributes(read, report)
    body.blocks.push(...knownBlocks(read.blocks, report).filter(budget.takeBlock))
  }
  return body
}

function readFile({ path, bytes }: TakenFile, budget: Budget, report: (diagnostic: Diagnostic) => void): Body {
  const { deadlineMs, fileDeadlineMs } = budget.limits
  const tooLong = (limitMs: number) =>
    report({
      severity: 'error',
      message: `This was not read: it would take longer than the limit of ${limitMs / 1000} s.`,
      file: path,
      line: 1,
      column: 1,
    })
  if (!budget.startFile()) {
    tooLong(deadlineMs)
    return emptyBody()
  }
  try {
    const { source, diagnostics } = decodedSource(path, bytes)
    const read = path.endsWith('.json') ? readJson(source, budget) : readHcl(source, budget)
    for (const diagnostic of [...diagnostics, ...read.diagnostics]) report(diagnostic)
    return read.body
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error
    tooLong(Math.min(deadlineMs, fileDeadlineMs))
    return emptyBody()
  }
}
