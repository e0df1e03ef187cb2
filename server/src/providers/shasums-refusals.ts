/** The ways a SHA256SUMS can be refused; contract/ has the words, which its author reads here as on their own machine. */
import { type RefuseSums, type SumsFault, sumsHint } from '@cadastre/contract/shasums'
import { type Reason, Refusal } from '../foundation/refusal.ts'

export const refuseSums: RefuseSums = (fault, sentence) => refusals[fault](sentence)

const refusal =
  (code: string, reason: Reason = 'invalid') =>
  (sentence: string) =>
    new Refusal(reason, code, sentence, sumsHint)

const refusals: Record<SumsFault, (sentence: string) => Refusal> = {
  empty: refusal('shasums-empty'),
  'too-large': refusal('shasums-too-large', 'too-large'),
  line: refusal('shasums-line'),
  duplicate: refusal('shasums-duplicate'),
  filename: refusal('shasums-filename'),
  'without-zips': refusal('shasums-without-zips'),
}
