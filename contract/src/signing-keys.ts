/** Signing keys of a namespace: the public OpenPGP keys whose signatures it accepts. */
import * as z from 'zod'
import { NamespaceName } from './addresses.ts'

export const SigningKeyParams = z.object({
  namespace: NamespaceName,
  fingerprint: z
    .string()
    .regex(/^[0-9A-Fa-f]{16,64}$/, 'must be a fingerprint or key id in hex')
    .meta({ description: 'The fingerprint, or the key id when only one key has it.' }),
})

export const SigningKey = z
  .object({
    namespace: z.string(),
    fingerprint: z.string().meta({ example: '3A0C8F6B2D4E5F60718293A4B5C6D7E8F9012345' }),
    keyId: z.string().meta({ description: 'What terraform init prints.', example: 'B5C6D7E8F9012345' }),
    algorithm: z.string().meta({ example: 'RSA 3072' }),
    userId: z.string(),
    armored: z.string().meta({ description: 'The public key itself, ASCII-armored.' }),
    expiresAt: z.iso.datetime().nullable(),
    expired: z.boolean(),
    versions: z.number().int().meta({ description: 'Versions whose signature needs this key.' }),
    addedBy: z.string(),
    addedAt: z.iso.datetime(),
  })
  .meta({ id: 'SigningKey' })
export type SigningKey = z.infer<typeof SigningKey>

export const SigningKeys = z.object({ items: z.array(SigningKey) }).meta({ id: 'SigningKeys' })

export const NewSigningKey = z
  .object({
    armored: z
      .string()
      .min(1)
      .max(65_536)
      .meta({ description: 'The public key, ASCII-armored: gpg --armor --export KEY' }),
  })
  .meta({ id: 'NewSigningKey' })

export const AddedSigningKey = z
  .object({ outcome: z.enum(['added', 'already-added']), key: SigningKey, warnings: z.array(z.string()) })
  .meta({ id: 'AddedSigningKey' })
