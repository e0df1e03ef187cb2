/** What a page says without scripts: what it is, how it is used, and where its text lies. */
import { type PageName, pages } from '@cadastre/contract/pages'
import { providerBlock } from '@cadastre/contract/provider-block'
import type { FastifyRequest } from 'fastify'
import { type Html, html } from '../auth/pages/html.ts'
import type { Asked } from './answers.ts'
import { linksOf } from './plain-links.ts'

type Plain = {
  name: PageName | undefined
  title: string
  description: string | undefined
  markdown: string | undefined
  asked: Asked
  basePath: string
  /** as addresses of artefacts carry it */
  host: string
  request: FastifyRequest
}

export function plainPage({ name, title, description, markdown, asked, basePath, host, request }: Plain): Html {
  const { problem } = asked
  const usage = isOfOne(name) ? usageIn(asked.answers, host) : undefined
  const links = name ? linksOf(name, asked) : []
  return html`<main>
<h1>${title}</h1>
${description && html`<p>${description}</p>`}
${problem && html`<p>${problem.detail}</p>${problem.hint && html`<p>${problem.hint}</p>`}<p>Request <code>${problem.requestId}</code>, <a href="${basePath}/docs/errors/${problem.code}">${problem.code}</a></p>`}
${usage && html`<pre><code>${usage}</code></pre>`}
${links.length > 0 && html`<ul>${links.map(({ to, words }) => html`<li><a href="${basePath}${to}">${words}</a></li>\n`)}</ul>`}
${markdown && html`<p><a href="${markdown}">The same as Markdown</a></p>`}
<p><a href="${basePath}/modules">Modules</a> &middot; <a href="${basePath}/providers">Providers</a> &middot; ${
    request.session
      ? html`${request.session.row.email}, <a href="${basePath}/sign-out">sign out</a>`
      : html`<a href="${basePath}/login">Sign in</a>`
  }</p>
</main>`
}

/** A page of one module or provider, and not a list with something of its first beside it. */
const isOfOne = (name: PageName | undefined) =>
  name !== undefined && /^\/(?:modules|providers)\/:/.test(pages[name].path)

/** The block that puts it into a configuration, where the page has one. */
function usageIn(answers: Map<string, string>, host: string): string | undefined {
  for (const [url, text] of answers) {
    const path = url.split('?')[0]!
    if (path.endsWith('/usage')) return (JSON.parse(text) as { text: string }).text
    if (providerVersion.test(path)) {
      const { address, version } = JSON.parse(text) as { address: string; version: string }
      return providerBlock(host, address, version)
    }
  }
  return undefined
}

const providerVersion = /^\/api\/v1\/providers\/[^/]+\/[^/]+\/\d[^/]*$/
