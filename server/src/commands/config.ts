/** `cadastre config explain|example|schema`. */
import { exampleFile, explainSettings, jsonSchema } from '../foundation/config/explain.ts'
import { settingsHere } from './run.ts'

export function explainConfig(key: string | undefined): void {
  const settings = settingsHere()
  for (const notice of settings.notices) process.stderr.write(`${notice}\n`)
  process.stdout.write(`${explainSettings(settings, key)}\n`)
}

export const printExample = () => void process.stdout.write(exampleFile())

export const printSchema = () => void process.stdout.write(`${JSON.stringify(jsonSchema(), null, 2)}\n`)
