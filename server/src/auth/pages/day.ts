/** A day on a page, in the words of no country and by the clock of none. */
import { html } from './html.ts'

const dayWords = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

export const day = (time: Date) => html`<time datetime="${time.toISOString()}">${dayWords.format(time)}</time>`
