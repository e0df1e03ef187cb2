/** How each row of the rights matrix is asked: addresses are filled in from the pattern, the rest stands here. */
import { randomUUID } from 'node:crypto'
import { publicHost } from './catalogue/imported.ts'
import { spareNamespace, type World } from './rights-matrix.callers.ts'

export type Asked = {
  /** for the pattern, beside those that every row has */
  params?: Record<string, string>
  query?: string
  /** instead of the pattern */
  path?: string
  /** made anew for each request */
  body?: () => unknown
  headers?: Record<string, string>
  /** the text by which a thing is found in an answer that lists */
  shows?: string
  /** the request ends the session that it comes with */
  endsSession?: boolean
}

/** What is not there, where writing has to be let in and shall still change nothing. */
const absentVersion = { version: '7.7.7' }
const absentType = { type: 'absent' }
const past = '2020-01-01T00:00:00Z'
const bytes = { 'content-type': 'application/gzip' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const preflight = { origin: 'https://console.acme.example', 'access-control-request-method': 'GET' }
const garbage = () => Buffer.from('this is no archive')
/** As terraform asks for a code. */
const loginQuery = new URLSearchParams({
  client_id: 'terraform-cli',
  code_challenge: 'A'.repeat(43),
  code_challenge_method: 'S256',
  redirect_uri: 'http://localhost:10000/login',
  response_type: 'code',
  state: 'x',
}).toString()
const json = (body: unknown) => ({ body: () => body })

export const paramsOf = (namespace: string): Record<string, string> => ({
  namespace,
  name: 'vpc',
  system: 'aws',
  type: 'greeter',
  version: '1.0.0',
  hostname: 'localhost',
  os: 'linux',
  arch: 'amd64',
  filename: 'notes.txt',
  fingerprint: 'A'.repeat(40),
  code: 'sign-in-needed',
})

/** @param label of a row: its route, and in brackets which case of it @param where the namespace that is asked for, and by whom */
export function askedBy(label: string, where: { namespace: string; caller: string }, world: World): Asked {
  const { namespace, caller } = where
  const { ids, keys, revokedKeys, emails, archives } = world
  const numbers = world.providerNumbers[namespace] ?? { provider: '999999', version: '999999' }
  const unsigned = (path: string) => ({ path: path.split('?')[0]! })
  const newKey = (wanted: object) =>
    json({ name: 'not made', scopes: ['modules:read'], organization: 'acme', expiresAt: past, ...wanted })
  const factsOf = (name: string) => ({ query: 'kind=namespace.created', shows: `"${name}"` })
  const rotate = (id: string) => ({ params: { id }, ...json({ expiresAt: past }) })

  const catalogued = Object.entries({
    'a private namespace': 'secret',
    'an internal one': 'shared',
    'a public one': 'open',
  }).flatMap(([which, name]) =>
    cataloguedRoutes.map((route) => [`GET ${route} (${which})`, { params: { hostname: publicHost, namespace: name } }]),
  )

  const asked: Record<string, Asked> = {
    ...Object.fromEntries(catalogued),
    'OPTIONS /v1/*': { path: '/v1/modules/secret/vpc/aws/versions', headers: preflight },
    'OPTIONS /v2/*': { path: '/v2/providers/secret/greeter', headers: preflight },
    'OPTIONS /api/v1/*': { path: '/api/v1/namespaces', headers: preflight },

    'GET /v1/modules': { query: 'limit=100', shows: `"${namespace}/vpc/aws/1.0.0"` },
    'GET /v1/modules/': { query: 'limit=100', shows: `"${namespace}/vpc/aws/1.0.0"` },
    'GET /v1/modules/search': { query: 'q=vpc', shows: `"${namespace}/vpc/aws/1.0.0"` },
    'GET /v1/providers': { query: 'limit=100', shows: `"${namespace}/greeter/1.0.0"` },
    'GET /v1/providers/': { query: 'limit=100', shows: `"${namespace}/greeter/1.0.0"` },
    'GET /v2/providers': { query: 'page[size]=100', shows: `"${namespace}/greeter"` },
    'GET /v2/providers/:id': { params: { id: numbers.provider } },
    'GET /v2/providers/:id/provider-versions/:version': { params: { id: numbers.provider } },
    'GET /v2/providers/:id/downloads/summary': { params: { id: numbers.provider } },
    'GET /v2/provider-versions/:id': { params: { id: numbers.version } },

    'GET /registry/docs/search': { query: 'q=vpc', shows: `"${namespace}/vpc/aws"` },
    'GET /top/providers': { query: 'limit=500', shows: `"${namespace}/greeter"` },
    'GET /registry/docs/providers/index.json': { shows: `"${namespace}/greeter"` },
    'GET /registry/docs/modules/index.json': { shows: `"${namespace}/vpc/aws"` },
    'GET /registry/docs/providers/:namespace/:name/index.json': { params: { name: 'greeter' } },
    'GET /registry/docs/modules/:namespace/:name/:target/index.json': { params: { target: 'aws' } },

    'GET /api/v1/namespaces': { query: 'limit=100', shows: `"name":"${namespace}"` },
    'POST /api/v1/namespaces (one that is taken, for acme)': json({ name: 'secret', organization: 'acme' }),
    'POST /api/v1/namespaces (for an organization that is not there)': json({ name: 'fresh', organization: 'absent' }),
    'PATCH /api/v1/namespaces/:namespace': json({ visibility: visibilityOf[namespace] }),
    'POST /api/v1/namespaces/:namespace/transfer (to acme)': json({ organization: 'acme' }),
    'POST /api/v1/namespaces/:namespace/transfer (to the other organization)': {
      params: { namespace: spareNamespace(caller) },
      ...json({ organization: 'other' }),
    },

    'GET /api/v1/organizations': { query: 'limit=100', shows: '"name":"acme"' },
    'POST /api/v1/organizations': json({ name: 'acme' }),
    'PUT /api/v1/organizations/:organization': json({ displayName: 'Acme' }),
    'PUT /api/v1/organizations/:organization/members/:user': {
      params: { user: ids.viewer },
      ...json({ roles: ['viewer'] }),
    },
    'DELETE /api/v1/organizations/:organization/members/:user': { params: { user: ids.otherPublisher } },
    'PUT /api/v1/platform/members/:user': { params: { user: ids.viewer }, ...json({ roles: [] }) },
    'DELETE /api/v1/platform/members/:user': { params: { user: ids.viewer } },

    'GET /api/v1/users (the viewer of acme)': { query: 'limit=100', shows: emails.viewer },
    'GET /api/v1/users (somebody of the other organization)': { query: 'limit=100', shows: emails.otherPublisher },
    'POST /api/v1/users': json({ email: emails.viewer }),
    'GET /api/v1/users/:id (the viewer of acme)': { params: { id: ids.viewer } },
    'GET /api/v1/users/:id (the publisher of the other organization)': { params: { id: ids.otherPublisher } },
    'PATCH /api/v1/users/:id (the name of the viewer of acme)': {
      params: { id: ids.viewer },
      ...json({ displayName: 'Viewer' }),
    },
    'PATCH /api/v1/users/:id (whether the viewer of acme may come in)': {
      params: { id: ids.viewer },
      ...json({ disabled: false }),
    },
    'GET /api/v1/users/:id/identities (those of the viewer of acme)': { params: { id: ids.viewer } },
    'DELETE /api/v1/users/:id/identities/:identity (one that the viewer of acme has not)': {
      params: { id: ids.viewer, identity: randomUUID() },
    },

    'GET /api/v1/api-keys (one of acme)': { query: 'limit=100', shows: keys.acme },
    'GET /api/v1/api-keys (one of the viewer of acme)': { query: 'limit=100', shows: keys.viewer },
    'GET /api/v1/api-keys (one of the other organization)': { query: 'limit=100', shows: keys.other },
    'POST /api/v1/api-keys (that reads in acme)': newKey({}),
    'POST /api/v1/api-keys (that publishes in acme)': newKey({ scopes: ['modules:write'] }),
    'POST /api/v1/api-keys (that reads in the other organization)': newKey({ organization: 'other' }),
    'POST /api/v1/api-keys (that reads on the platform)': newKey({ organization: null }),
    'POST /api/v1/api-keys (for somebody else)': newKey({ owner: emails.publisher }),
    'POST /api/v1/api-keys/:id/rotate (one of acme)': rotate(keys.acme),
    'POST /api/v1/api-keys/:id/rotate (one of the viewer of acme)': rotate(keys.viewer),
    'POST /api/v1/api-keys/:id/rotate (none)': rotate(randomUUID()),
    'DELETE /api/v1/api-keys/:id (one of acme)': { params: { id: revokedKeys.acme } },
    'DELETE /api/v1/api-keys/:id (one of the viewer of acme)': { params: { id: revokedKeys.viewer } },
    'DELETE /api/v1/api-keys/:id (one of the other organization)': { params: { id: revokedKeys.other } },
    'DELETE /api/v1/auth/session': { endsSession: true },
    'GET /api/v1/sessions (those of the viewer of acme)': { query: `user=${ids.viewer}` },
    'DELETE /api/v1/sessions/:id (one of somebody else)': { params: { id: world.sessionOfOther } },

    'GET /api/v1/audit-logs (what happened in acme)': factsOf('secret'),
    'GET /api/v1/audit-logs (what happened in the other organization)': factsOf('foreign'),
    'GET /api/v1/audit-logs/export (what happened in acme)': factsOf('secret'),
    'GET /api/v1/audit-logs/export (what happened in the other organization)': factsOf('foreign'),

    'GET /api/v1/activity': { query: `limit=100&namespace=${namespace}`, shows: `"${namespace}/vpc/aws"` },
    'GET /api/v1/search': { query: 'q=vpc', shows: `"${namespace}/vpc/aws"` },
    'GET /api/v1/search/groups': { query: `q=one+ns:${namespace}`, shows: `"${namespace}/vpc/aws"` },
    'GET /api/v1/search/parts': { query: `q=one+ns:${namespace}&kind=output`, shows: `"${namespace}/vpc/aws"` },
    'GET /api/v1/modules/search': { query: 'q=vpc', shows: `"${namespace}/vpc/aws"` },
    'PATCH /api/v1/catalogue/sources/:hostname': json({ visibility: 'internal' }),
    'PUT /api/v1/catalogue/sources/:hostname/namespaces/:namespace': json({ visibility: 'internal' }),
    'GET /api/v1/modules': { query: 'limit=100', shows: `"${namespace}/vpc/aws"` },
    'POST /api/v1/modules': {
      body: () => formOf({ namespace, name: 'new', system: 'aws', version: '1.0.0' }, { file: garbage() }),
    },
    'PUT /api/v1/modules/:namespace/:name/:system/:version': {
      params: absentVersion,
      headers: bytes,
      body: garbage,
    },
    'GET /api/v1/modules/:namespace/:name/:system/:version/files/view': { query: 'path=main.tf' },
    'GET /api/v1/modules/:namespace/:name/:system/:version/files/raw/*': {
      path: `/api/v1/modules/${namespace}/vpc/aws/1.0.0/files/raw/main.tf`,
    },
    'GET /api/v1/modules/:namespace/:name/:system/compare/:from...:to': { params: { from: '1.0.0', to: '1.0.0' } },
    'GET /api/v1/modules/:namespace/:name/:system/compare/:from...:to/file': {
      params: { from: '1.0.0', to: '1.0.0' },
      query: 'path=main.tf',
    },
    'DELETE /api/v1/modules/:namespace/:name/:system/:version': { params: absentVersion },
    'POST /api/v1/modules/:namespace/:name/:system/:version/restore': { params: absentVersion },

    'POST /api/v1/namespaces/:namespace/signing-keys': json({ armored: 'this is no key' }),
    'GET /api/v1/providers': { query: 'limit=100', shows: `"${namespace}/greeter"` },
    'POST /api/v1/providers': {
      body: () => formOf({ namespace, type: 'new', version: '1.0.0', os: 'linux', arch: 'amd64' }, { file: garbage() }),
    },
    'POST /api/v1/providers/:namespace/:type/deprecate': { params: absentType, ...json({ message: 'leave it' }) },
    'POST /api/v1/providers/:namespace/:type/restore': { params: absentType },
    'POST /api/v1/providers/:namespace/:type/:version/deprecate': {
      params: absentVersion,
      ...json({ message: 'leave it' }),
    },
    'DELETE /api/v1/providers/:namespace/:type/:version': { params: absentVersion },
    'POST /api/v1/providers/:namespace/:type/:version/restore': { params: absentVersion },
    'POST /api/v1/providers/:namespace/:type/:version/restore (one that is deleted)': { params: { version: '0.9.0' } },
    'PUT /api/v1/providers/:namespace/:type/:version/files/:filename': {
      params: absentVersion,
      headers: bytes,
      body: garbage,
    },
    'POST /api/v1/providers/:namespace/:type/:version/publish': { params: absentVersion },

    'POST /api/v1/identity-providers': json({ name: 'not-made', clientId: 'cadastre' }),
    'PATCH /api/v1/identity-providers/:name': json({ displayName: 'Not there' }),

    'POST /api/v1/storage/move': json({ to: 's3' }),

    'POST /api/v1/catalogue/imports': json({ folder: 'opentofu-registry' }),
    'GET /api/v1/jobs/:id': { params: { id: randomUUID() } },
    'DELETE /api/v1/jobs/:id': { params: { id: randomUUID() } },
    'GET /api/v1/jobs/:id/events': { params: { id: randomUUID() } },

    'GET /archives/modules/:namespace/:name/:system/:version/:place/:file (signed)': { path: archives.module },
    'GET /archives/modules/:namespace/:name/:system/:version/:place/:file (not signed)': unsigned(archives.module),
    'GET /archives/providers/:namespace/:type/:version/:place/:sha256/:file (signed)': { path: archives.provider },
    'GET /archives/providers/:namespace/:type/:version/:place/:sha256/:file (not signed)': unsigned(archives.provider),
    'GET /archives/providers/:namespace/:type/:version/shasums/:file (signed)': { path: archives.sums },
    'GET /archives/providers/:namespace/:type/:version/shasums/:file (not signed)': unsigned(archives.sums),

    'POST /setup': { headers: form, body: () => 'token=x' },
    'GET /* (a page of a private namespace)': { path: '/modules/secret/vpc/aws' },
    'GET /* (of an internal one)': { path: '/modules/shared/vpc/aws' },
    'GET /* (of a public one)': { path: '/modules/open/vpc/aws' },
    'GET /api/v1/docs/:page': { params: { page: 'configuration' } },
    'GET /api/v1/docs/decisions/:page': { params: { page: '0003-no-placeholders' } },
    'GET /api/v1/docs/errors/:code': { params: { code: 'sign-in-needed' } },
    'GET /docs/errors/:code.md': { params: { code: 'sign-in-needed' } },
    'GET /docs/:name.md': { params: { name: 'configuration' } },
    'GET /docs/decisions/:name.md': { params: { name: '0003-no-placeholders' } },
    'GET /assets/*': { path: '/assets/none.js' },
    'POST /login': { headers: form, body: () => 'email=x' },
    'POST /sign-out': { headers: form, body: () => 'x=x' },
    'GET /oauth/authorize': { query: loginQuery },
    'POST /oauth/authorize': { headers: form, body: () => `${loginQuery}&decision=allow` },
    'POST /oauth/token': { headers: form, body: () => `grant_type=authorization_code&code=${'A'.repeat(43)}` },
  }
  return asked[label] ?? {}
}

const cataloguedRoutes = [
  '/v1/upstream/:hostname/modules/:namespace/:name/:system/versions',
  '/v1/upstream/:hostname/modules/:namespace/:name/:system/:version/download',
  '/v1/upstream/:hostname/providers/:namespace/:type/versions',
  '/v1/upstream/:hostname/providers/:namespace/:type/:version/download/:os/:arch',
  '/api/v1/catalogue/:hostname/modules/:namespace/:name/:system',
  '/api/v1/catalogue/:hostname/modules/:namespace/:name/:system/versions',
  '/api/v1/catalogue/:hostname/providers/:namespace/:type',
  '/api/v1/catalogue/:hostname/providers/:namespace/:type/versions',
  '/api/v1/catalogue/:hostname/providers/:namespace/:type/versions/:version',
]

const visibilityOf: Record<string, string> = { secret: 'private', shared: 'internal', open: 'public', absent: 'public' }

function formOf(fields: Record<string, string>, files: Record<string, Buffer>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  for (const [name, content] of Object.entries(files)) form.set(name, new Blob([new Uint8Array(content)]), name)
  return form
}
