/** Lines of coloured code as one block, where they are not shown one by one. */

/** @param lines as `colourCode` makes them */
export const codeBlock = (lines: string[]): string => `<pre tabindex="0"><code>${lines.join('\n')}\n</code></pre>`
