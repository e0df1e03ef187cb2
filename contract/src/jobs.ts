/** Runs of what works in the background, and imports into the catalogue, as the API speaks of them. */
import * as z from 'zod'
import { ProviderHostname } from './providers.ts'

export const JobRun = z
  .object({
    id: z.uuid(),
    kind: z.string().meta({ example: 'catalogue.import' }),
    subject: z.string().meta({ description: 'What it is about.', example: 'registry.opentofu.org' }),
    state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
    options: z.record(z.string(), z.unknown()),
    progress: z.record(z.string(), z.unknown()).meta({ description: '`done` of `total`; total null: nobody knows.' }),
    report: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'What was new, changed, gone and unchanged; null until it is done.' }),
    error: z.string().meta({ description: 'Why it failed; otherwise empty.' }),
    startedBy: z.string(),
    createdAt: z.iso.datetime(),
    startedAt: z.iso.datetime().nullable(),
    heartbeatAt: z.iso.datetime().nullable(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'JobRun' })
export type JobRun = z.infer<typeof JobRun>

export const JobRunWithProblems = JobRun.extend({
  problems: z
    .array(z.object({ path: z.string(), reason: z.string() }))
    .meta({ description: 'What could not be taken, or not as it was; the first hundred of them.' }),
}).meta({ id: 'JobRunWithProblems' })

export const JobParams = z.object({ id: z.uuid() })

const named = z
  .string()
  .min(1)
  .max(1000)
  .regex(/^\P{Cc}*$/u, 'must be without control characters')

export const CatalogueImport = z
  .strictObject({
    folder: named
      .optional()
      .meta({ description: 'In the folder that catalogue.import_folder names.', example: 'opentofu-registry' }),
    registry: named.optional().meta({
      description: 'Instead: host name or address of a registry that is asked over HTTP.',
      example: 'registry.terraform.io',
    }),
    hostname: ProviderHostname.optional().meta({
      description:
        'The name that the addresses of the registry carry: of a folder registry.opentofu.org, otherwise its host unless it is given.',
    }),
    only: z.enum(['modules', 'providers']).optional(),
    visibility: z
      .enum(['private', 'internal', 'public'])
      .optional()
      .meta({ description: 'Who may see it; unless given it stays, and is internal at first.' }),
  })
  .refine(({ folder, registry }) => (folder === undefined) !== (registry === undefined), 'name a folder or a registry')
  .meta({ id: 'CatalogueImport' })
export type CatalogueImport = z.infer<typeof CatalogueImport>
