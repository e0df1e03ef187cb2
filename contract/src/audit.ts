/** Facts of the audit trail, as the API speaks of them. They are written with the change that they tell of, and stay. */
import * as z from 'zod'
import { maxFilterLength } from './audit-filter.ts'
import { PageQuery } from './paging.ts'

export const Fact = z
  .object({
    id: z.string(),
    occurredAt: z.iso.datetime(),
    kind: z.string().meta({ example: 'module.published' }),
    outcome: z.enum(['done', 'refused']).meta({ description: 'refused: it was asked for, and was not done.' }),
    caller: z.object({
      kind: z.string(),
      id: z.string(),
      name: z.string().meta({ description: 'Of the key, or the e-mail address of the person.' }),
      owner: z.string().nullable().meta({ description: 'E-mail address of whoever the key belonged to.' }),
    }),
    organization: z.string().nullable().meta({ description: 'Of a namespace: the one that owned it then.' }),
    namespace: z.string().nullable(),
    subject: z.string().meta({ description: 'What it is about.', example: 'acme/vpc/aws 1.2.0' }),
    address: z.string().nullable().meta({ description: 'The network address that it was asked for from.' }),
    requestId: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Fact' })
export type Fact = z.infer<typeof Fact>

const text = z
  .string()
  .min(1)
  .max(maxFilterLength)
  .regex(/^\P{Cc}*$/u, 'must be without control characters')

export const AuditFilter = z.object({
  kind: text.optional().meta({ description: '`module.published`; with a dot at its end, all kinds that begin so.' }),
  caller: text
    .optional()
    .meta({ description: 'Id or name of a key or a person; a person’s keys are found with them.' }),
  organization: text.optional(),
  namespace: text.optional(),
  subject: text.optional().meta({ description: 'What the subject begins with: `acme/vpc/`.' }),
  outcome: z.enum(['done', 'refused']).optional(),
  since: z.iso.datetime().optional().meta({ description: 'ISO 8601 in UTC; from this moment on.' }),
  until: z.iso.datetime().optional().meta({ description: 'ISO 8601 in UTC; before this moment.' }),
  requestId: text.optional(),
})
export type AuditFilter = z.infer<typeof AuditFilter>

export const AuditQuery = PageQuery.extend(AuditFilter.shape)

export const AuditExportQuery = AuditFilter.extend({ format: z.enum(['ndjson', 'csv']).default('ndjson') })
