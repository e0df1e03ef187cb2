/** What a page says without scripts: what it is, how it is used, and where its text lies. */
import type { FastifyRequest } from 'fastify'
import { type Html, html } from '../auth/pages/html.ts'
import type { Asked } from './answers.ts'

type Plain = {
  title: string
  description: string | undefined
  markdown: string | undefined
  asked: Asked
  basePath: string
  request: FastifyRequest
}

export function plainPage({ title, description, markdown, asked, basePath, request }: Plain): Html {
  const { problem } = asked
  const usage = usageIn(asked.answers)
  return html`<main>
<h1>${title}</h1>
${description && html`<p>${description}</p>`}
${problem && html`<p>${problem.detail}</p>${problem.hint && html`<p>${problem.hint}</p>`}<p>Request <code>${problem.requestId}</code>, <a href="${basePath}/docs/errors/${problem.code}">${problem.code}</a></p>`}
${usage && html`<pre><code>${usage}</code></pre>`}
${markdown && html`<p><a href="${markdown}">The same as Markdown</a></p>`}
<p><a href="${basePath}/modules">Modules</a> &middot; <a href="${basePath}/providers">Providers</a> &middot; ${
    request.session
      ? html`${request.session.row.email}, <a href="${basePath}/sign-out">sign out</a>`
      : html`<a href="${basePath}/login">Sign in</a>`
  }</p>
</main>`
}

/** The block that puts it into a configuration, where the page has one. */
function usageIn(answers: Map<string, string>): string | undefined {
  for (const [url, text] of answers) {
    if (url.split('?')[0]!.endsWith('/usage')) return (JSON.parse(text) as { text: string }).text
  }
  return undefined
}
