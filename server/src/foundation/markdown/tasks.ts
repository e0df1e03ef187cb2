/** What a worker thread needs of this folder, as one bundle. */
export { colourCode } from './colour-code.ts'
export { renderFragments } from './fragments.ts'
export { renderMarkdown } from './render.ts'
