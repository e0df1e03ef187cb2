/** What others wrote, as a part of one line: it makes no lines of its own and moves no cursor. Pure. */

/** In JSON it means the same. A tab stays, since it stands between what a line says. */
export const inOneLine = (text: string) =>
  text.replace(
    /[^\P{Cc}\t]|[\u2028-\u202e\u2066-\u2069]/gu,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
