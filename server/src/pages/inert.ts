/** Text that stands inside a script element, and that no browser can take for its end. */
import { Html } from '../auth/pages/html.ts'

/** @param json in which these characters stand in texts alone, where an escape means the same */
export const inertJson = (json: string): Html =>
  new Html(json.replace(/[<>\u2028\u2029]/g, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`))
