/** Where the palette leads without a search: what this reader has. */
import { pageData } from '../page-data.ts'
import { holdsAny } from '../shell/rights.ts'

type Place = { to: string; label: string }

const forAll: Place[] = [
  { to: '/modules', label: 'Modules' },
  { to: '/providers', label: 'Providers' },
  { to: '/namespaces', label: 'Namespaces' },
  { to: '/activity', label: 'Activity' },
]
const forUsers: Place[] = [
  { to: '/me/tokens/new', label: 'New token' },
  { to: '/publish/module', label: 'Publish a module' },
  { to: '/publish/provider', label: 'Publish a provider' },
  { to: '/me', label: 'Account' },
]

export const places = (): Place[] => [
  ...(pageData.caller.kind === 'user' ? forUsers : []),
  ...(holdsAny(['organizations:write']) ? [{ to: '/namespaces/new', label: 'Claim a namespace' }] : []),
  ...forAll,
  ...(holdsAny(['users:read', 'organizations:write', 'audit:read', 'mirrors:manage', 'admin'])
    ? [{ to: '/admin', label: 'Administration' }]
    : []),
]
