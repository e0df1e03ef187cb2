/** Identity providers as the API speaks of them: whose word about people counts. A client secret goes in and never comes out. */
import * as z from 'zod'
import { parseUrl } from './parse-url.ts'
import { Role } from './roles.ts'
import { Line } from './texts.ts'

/** What sessions say of those who came another way, the issuers of the settings, and a word of our own addresses. */
const keptNames = ['callback', 'entra', 'oidc', 'password', 'setup']

export const IdentityProviderName = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/, 'must be 1 to 32 lower-case letters, digits and -')
  .meta({ example: 'acme-sso' })

export const IdentityProviderParams = z.object({ name: IdentityProviderName })

export const GroupMapping = z
  .strictObject({
    group: text(256).meta({ description: 'As the claim says it; of Entra ID, the id of the group.' }),
    organization: Line.meta({ description: 'Its name, or platform.' }),
    role: Role,
  })
  .meta({ id: 'GroupMapping', description: 'Whoever is in the group holds the role, as long as the issuer says so.' })

/** Kept as it is written: issuers are the same when they are the same to the letter. */
const IssuerUrl = text(500)
  .refine(
    (url) => parseUrl(url) && isSafeAddress(new URL(url)),
    'must be an https address; http goes to localhost alone',
  )
  .refine((url) => !/[?#@]/.test(url), 'must be without user, query and fragment')
  .meta({ example: 'https://login.acme.example' })

const ClientId = text(255)
const ClientSecret = text(1000).meta({ description: 'Kept encrypted, and never shown again.' })
const IssuerScopes = z
  .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/, 'must be letters and signs without blanks'))
  .max(20)
  .refine((scopes) => scopes.includes('openid'), 'must hold openid')
const GroupClaim = text(200).meta({ description: 'The claim that names the groups of a person.' })
const GroupMappings = z.array(GroupMapping).max(500)

export const NewIdentityProvider = z
  .strictObject({
    name: IdentityProviderName.refine(
      (name) => !keptNames.includes(name),
      `must be none of ${keptNames.join(', ')}, which mean something else`,
    ),
    kind: z
      .enum(['oidc', 'entra'])
      .default('oidc')
      .meta({ description: 'entra is Microsoft Entra ID, whose claims have rules of their own.' }),
    displayName: Line.or(z.literal('')).default('').meta({ description: 'On the sign-in page; else the name.' }),
    issuerUrl: IssuerUrl.optional().meta({ description: 'Needed, unless a tenant is given.' }),
    tenant: z
      .guid('must be the id of a directory, as its overview shows it')
      .optional()
      .meta({ description: 'The directory of Microsoft Entra ID, in place of issuerUrl.' }),
    clientId: ClientId,
    clientSecret: ClientSecret.optional(),
    scopes: IssuerScopes.optional().meta({
      description: 'openid, email and profile unless given, of entra User.Read, too.',
    }),
    groupClaim: GroupClaim.default('groups'),
    groupMappings: GroupMappings.default([]),
    enabled: z.boolean().default(true),
  })
  .meta({ id: 'NewIdentityProvider' })
export type NewIdentityProvider = z.infer<typeof NewIdentityProvider>

export const IdentityProviderChange = z
  .strictObject({
    displayName: Line.or(z.literal('')).optional(),
    issuerUrl: IssuerUrl.optional().meta({ description: 'Only until somebody has signed in through it.' }),
    clientId: ClientId.optional(),
    clientSecret: ClientSecret.nullable().optional().meta({ description: 'null takes it away.' }),
    scopes: IssuerScopes.optional(),
    groupClaim: GroupClaim.optional(),
    groupMappings: GroupMappings.optional().meta({ description: 'All of them; they count from the next sign-in on.' }),
    enabled: z.boolean().optional().meta({ description: 'false ends the sessions that began with it, too.' }),
  })
  .meta({ id: 'IdentityProviderChange' })
export type IdentityProviderChange = z.infer<typeof IdentityProviderChange>

export const IdentityProvider = z
  .object({
    name: z.string(),
    kind: z.enum(['oidc', 'entra']),
    displayName: z.string(),
    source: z.enum(['settings', 'database']).meta({ description: 'settings: it is changed there, and nowhere else.' }),
    enabled: z.boolean(),
    issuerUrl: z.string(),
    clientId: z.string(),
    hasSecret: z.boolean(),
    redirectUri: z.string().meta({ description: 'To be registered at the provider.' }),
    scopes: z.array(z.string()),
    groupClaim: z.string(),
    groupMappings: z.array(z.object({ group: z.string(), organization: z.string(), role: Role })),
    createdAt: z.iso.datetime().nullable().meta({ description: 'null: it comes from the settings.' }),
    updatedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'IdentityProvider' })
export type IdentityProvider = z.infer<typeof IdentityProvider>

export const IdentityProviderCheck = z
  .object({
    ok: z.boolean(),
    steps: z.array(
      z.object({
        step: z.string().meta({ example: 'discovery' }),
        ok: z.boolean(),
        detail: z.string().meta({ description: 'What was found, or what is wrong.' }),
      }),
    ),
  })
  .meta({ id: 'IdentityProviderCheck' })
export type IdentityProviderCheck = z.infer<typeof IdentityProviderCheck>

/** One line, of what other systems made up. */
function text(maxLength: number) {
  return z
    .string()
    .min(1)
    .max(maxLength)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must be one line without control characters')
}

/** Whoever reads along between us and the provider could say who people are; nobody does on the way to this machine. */
export function isSafeAddress({ protocol, hostname }: URL): boolean {
  const isLoopback = hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
  return protocol === 'https:' || (protocol === 'http:' && isLoopback)
}
