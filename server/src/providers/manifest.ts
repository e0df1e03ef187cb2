/** The manifest of a provider version as the registry takes it: by the rule that clients know too. Pure. */
import {
  type ManifestFault,
  type RefuseManifest,
  readManifest as readByRule,
} from '@cadastre/contract/provider-manifest'
import { type Reason, Refusal } from '../foundation/refusal.ts'

/**
 * @returns the protocols as `MAJOR.MINOR`, each once, oldest first
 * @throws Refusal naming what is wrong with it
 */
export const readManifest = (bytes: Buffer): { protocols: string[] } => readByRule(bytes, refuse)

const refuse: RefuseManifest = (fault, sentence, hint) => refusals[fault](sentence, hint)

const refusal =
  (code: string, reason: Reason = 'invalid') =>
  (sentence: string, hint: string) =>
    new Refusal(reason, code, sentence, hint)

const refusals: Record<ManifestFault, ReturnType<typeof refusal>> = {
  'too-large': refusal('manifest-too-large', 'too-large'),
  invalid: refusal('manifest-invalid'),
  protocol: refusal('manifest-protocol'),
}
