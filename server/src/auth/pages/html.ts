/**
 * HTML as a template: whatever is put into it is text, unless it was made here too. The template itself is ASCII, as the
 * bundle has to be: `&mdash;` for a dash.
 */

export class Html {
  constructor(readonly text: string) {}
}

type Part = Html | string | number | false | undefined | readonly Part[]

export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.reduce((text, string, at) => text + asText(parts[at - 1]) + string))
}

function asText(part: Part): string {
  if (part instanceof Html) return part.text
  if (Array.isArray(part)) return part.map(asText).join('')
  return part === false || part === undefined ? '' : escaped(String(part))
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** For text and for attributes in quotation marks. */
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character]!)
