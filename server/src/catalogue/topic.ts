/** What is announced when an import has changed something of a registry: one for each of its batches. */
export const catalogueTopic = (hostname: string) => `catalogue:${hostname}`
