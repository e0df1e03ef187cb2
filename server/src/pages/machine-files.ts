/** Small files that browsers and other programs ask every site for. */
import { html } from '../auth/pages/html.ts'
import type { App } from '../foundation/app.ts'
import { basePathOf, type Http } from '../foundation/http/http.ts'

const kept = { 'cache-control': 'public, max-age=86400', 'x-content-type-options': 'nosniff' }

export function machineFiles(http: Http, app: App): void {
  const basePath = basePathOf(app.config)
  const give = (path: string, type: string, text: () => string) =>
    http.get(path, (_request, reply) => reply.headers(kept).type(type).send(text()))

  give('/robots.txt', 'text/plain; charset=utf-8', () => robots(basePath))
  give('/favicon.svg', 'image/svg+xml', () => mark)
  give('/opensearch.xml', 'application/opensearchdescription+xml', () => openSearch(http.baseUrl))
  give('/llms.txt', 'text/plain; charset=utf-8', () => forModels(http.baseUrl))
}

/** Answers for programs are of no use to those who look for pages. */
const robots = (basePath: string) => `User-agent: *
${['api', 'v1', 'v2', 'archives', 'oauth', 'auth', 'login', 'setup', 'me', 'admin'].map((path) => `Disallow: ${basePath}/${path}`).join('\n')}
Allow: ${basePath}/
`

const mark = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" fill="none" stroke="#1b1f22"><style>@media (prefers-color-scheme:dark){svg{stroke:#edebe6}circle+circle{fill:#edebe6}}</style><path d="M10 0v20M0 10h20"/><circle cx="10" cy="10" r="5.5"/><circle cx="10" cy="10" r="1.5" fill="#1b1f22" stroke="none"/></svg>
`

const openSearch = (baseUrl: string) => `<?xml version="1.0" encoding="UTF-8"?>
${
  html`<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>Cadastre</ShortName>
<Description>Modules and providers of ${new URL(baseUrl).host}</Description>
<InputEncoding>UTF-8</InputEncoding>
<Image type="image/svg+xml">${baseUrl}/favicon.svg</Image>
<Url type="text/html" template="${baseUrl}/search?q={searchTerms}"/>
</OpenSearchDescription>
`.text
}`

/** https://llmstxt.org */
const forModels = (baseUrl: string) => `# Cadastre at ${new URL(baseUrl).host}

> A private registry of modules and providers for Terraform and OpenTofu.

What is not public needs a token: send it as "Authorization: Bearer TOKEN".

## Reading

- [Modules](${baseUrl}/modules): each at /modules/NAMESPACE/NAME/SYSTEM; a version at .../VERSION, and as Markdown at .../VERSION.md
- [Providers](${baseUrl}/providers): each at /providers/NAMESPACE/TYPE
- [Search](${baseUrl}/api/v1/search?q=): q takes words, ns:NAMESPACE, system:SYSTEM, kind:module and more
- [Documentation](${baseUrl}/docs/index.md): how this registry is used and run; GET /api/v1/docs?q= searches it

## Programs

- [OpenAPI document](${baseUrl}/api/v1/openapi.json): every question and every change
- [Service discovery](${baseUrl}/.well-known/terraform.json): what terraform and tofu ask first
`
