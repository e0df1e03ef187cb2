/** `/`: what this is, who is signed in, and where to go from here. */
import type { App } from '../../foundation/app.ts'
import { basePathOf, type Http } from '../../foundation/http/http.ts'
import { html } from './html.ts'
import { sendPage } from './page.ts'

export function startPage(pages: Http, app: App): void {
  const basePath = basePathOf(app.config)
  pages.get('/', (request, reply) =>
    sendPage(request, reply, {
      title: 'A private registry for Terraform and OpenTofu',
      body: html`<p>Terraform and OpenTofu install modules and providers from <code>${hostOf(app)}</code>.</p>
${
  request.session
    ? html`<p>You are signed in as <strong>${request.session.row.email}</strong>.</p>
<p class="actions"><a class="button second" href="${basePath}/account">Your keys and sessions</a>
<a class="button second" href="${basePath}/sign-out">Sign out</a></p>`
    : html`<p class="actions"><a class="button" href="${basePath}/sign-in">Sign in</a></p>`
}
<hr>
<p class="quiet">For programs: <a href="${basePath}/api/v1/openapi.json">the document of the API</a>, <a href="${basePath}/.well-known/terraform.json">service discovery</a>.</p>`,
    }),
  )
}

const hostOf = (app: App) => new URL(app.config.server.base_url).host
