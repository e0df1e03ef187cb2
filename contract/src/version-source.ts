/** Where the code of a version comes from: a repository, the commit of it, and the folder where it has several things. */
import * as z from 'zod'
import { sourcePage } from './source-address.ts'
import { readSourceUrl } from './source-url.ts'

const SourceUrl = z
  .string()
  .transform((text, { addIssue }) => {
    const read = text === '' ? { url: '' } : readSourceUrl(text)
    if ('url' in read) return read.url
    addIssue(read.wrong)
    return z.NEVER
  })
  .default('')
  .meta({ description: 'Repository that the code comes from, on https.', example: 'https://github.com/acme/infra' })

const Commit = z
  .string()
  .regex(/^([0-9a-fA-F]{7,64})?$/, 'must be the id of a commit: 7 to 64 hexadecimal digits')
  .transform((text) => text.toLowerCase())
  .default('')
  .meta({ description: 'Commit of it.', example: '3f2a91c07be5d2a1c6f0e4b7a8d9c3e2f1a0b4d5' })

const Folder = z
  .string()
  .max(500, 'must be of 500 characters at most')
  .transform((text) => text.replace(/^(?:\.\/)+|^\.$|\/+$/g, ''))
  .refine((text) => !/[\p{C}\p{Zl}\p{Zp}\\]/u.test(text), 'must be without backslashes and control characters')
  .refine(
    (text) => text === '' || text.split('/').every((part) => !['', '.', '..'].includes(part)),
    'must be a path below the root of the repository, such as modules/vpc',
  )
  .default('')
  .meta({ description: 'Folder inside of it; empty: its root.', example: 'modules/vpc' })

/** What every door takes when a version is published; all of it may be left out. */
export const sourceFields = { source: SourceUrl, commit: Commit, folder: Folder }

/** For the object that has the fields. */
export function refuseWithoutSource(
  { source, commit, folder }: { source: string; commit: string; folder: string },
  { addIssue }: { addIssue(issue: { code: 'custom'; path: string[]; message: string }): void },
): void {
  for (const [field, given] of Object.entries({ commit, folder })) {
    if (source === '' && given !== '')
      addIssue({ code: 'custom', path: [field], message: 'says nothing without source' })
  }
}

export const SourceFields = z.object(sourceFields).superRefine(refuseWithoutSource)
export type SourceFields = z.output<typeof SourceFields>

export const noSource: SourceFields = { source: '', commit: '', folder: '' }

export const VersionSource = z
  .object({
    url: z.string().meta({ example: 'https://github.com/acme/infra' }),
    commit: z.string().nullable(),
    folder: z.string().meta({ description: 'Empty: the root of the repository.', example: 'modules/vpc' }),
    page: z.string().meta({
      description: 'Where a browser shows it: the folder at the commit where the host is known, else the repository.',
    }),
  })
  .meta({ id: 'VersionSource' })
export type VersionSource = z.infer<typeof VersionSource>

/** Of a module or a provider as a whole. */
export const NewestSourceUrl = z.string().nullable().meta({
  description: 'Repository of the newest version that says where it comes from, `sourceVersion`; null: none does.',
})

export const SourceVersion = z.string().nullable().meta({
  description: 'Version that said `sourceUrl`; of another one the code may lie elsewhere. null: none says it.',
  example: '1.2.0',
})

/** As it is kept → as it is shown; null: nobody said it. */
export function shownSource({ source, commit, folder }: SourceFields): VersionSource | null {
  if (source === '') return null
  const place = { url: source, commit: commit || null, folder }
  return { ...place, page: sourcePage(place) }
}

/** Of what was published, for the audit trail. */
export const saidSource = (fields: SourceFields) =>
  Object.fromEntries(Object.entries(fields).filter(([, said]) => said !== ''))
