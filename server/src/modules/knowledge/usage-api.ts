/** The block that uses a module, for each client. */
import { UsageBlock, UsageQuery } from '@cadastre/contract/module-knowledge'
import { ModuleVersionParams } from '@cadastre/contract/modules'
import type { App } from '../../foundation/app.ts'
import type { Config } from '../../foundation/config/settings.ts'
import type { Api } from '../../foundation/http/api.ts'
import { parseVersion } from '../../foundation/semver.ts'
import { askedPart } from './asked-version.ts'
import type { Colouring } from './coloured.ts'
import { findInputs } from './queries.ts'
import { usableHost, usageOf } from './usage.ts'

export function moduleUsageApi(api: Api, app: App, colours: Colouring) {
  const host = usableHost(hostsOf(app.config))

  api.get(
    '/modules/:namespace/:name/:system/:version/usage',
    {
      schema: {
        summary: 'The block that uses it, ready to paste.',
        tags: ['modules'],
        params: ModuleVersionParams,
        querystring: UsageQuery,
        response: { 200: UsageBlock },
      },
    },
    async (request) => {
      const { address, part } = await askedPart(app, request, findInputs)
      const used = { address, version: parseVersion(part.version), inputs: part.inputs ?? [], host }
      const usage = usageOf(used, request.query)
      return { ...usage, html: await colours.block(usage.text) }
    },
  )
}

/** The name that it goes by with its port, then the others that it answers to. */
export const hostsOf = ({ server }: Config): string[] => [new URL(server.base_url).host, ...server.hostnames]
