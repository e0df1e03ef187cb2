/** The frame of our own pages, and the headers that keep them from being framed, sniffed, kept or scripted. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Html, html } from './html.ts'
import { stylePath } from './style.ts'

export type Page = {
  title: string
  body: Html
  status?: number
  /** Origins beside our own that a form of this page may lead to, such as the program that waits on this computer. */
  formLeadsTo?: readonly string[]
}

export function sendPage(request: FastifyRequest, reply: FastifyReply, page: Page): FastifyReply {
  return reply
    .code(page.status ?? 200)
    .headers({ ...pageHeaders(page.formLeadsTo), 'x-request-id': request.id })
    .type('text/html; charset=utf-8')
    .send(documentOf(new URL(request.server.baseUrl).pathname.replace(/\/+$/, ''), page))
}

const pageHeaders = (formLeadsTo: readonly string[] = []) => ({
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    ["form-action 'self'", ...formLeadsTo].join(' '),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  // With no-referrer browsers send the origin of a form as null, and we could not tell our own from others.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
})

const documentOf = (basePath: string, { title, body }: Page) => `<!doctype html>
${
  html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} &mdash; Cadastre</title>
<link rel="stylesheet" href="${basePath}${stylePath}">
<link rel="preload" href="${basePath}/assets/sans.woff2" as="font" type="font/woff2" crossorigin>
<link rel="icon" href="${basePath}/favicon.svg" type="image/svg+xml">
</head>
<body>
<a class="skip" href="#content">Content</a>
<div class="sheet">
<header><a class="mark" href="${basePath}/">${mark}Cadastre</a></header>
<main id="content">
<h1>${title}</h1>
${body}
</main>
</div>
</body>
</html>
`.text
}`

const mark = html`<svg viewBox="0 0 20 20" fill="none" stroke="currentColor" aria-hidden="true"><path d="M10 0v20M0 10h20"/><circle cx="10" cy="10" r="5.5"/><circle cx="10" cy="10" r="1.5" fill="currentColor" stroke="none"/></svg>`
