/** A text as one word of a command that somebody copies into a shell: an address of a page can hold anything. Pure. */
export const shellWord = (text: string): string =>
  /^[\w./][\w./-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
