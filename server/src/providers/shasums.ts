/** SHA256SUMS as the registry takes it: by the rules that clients know too, refused in the registry's way. Pure. */
import {
  readShaSums as readByRule,
  type SumsLine,
  type SumsOfVersion,
  sumsOfVersion as sumsByRule,
} from '@cadastre/contract/shasums'
import { refuseSums } from './shasums-refusals.ts'

export {
  manifestFileName,
  type SumsLine,
  type SumsOfVersion,
  shaSumsFileName,
  shaSumsText,
  signatureFileName,
  zipFileName,
  zipOfVersion,
} from '@cadastre/contract/shasums'

/** @throws Refusal naming the line that is not as it has to be */
export const readShaSums = (bytes: Buffer): SumsLine[] => readByRule(bytes.toString('latin1'), refuseSums)

/** @throws Refusal naming the line whose file is none of this version, or when there is no zip among them */
export const sumsOfVersion = (lines: SumsLine[], version: { type: string; version: string }): SumsOfVersion =>
  sumsByRule(lines, version, refuseSums)
