/** Two versions of a module held against each other: what callers notice of the difference, and which step it is. */
import * as z from 'zod'
import { Inspection } from './module-knowledge.ts'
import { ModuleParams, ModuleVersion, VersionStep } from './modules.ts'

export const CompareParams = ModuleParams.extend({
  from: z.string().min(1).max(256).meta({ example: '1.2.0' }),
  to: z.string().min(1).max(256).meta({ example: '1.3.0' }),
})

export const ChangeSeverity = z.enum(['breaking', 'addition', 'patch']).meta({
  id: 'ChangeSeverity',
  description:
    '`breaking`: a caller may have to change something, or lose something; `addition`: there is more, or something else, for whoever wants it; `patch`: callers notice nothing.',
})
export type ChangeSeverity = z.infer<typeof ChangeSeverity>

const ChangePlace = z.object({ file: z.string().meta({ example: 'variables.tf' }), line: z.number().int() })

export const InterfaceChange = z
  .object({
    rule: z.string().meta({ description: 'Which rule says so, as in the documentation.', example: 'input-removed' }),
    kind: z.enum(['added', 'removed', 'changed']),
    name: z.string().meta({ description: 'Of the input, the output, the provider …; one may change in several ways.' }),
    what: z.string().meta({ description: 'One sentence.', example: 'The input cidr was removed.' }),
    before: z.string().nullable().meta({ description: 'As written; null: nothing was.' }),
    after: z.string().nullable(),
    severity: ChangeSeverity,
    reason: z.string().meta({ description: 'Why it is as severe as that, in one sentence.' }),
    from: ChangePlace.nullable().meta({ description: 'Where it stands in the first version.' }),
    to: ChangePlace.nullable(),
  })
  .meta({ id: 'InterfaceChange' })
export type InterfaceChange = z.infer<typeof InterfaceChange>

const changes = z.array(InterfaceChange)

export const FolderDiff = z
  .object({
    path: z.string().meta({ description: 'Empty for the root.', example: 'modules/subnets' }),
    kind: z.enum(['added', 'removed', 'changed', 'same']),
    severity: ChangeSeverity.nullable().meta({ description: 'Of its most severe change; null: there is none.' }),
    folder: changes.meta({ description: 'That the folder itself came or went: then the other lists are empty.' }),
    inputs: changes,
    outputs: changes,
    requirements: changes.meta({ description: 'Versions of Terraform and OpenTofu, and providers.' }),
    resources: changes.meta({ description: 'Resources, data sources and ephemeral resources, by type and address.' }),
    moduleCalls: changes.meta({ description: 'The modules that it calls.' }),
  })
  .meta({ id: 'FolderDiff' })
export type FolderDiff = z.infer<typeof FolderDiff>

export const ChangedFile = z
  .object({
    path: z.string(),
    kind: z.enum(['added', 'removed', 'changed']),
    sizeBefore: z.number().int().nullable(),
    sizeAfter: z.number().int().nullable(),
    isText: z.boolean().meta({ description: 'It can be shown as text, in each version that has it.' }),
  })
  .meta({ id: 'ChangedFile' })
export type ChangedFile = z.infer<typeof ChangedFile>

export const DiffVerdict = z
  .object({
    order: z.enum(['forward', 'backward', 'same']).meta({
      description: '`backward`: the first version is the newer one; then no number states anything.',
    }),
    measured: VersionStep.nullable().meta({
      description: 'The step that the changes make; null: one of the versions could not be read as a whole.',
    }),
    stated: VersionStep.nullable().meta({ description: 'The step between the two numbers; null: they go backward.' }),
    allowed: VersionStep.nullable().meta({
      description:
        'The largest step that these numbers may be. Before 1.0.0 the second number stands for the first; from a prerelease everything may change.',
    }),
    enough: z.boolean().nullable().meta({ description: 'Whether what is measured is allowed; null: nobody can tell.' }),
    sentence: z.string().meta({ example: '2 inputs were removed in a minor release.' }),
    breaking: z.number().int(),
    additions: z.number().int(),
    patches: z.number().int(),
  })
  .meta({ id: 'DiffVerdict' })
export type DiffVerdict = z.infer<typeof DiffVerdict>

const ComparedVersion = ModuleVersion.pick({ version: true, state: true, publishedAt: true })
  .extend({
    inspection: Inspection,
    errors: z.number().int().meta({ description: 'What of it could not be read: its diagnostics that are errors.' }),
  })
  .meta({ id: 'ComparedVersion' })

export const ModuleDiff = z
  .object({
    address: z.string().meta({ example: 'acme/vpc/aws' }),
    from: ComparedVersion,
    to: ComparedVersion,
    verdict: DiffVerdict,
    folders: z
      .array(FolderDiff)
      .meta({ description: 'The root first, then its submodules; examples are no interface.' }),
    files: z.array(ChangedFile),
    leftOut: z.number().int().meta({ description: 'Changes that are counted, but not listed: there are too many.' }),
  })
  .meta({ id: 'ModuleDiff' })
export type ModuleDiff = z.infer<typeof ModuleDiff>

/** What of one file stands beside each other. */
export const FileDiff = z
  .object({
    path: z.string(),
    kind: z.enum(['added', 'removed', 'changed', 'same']),
    hunks: z
      .array(
        z.object({
          lines: z.array(
            z.object({
              kind: z.enum(['added', 'removed', 'same']),
              before: z.number().int().nullable().meta({ description: 'Its number in the first version, from 1.' }),
              after: z.number().int().nullable(),
              text: z.string(),
            }),
          ),
        }),
      )
      .nullable()
      .meta({ description: 'Changed lines with up to three around them; null: see `notShown`.' }),
    notShown: z.enum(['not-text', 'too-large', 'too-different']).nullable().meta({
      description: '`too-large`: the file is over 1 MB, or its lines over 4 MB once they are written as JSON.',
    }),
  })
  .meta({ id: 'FileDiff' })
export type FileDiff = z.infer<typeof FileDiff>
