/** The parts of our forms: labelled fields with what is wrong beside them, and the token that proves a form to be ours. */
import { type Html, html } from './html.ts'

export type Field = {
  name: string
  /** where the name is not enough to tell it from others of its page */
  id?: string
  label: string
  type?: 'text' | 'email' | 'password'
  autocomplete: string
  value?: string
  hint?: string
  wrong?: string
  optional?: boolean
  /** the one to begin with */
  first?: boolean
}

export function field({
  name,
  id = name,
  label,
  type = 'text',
  autocomplete,
  value,
  hint,
  wrong,
  optional,
  first,
}: Field): Html {
  const described = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(' ')
  return html`<div class="field">
<label for="${id}">${label}</label>
${hint && html`<p class="hint" id="${id}-hint">${hint}</p>`}
<input id="${id}" name="${name}" type="${type}" autocomplete="${autocomplete}" maxlength="256" value="${value ?? ''}"${[
    !optional && html` required`,
    first && html` autofocus`,
    described !== '' && html` aria-describedby="${described}"`,
    wrong !== undefined && html` aria-invalid="true"`,
  ]}>
${wrong && html`<p class="wrong" id="${id}-wrong">${wrong}</p>`}
</div>`
}

export const hidden = (name: string, value: string) => html`<input type="hidden" name="${name}" value="${value}">`

/** What went wrong, above the form; it has the focus, so that nobody misses it. */
export const problem = (...sentences: string[]) =>
  html`<div class="problem" role="alert" tabindex="-1" autofocus>${sentences.map((text) => html`<p>${text}</p>`)}</div>`
