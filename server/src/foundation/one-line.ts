/** What others wrote, as a part of one line: it makes no lines of its own and moves no cursor. Pure. */

/** In JSON it means the same. A tab stays, since it stands between what a line says. */
export const inOneLine = (text: string) =>
  text.replace(
    /[^\P{Cc}\t]|[\u2028-\u202e\u2066-\u2069]/gu,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** For what nobody reads letter by letter, and for PostgreSQL, which keeps no half of a pair. */
export const withoutControls = (text: string) => text.replace(/[\p{Cc}\p{Cs}]+/gu, ' ')

/** For prose: how it was wrapped and indented is no part of it. */
export const evenlySpaced = (text: string) => text.replace(/\s+/g, ' ').trim()
