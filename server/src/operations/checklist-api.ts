/** The checklist of an installation, for administrators of the platform. */
import { Checklist } from '@cadastre/contract/checklist'
import { permitInOrganization } from '../access/permit.ts'
import type { App } from '../foundation/app.ts'
import type { Api } from '../foundation/http/api.ts'
import { checklist } from './checklist.ts'

export function checklistApi(api: Api, app: App) {
  api.get(
    '/checklist',
    {
      schema: {
        summary: 'What the installation still needs, found out by trying it. Needs admin.',
        tags: ['operations'],
        response: { 200: Checklist },
      },
    },
    async ({ caller }) => {
      permitInOrganization(caller, 'admin')
      return { items: await checklist(app) }
    },
  )
}
