/** SHA256SUMS of files in a folder: made anew, or compared with the files when it is there already. */
import { join } from 'node:path'
import { readShaSums, shaSumsText, sumsHint } from '@cadastre/contract/shasums'
import { type ExitCode, exit, Failure } from '../exit.ts'
import { sha256Of } from '../release-file.ts'

export async function sumsOf(folder: string, names: string[]): Promise<string> {
  const lines = []
  for (const filename of names) lines.push({ filename, sha256: await sha256Of(join(folder, filename)) })
  return shaSumsText(lines)
}

/** @throws Failure naming the first place where the sums are not those of exactly these files */
export async function compareSums(sums: Buffer, folder: string, names: string[]): Promise<void> {
  const lines = readShaSums(sums.toString('latin1'), (fault, sentence) =>
    differ(`shasums-${fault}`, sentence, sumsHint),
  )
  const unnamed = names.find((name) => !lines.some(({ filename }) => filename === name))
  if (unnamed) throw differ('zip-not-named', `SHA256SUMS does not name ${unnamed}.`)
  for (const { filename, sha256 } of lines) {
    if (!names.includes(filename))
      throw differ('zip-missing', `SHA256SUMS names ${filename}, which is not in ${folder}.`)
    if ((await sha256Of(join(folder, filename))) !== sha256)
      throw differ(
        'zip-differs',
        `${filename} does not have the SHA-256 that SHA256SUMS gives it.`,
        rebuild,
        exit.verification,
      )
  }
}

const rebuild = 'Build anew, or delete SHA256SUMS to have it written.'

const differ = (code: string, message: string, hint = rebuild, exitCode: ExitCode = exit.content) =>
  new Failure(exitCode, code, message, hint)
