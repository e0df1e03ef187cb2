/** The pages of administration: only who holds a scope for them opens them; the API guards what stands there. */
import { definePage, type Page } from './page.ts'
import { question } from './question.ts'

export const adminPages = {
  admin: definePage({
    path: '/admin',
    audience: ['users:read', 'organizations:write', 'audit:read', 'mirrors:manage', 'admin'],
    // Whoever administers a part of it is refused some of them, and sees the others.
    rest: () => [question('/api/v1/checklist'), question('/api/v1/catalogue/sources')],
    title: () => 'Administration',
  }),
  adminPeople: definePage({
    path: '/admin/people',
    audience: ['users:read', 'users:write'],
    first: () => question('/api/v1/users'),
    title: () => 'People · Administration',
  }),
  adminOrganizations: definePage({
    path: '/admin/organizations',
    audience: ['organizations:read', 'organizations:write'],
    first: () => question('/api/v1/organizations'),
    title: () => 'Organizations · Administration',
  }),
  adminOrganization: definePage({
    path: '/admin/organizations/:organization',
    audience: ['organizations:read', 'organizations:write'],
    first: ({ params }) => question('/api/v1/organizations/{organization}', { path: params }),
    rest: ({ params }) => [
      question('/api/v1/namespaces', { query: { organization: params.organization } }),
      question('/api/v1/organizations/{organization}/members', { path: params }),
    ],
    title: ({ params }) => `${params.organization} · Organizations · Administration`,
  }),
  adminAudit: definePage({
    path: '/admin/audit',
    audience: ['audit:read'],
    first: ({ search }) => question('/api/v1/audit-logs', { query: auditQuery(search) }),
    title: () => 'Audit · Administration',
  }),
  adminJobs: definePage({
    path: '/admin/jobs',
    audience: ['mirrors:manage'],
    first: () => question('/api/v1/jobs'),
    rest: () => [question('/api/v1/catalogue/sources')],
    title: () => 'Jobs · Administration',
  }),
} satisfies Record<string, Page>

/** What the audit trail is asked with, out of the address of its page. */
export const auditQuery = (search: URLSearchParams) => ({
  kind: search.get('kind') || undefined,
  caller: search.get('caller') || undefined,
  namespace: search.get('namespace') || undefined,
  subject: search.get('subject') || undefined,
  outcome: search.get('outcome') || undefined,
})
