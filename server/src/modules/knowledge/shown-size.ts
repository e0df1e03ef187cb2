/** How much of a file is shown as text. Pure. */

export const maxShownBytes = 1024 * 1024

const maxToldBytes = 4 * 1024 * 1024

/** A megabyte of control characters or of quotation marks is six of them once it is written as an answer. */
export const isShort = (told: unknown): boolean => Buffer.byteLength(JSON.stringify(told)) <= maxToldBytes
