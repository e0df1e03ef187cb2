/** What the registry knows of a module by reading it: what goes in, what comes out, what it creates and needs. */
import * as z from 'zod'
import { ModuleVersion } from './modules.ts'
import { SourceVersion } from './version-source.ts'

/** Beside the text itself, which is what programs read. */
const descriptionHtml = z
  .string()
  .optional()
  .meta({ description: 'Its description as safe HTML; absent where that is plain words, or too large to be rendered.' })

/** Where something was written: a path inside the archive, and the line, counted from 1. */
const position = { file: z.string().meta({ example: 'variables.tf' }), line: z.number().int() }

const text = (what: string) => z.string().meta({ description: what })
const flag = (what: string) => z.boolean().meta({ description: what })

export const Diagnostic = z
  .object({
    severity: z.enum(['error', 'warning']),
    message: z.string().meta({ example: 'This block is not closed.' }),
    ...position,
    column: z.number().int(),
  })
  .meta({ id: 'Diagnostic' })
export type Diagnostic = z.infer<typeof Diagnostic>

export type TypeTree = {
  /** `unknown`: what is written there is no type */
  kind: 'string' | 'number' | 'bool' | 'any' | 'list' | 'set' | 'map' | 'tuple' | 'object' | 'unknown'
  /** of a list, a set or a map */
  element?: TypeTree
  /** of a tuple */
  elements?: TypeTree[]
  /** of an object */
  attributes?: TypeAttribute[]
  /** as written, where it is `unknown` */
  text?: string
}
export type TypeAttribute = {
  name: string
  type: TypeTree
  optional: boolean
  /** as written in `optional(…, default)` */
  defaultText?: string
  /** the comment above it, or behind it on its line */
  description?: string
}

export const TypeTree: z.ZodType<TypeTree> = z
  .lazy(() =>
    z.object({
      kind: z.enum(['string', 'number', 'bool', 'any', 'list', 'set', 'map', 'tuple', 'object', 'unknown']),
      element: TypeTree.optional(),
      elements: z.array(TypeTree).optional(),
      attributes: z
        .array(
          z.object({
            name: z.string(),
            type: TypeTree,
            optional: z.boolean(),
            defaultText: z.string().optional(),
            description: z.string().optional(),
          }),
        )
        .optional(),
      text: z.string().optional(),
    }),
  )
  .meta({ id: 'TypeTree' })

export const Input = z
  .object({
    name: z.string(),
    type: z.string().nullable().meta({ description: 'As written, comments included; null: none is written.' }),
    typeTree: TypeTree.nullable(),
    required: z.boolean(),
    default: z
      .unknown()
      .optional()
      .meta({ description: 'When it is a plain value; numbers that JSON would round are text.' }),
    defaultText: z.string().nullable().meta({ description: 'As written; null: none.' }),
    description: z.string(),
    descriptionHtml,
    sensitive: z.boolean(),
    nullable: z.boolean(),
    ephemeral: z.boolean(),
    deprecated: z.string().nullable(),
    validations: z.array(z.object({ condition: z.string(), message: z.string() })),
    ...position,
  })
  .meta({ id: 'InputVariable' })
export type Input = z.infer<typeof Input>

export const Output = z
  .object({
    name: z.string(),
    description: z.string(),
    descriptionHtml,
    value: text('The expression, as written.'),
    sensitive: z.boolean(),
    ephemeral: z.boolean(),
    deprecated: z.string().nullable(),
    ...position,
  })
  .meta({ id: 'OutputValue' })
export type Output = z.infer<typeof Output>

export const Resource = z
  .object({
    mode: z.enum(['managed', 'data', 'ephemeral']),
    type: z.string().meta({ example: 'aws_vpc' }),
    name: z.string(),
    provider: z.string().nullable().meta({ description: 'As written: `aws.west`; null: the one of its type.' }),
    repeated: flag('It has `count` or `for_each`.'),
    ...position,
  })
  .meta({ id: 'Resource' })
export type Resource = z.infer<typeof Resource>

export const ModuleCall = z
  .object({
    name: z.string(),
    source: z.string().nullable().meta({ description: 'null when it is not a plain text.' }),
    version: z.string().nullable().meta({ description: 'The constraint.' }),
    ...position,
  })
  .meta({ id: 'ModuleCall' })
export type ModuleCall = z.infer<typeof ModuleCall>

export const ProviderRequirement = z
  .object({
    name: z.string().meta({ description: 'Local name.' }),
    source: z.string().nullable().meta({ example: 'hashicorp/aws' }),
    version: z.string().nullable().meta({ description: 'The constraint.' }),
    configurationAliases: z.array(z.string()).meta({ example: ['aws.west'] }),
    ...position,
  })
  .meta({ id: 'ProviderRequirement' })
export type ProviderRequirement = z.infer<typeof ProviderRequirement>

export const Requirements = z
  .object({
    terraform: z.array(z.object({ constraint: z.string(), ...position })).meta({ description: '`required_version`.' }),
    providers: z.array(ProviderRequirement),
    moduleCalls: z.array(ModuleCall),
  })
  .meta({ id: 'Requirements' })
export type Requirements = z.infer<typeof Requirements>

/** What a folder says of how state moves through it. */
export const Moves = z
  .object({
    moved: z.array(z.object({ from: z.string(), to: z.string(), ...position })),
    removed: z.array(
      z.object({
        from: z.string(),
        destroys: z.boolean().optional().meta({
          description: 'What its lifecycle says; absent: nothing, or an older inspector read it.',
        }),
        ...position,
      }),
    ),
    imports: z.array(z.object({ to: z.string(), id: z.string(), ...position })),
    checks: z.array(z.object({ name: z.string(), ...position })),
  })
  .meta({ id: 'Moves' })
export type Moves = z.infer<typeof Moves>

/** All that was read in one folder: the root (`path` is empty), a submodule or an example. */
export type FolderKnowledge = {
  kind: 'root' | 'submodule' | 'example'
  path: string
  inputs: Input[]
  outputs: Output[]
  resources: Resource[]
  requirements: Requirements
  moves: Moves
  /** path of its README in the archive, and the Markdown of it; null when there is none or it is too large */
  readme: { file: string; markdown: string } | null
  diagnostics: Diagnostic[]
}

/** All that was read in an archive. */
export type ModuleKnowledge = {
  /** root first, then by path */
  folders: FolderKnowledge[]
  licence: { file: string; spdx: string | null } | null
  files: ArchivedFile[]
  /** what concerns no single folder, e.g. that a limit was reached */
  diagnostics: Diagnostic[]
}

export const ArchivedFile = z
  .object({
    path: z.string(),
    sizeBytes: z.number().int(),
    isText: flag('It can be shown as text.'),
    sha256: z
      .string()
      .optional()
      .meta({ description: 'Absent where an older inspector read the archive, until it is read again.' }),
  })
  .meta({ id: 'ArchivedFile' })
export type ArchivedFile = z.infer<typeof ArchivedFile>

export const Inspection = z
  .enum(['waiting', 'done', 'failed'])
  .meta({ id: 'Inspection', description: 'Whether the module was read: `failed` is over its limits.' })

export type Inspection = z.infer<typeof Inspection>

export const FolderSummary = z
  .object({
    kind: z.enum(['root', 'submodule', 'example']),
    path: z.string().meta({ description: 'Empty for the root.', example: 'modules/subnets' }),
    description: text('First sentence of its README; empty when there is none.'),
    inputs: z.number().int(),
    requiredInputs: z.number().int(),
    outputs: z.number().int(),
    resources: z.number().int(),
    requirements: z.number().int(),
    hasReadme: z.boolean(),
    errors: z.number().int().meta({ description: 'Diagnostics that are errors.' }),
  })
  .meta({ id: 'FolderSummary' })
export type FolderSummary = z.infer<typeof FolderSummary>

/** A version with all that its page says above and beside its sections. */
export const ModuleVersionDetails = ModuleVersion.extend({
  latestVersion: z.string().nullable(),
  isLatest: z.boolean(),
  versionCount: z.number().int(),
  visibility: z.enum(['private', 'internal', 'public']),
  owner: z.string().meta({ description: 'Name of the organization that its namespace belongs to.' }),
  sourceUrl: z.string().nullable().meta({
    description: 'Repository of this version, else of the newest one that says where it comes from; null: none does.',
  }),
  sourceVersion: SourceVersion,
  licence: z.string().nullable().meta({ description: 'SPDX id; null: none was recognised.' }),
  licenceFile: z.string().nullable().meta({
    description: 'Path of the file that says it; null: there is none.',
    example: 'LICENSE',
  }),
  requiredVersion: z.string().nullable().meta({ description: 'Constraints of the root for Terraform and OpenTofu.' }),
  inspection: Inspection,
  folders: z.array(FolderSummary),
  diagnostics: z.array(Diagnostic).meta({ description: 'What could not be read, in all of the archive.' }),
}).meta({ id: 'ModuleVersionDetails' })
export type ModuleVersionDetails = z.infer<typeof ModuleVersionDetails>

/** What every part is asked for with. */
export const FolderQuery = z.object({
  folder: z.string().max(500).default('').meta({
    description: 'Path of a submodule or an example; empty: the root.',
    example: 'modules/subnets',
  }),
})

const partOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ inspection: Inspection, items: z.array(item), diagnostics: z.array(Diagnostic) })

export const InputsPart = partOf(Input).meta({ id: 'InputsPart' })
export const OutputsPart = partOf(Output).meta({ id: 'OutputsPart' })
export const ResourcesPart = partOf(Resource).extend({ moves: Moves }).meta({ id: 'ResourcesPart' })
export const RequirementsPart = z
  .object({
    inspection: Inspection,
    requirements: Requirements,
    providerPages: z.record(z.string(), z.string()).meta({
      description:
        'By local name: where its providers have a page in this registry, here or in its catalogue, of those that you may read.',
      example: { aws: '/mirror/registry.opentofu.org/hashicorp/aws' },
    }),
    diagnostics: z.array(Diagnostic),
  })
  .meta({ id: 'RequirementsPart' })
export const FoldersPart = z
  .object({ inspection: Inspection, items: z.array(FolderSummary) })
  .meta({ id: 'FoldersPart' })

export const ReadmePart = z
  .object({
    inspection: Inspection,
    file: z.string().nullable().meta({ description: 'null: this folder has none.' }),
    html: text(
      'Safe: written by the registry, without anything active. Code has the classes `code-keyword`, `code-string` ….',
    ),
    headings: z.array(z.object({ id: z.string(), text: z.string(), level: z.number().int() })),
  })
  .meta({ id: 'ReadmePart' })
export type ReadmePart = z.infer<typeof ReadmePart>

export const FilesPart = z.object({ inspection: Inspection, items: z.array(ArchivedFile) }).meta({ id: 'FilesPart' })

/** One file, as the source browser shows it. */
export const FileView = z
  .object({
    path: z.string(),
    sizeBytes: z.number().int(),
    lines: z
      .array(z.string())
      .nullable()
      .meta({ description: 'Each line as safe, highlighted HTML; null: it is not text, or too large to be shown.' }),
  })
  .meta({ id: 'FileView' })
export type FileView = z.infer<typeof FileView>

/** What is written in a folder, as it would be written elsewhere. */
export const FolderCode = z
  .object({
    inspection: Inspection,
    items: z.array(z.object({ path: z.string(), text: z.string(), html: text('The same, highlighted.') })),
    leftOut: z.number().int().meta({ description: 'Files that are too many or too large to be shown together.' }),
  })
  .meta({ id: 'FolderCode' })

/** Ready to paste, for each client. */
export const UsageBlock = z
  .object({
    text: z.string(),
    html: text('The same, highlighted.'),
    source: z.string().meta({ example: 'registry.example.com/acme/vpc/aws' }),
    version: z.string().meta({ example: '~> 1.2' }),
    refusedHost: z
      .string()
      .nullable()
      .meta({ description: 'Why clients would refuse this host name; null: they accept it.' }),
  })
  .meta({ id: 'UsageBlock' })

export const UsageQuery = FolderQuery.extend({
  client: z.enum(['terraform', 'opentofu', 'terragrunt']).default('terraform'),
  mode: z
    .enum(['minimal', 'required', 'all'])
    .default('required')
    .meta({ description: 'Which inputs are in it: none, those that are required, or all with their defaults.' }),
  pin: z.enum(['exact', 'pessimistic']).default('pessimistic').meta({
    description:
      '`pessimistic` takes later minor versions: `~> 1.2`. Terragrunt and prereleases take one version alone.',
  }),
})
export type UsageQuery = z.infer<typeof UsageQuery>

export const FileQuery = z.object({ path: z.string().min(1).max(1024).meta({ example: 'modules/subnets/main.tf' }) })
