/**
 * A key without what others added to it, and without what terraform's library stumbles over: it refuses a whole key for
 * one bad signature, or for one subkey of a kind that it does not know.
 */
import type { Key, SignaturePacket, Subkey } from 'openpgp'
import { isWellFormed } from './signature-form.ts'

type Library = typeof import('openpgp')

/** Encryption subkeys go too: nobody encrypts to a registry's keys. */
export async function ownParts(pgp: Library, key: Key, isGood: (subkey: Subkey) => boolean): Promise<Key> {
  const { signature, keyFlags } = pgp.enums
  const primary = key.keyPacket
  const holds = (
    packet: SignaturePacket,
    type: number,
    data: object,
    by = primary as Subkey['keyPacket'] | Key['keyPacket'],
  ) =>
    packet.verify(by, type, data).then(
      () => isWellFormed(packet.write()),
      () => false,
    )
  const holding = async (packets: SignaturePacket[], type: number, data: object) => {
    const results = await Promise.all(packets.map((packet) => holds(packet, type, data)))
    return packets.filter((_, index) => results[index])
  }

  const parts = new pgp.PacketList()
  parts.push(primary, ...(await holding(directSignatures(key), signature.key, { key: primary })))
  for (const user of key.users) {
    if (!user.userID) continue
    const data = { userID: user.userID, key: primary }
    if ((await holding(user.revocationSignatures, signature.certRevocation, data)).length > 0) continue
    const certifications = await holding(user.selfCertifications, signature.certGeneric, data)
    if (certifications.length > 0) parts.push(user.userID, ...certifications)
  }
  for (const subkey of key.subkeys) {
    if (!isGood(subkey)) continue
    const data = { key: primary, bind: subkey.keyPacket }
    if ((await holding(subkey.revocationSignatures, signature.subkeyRevocation, data)).length > 0) continue
    const bindings: SignaturePacket[] = []
    for (const binding of subkey.bindingSignatures) {
      const back = binding.embeddedSignature
      const signs = ((binding.keyFlags?.[0] ?? 0) & keyFlags.signData) !== 0
      if (!signs || !back || !(await holds(binding, signature.subkeyBinding, data))) continue
      if (await holds(back, signature.keyBinding, data, subkey.keyPacket)) bindings.push(binding)
    }
    if (bindings.length > 0) parts.push(subkey.keyPacket, ...bindings)
  }
  return new pgp.PublicKey(parts)
}

/** How many signatures `ownParts` would verify, without those of subkeys on their key. */
export const ownSignatures = (key: Key): number =>
  directSignatures(key).length +
  key.users.reduce((sum, user) => sum + user.selfCertifications.length + user.revocationSignatures.length, 0) +
  key.subkeys.reduce((sum, subkey) => sum + subkey.bindingSignatures.length + subkey.revocationSignatures.length, 0)

const directSignatures = (key: Key) => (key as unknown as { directSignatures: SignaturePacket[] }).directSignatures
