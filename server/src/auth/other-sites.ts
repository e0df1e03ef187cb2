/** Whether another site had a browser send this request. What programs send says nothing of it, and passes. */
import type { IncomingHttpHeaders } from 'node:http'
import { parseUrl } from '@cadastre/contract/parse-url'
import type { App } from '../foundation/app.ts'

export function isFromOtherSite(app: App, headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin'
  // Over plain http browsers leave it out, and name the origin all the same.
  const { origin, host } = headers
  if (origin === undefined) return false
  return !parseUrl(origin) || ![host, new URL(app.config.server.base_url).host].includes(new URL(origin).host)
}
