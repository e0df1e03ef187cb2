/** The stores of a registry, as an administrator looks after them. */
import * as z from 'zod'

export const Backend = z.enum(['local', 's3', 'azure', 'gcs']).meta({ id: 'Backend' })

export const StorageCheck = z
  .object({
    backend: Backend,
    isDefault: z.boolean().meta({ description: 'Where new archives go.' }),
    ok: z.boolean(),
    objects: z.number().int().meta({ description: 'Archives that lie there and are needed.' }),
    sizeBytes: z.number().int(),
    steps: z.array(
      z.object({
        step: z.string().meta({ example: 'write 64 KiB' }),
        ok: z.boolean(),
        detail: z.string(),
        elapsedMs: z.number(),
      }),
    ),
  })
  .meta({ id: 'StorageCheck' })
export type StorageCheck = z.infer<typeof StorageCheck>

export const StorageChecks = z.object({ items: z.array(StorageCheck) }).meta({ id: 'StorageChecks' })

export const StorageMove = z.strictObject({ to: Backend }).meta({ id: 'StorageMove' })

/** One line of the answer to a move. */
export type StorageMoveLine =
  | { kind: 'begin'; to: string; isDefault: boolean; objects: number; sizeBytes: number }
  | { kind: 'copying'; key: string; sizeBytes: number }
  | { kind: 'moved'; key: string; from: string; sizeBytes: number }
  | { kind: 'failed'; key: string; from: string; detail: string }
  | { kind: 'end'; moved: number; failed: number; remaining: number }
