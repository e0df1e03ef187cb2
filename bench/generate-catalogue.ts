/** `node --import tsx bench/generate-catalogue.ts [SCALE] [--deep]`: makes a public registry that is nobody's, and says how like the real one it is. */
import { parseArgs } from 'node:util'
import { catalogueFolder } from './generate-catalogue/folder.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { deep: { type: 'boolean', default: false } },
})
const scale = Number(positionals[0] ?? 1)
const { folder } = await catalogueFolder({ scale, deep: values.deep }, (line) => process.stdout.write(`${line}\n`))
process.stdout.write(`${folder}\n`)
