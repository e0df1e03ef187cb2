/** The namespaces that a token is limited to, as somebody lists them. Pure. */

export const namesIn = (text: string): string[] => text.split(/[\s,]+/).filter((name) => name !== '')

/** Empty says all of them: what was meant as a limit shall never say that by mistake. @returns what is wrong; empty: nothing */
export const wrongNames = (text: string): string =>
  text !== '' && namesIn(text).length === 0
    ? 'There is no name in it. Write the names of namespaces, or leave it empty for all that you may use.'
    : ''
