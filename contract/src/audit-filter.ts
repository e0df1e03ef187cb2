/** What a filter of the audit trail takes; without schemas, as the web needs no more. */
export const maxFilterLength = 300

/** What can be asked of a text: its beginning, as far as a filter takes it. What was refused is kept longer than that. */
export const filterBeginning = (text: string): string =>
  text
    .split(/\p{Cc}/u, 1)[0]!
    .slice(0, maxFilterLength)
    // Half of a character is none.
    .replace(/[\uD800-\uDBFF]$/, '')
