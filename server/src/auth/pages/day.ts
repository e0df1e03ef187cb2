/** A day on a page, or a moment of it, in the words of no country and by the clock of none. */
import { html } from './html.ts'

const dayWords = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
const timeWords = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' })

export const day = (time: Date) => html`<time datetime="${time.toISOString()}">${dayWords.format(time)}</time>`

export const moment = (time: Date) =>
  html`<time datetime="${time.toISOString()}">${dayWords.format(time)}, ${timeWords.format(time)} UTC</time>`
