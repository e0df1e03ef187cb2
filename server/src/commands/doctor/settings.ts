/** Whether the registry would start with these settings. */
import type { Config } from '../../foundation/config/settings.ts'
import { Refusal } from '../../foundation/refusal.ts'
import { settingsHere } from '../run.ts'
import { type Finding, failed, ok, warning } from './finding.ts'

/** @returns no config when they are refused: all problems at once, then */
export function checkSettings(): { config?: Config; findings: Finding[] } {
  const check = 'settings'
  try {
    const { config, sources, notices, file } = settingsHere()
    const from = file === undefined ? 'no file' : file
    const says = `${sources.size} set (${from}); the others have their defaults.`
    return {
      config,
      findings: [
        ok(check, says),
        ...notices.map((notice) => warning(check, notice, 'cadastre config explain says more.')),
      ],
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const [title, ...problems] = error.message.split('\n').map((line) => line.trim())
    const said = problems.length > 0 ? problems : [title!]
    return {
      findings: said.map((problem) => failed(check, problem, error.hint ?? 'docs/configuration.md lists them.')),
    }
  }
}
