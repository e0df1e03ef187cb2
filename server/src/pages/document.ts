/** The document of a page: what it is called, where its parts lie, its first data, and what is shown without scripts. */
import { Html, html } from '../auth/pages/html.ts'
import { inertJson } from './inert.ts'
import type { PageFiles } from './web-files.ts'

export type Shown = {
  title: string
  description: string
  /** absolute; of pages that stand for something alone */
  canonical: string | undefined
  /** absolute address of the Markdown of the same */
  markdown: string | undefined
  /** JSON texts, put together as one */
  data: string
  files: PageFiles
  basePath: string
  /** in place of the application, for browsers without scripts */
  plain: Html
}

const siteName = 'Cadastre'

/** Before the first paint, so that nobody sees the other theme first. */
const setTheme = new Html(
  "try{var t=localStorage.getItem('cadastre.theme');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch(e){}",
)

/** @param nonce of this answer alone; what is compared between answers is made with an empty one */
export function documentOf(shown: Shown, nonce: string): string {
  const { basePath, files, plain } = shown
  const file = (name: string) => `${basePath}/assets/${name}`
  const isBuilt = files.scripts.length > 0
  return `<!doctype html>
${
  html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${shown.title} &mdash; ${siteName}</title>
<meta name="description" content="${shown.description}">
${shown.canonical ? meaning(shown, shown.canonical) : html`<meta name="robots" content="noindex">`}
<script nonce="${nonce}">${setTheme}</script>
${files.styles.map((name) => html`<link rel="stylesheet" href="${file(name)}">\n`)}${files.fonts.map((name) => html`<link rel="preload" href="${file(name)}" as="font" type="font/woff2" crossorigin>\n`)}${files.scripts.map((name) => html`<script type="module" src="${file(name)}"></script>\n`)}${files.preloads.map((name) => html`<link rel="modulepreload" href="${file(name)}">\n`)}<link rel="icon" href="${basePath}/favicon.svg" type="image/svg+xml">
<link rel="search" href="${basePath}/opensearch.xml" type="application/opensearchdescription+xml" title="${siteName}">
${shown.markdown && html`<link rel="alternate" href="${shown.markdown}" type="text/markdown">`}
</head>
<body>
<div id="root"></div>
${isBuilt ? html`<noscript>${plain}</noscript>` : plain}
<script type="application/json" id="page">${inertJson(shown.data)}</script>
</body>
</html>
`.text
}`
}

const meaning = ({ title, description }: Shown, canonical: string) => html`<link rel="canonical" href="${canonical}">
<meta property="og:site_name" content="${siteName}">
<meta property="og:type" content="website">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
<meta property="og:url" content="${canonical}">`
