/** How much of a module is read. What is over is left out, and that is said: the files are foreign bytes. */

/** Of what the inspection finds: raised when it finds more or other things, so that versions are read again. */
export const inspectionVersion = 3

/** For who runs the task: the inspection itself ends earlier, this is for what cannot be. */
export const inspectionTaskDeadlineMs = 30_000

export const inspectionLimits = {
  /** of reading configuration; how long unpacking takes is bounded by what an archive may hold */
  deadlineMs: 5_000,
  /** of one file: one that is made to cost leaves time for the others */
  fileDeadlineMs: 2_000,
  /** of one configuration file */
  fileBytes: 2 * 1024 ** 2,
  /** of all configuration files together */
  moduleBytes: 8 * 1024 ** 2,
  readmeBytes: 512 * 1024,
  readmesBytes: 4 * 1024 ** 2,
  folders: 500,
  blocks: 20_000,
  /** blocks, brackets and templates within each other */
  nesting: 100,
  /** of one description, type or expression, as it is kept */
  textLength: 64 * 1024,
  /** of all types and defaults that are kept as a structure as well, together */
  structuredLength: 2 * 1024 ** 2,
  diagnostics: 500,
}
export type InspectionLimits = typeof inspectionLimits

/** Ends the reading of a file, for which there is no time left. */
export class OutOfTime extends Error {}

/** What is left of the limits that count over a whole module. */
export type Budget = {
  limits: InspectionLimits
  /** @returns false when no time is left for any file */
  startFile(): boolean
  /** @throws OutOfTime */
  checkTime(): void
  /** @returns whether one more block may be kept */
  takeBlock(): boolean
  /** @returns whether a text of this length may be kept as a structure as well */
  takeStructure(length: number): boolean
  /** what was left out, in sentences */
  leftOut(): string[]
}

export function makeBudget(limits: InspectionLimits): Budget {
  const end = performance.now() + limits.deadlineMs
  let fileEnd = end
  let [blocks, structured] = [0, 0]
  return {
    limits,
    startFile() {
      const now = performance.now()
      fileEnd = Math.min(end, now + limits.fileDeadlineMs)
      return now <= end
    },
    checkTime() {
      if (performance.now() > fileEnd) throw new OutOfTime()
    },
    takeBlock: () => ++blocks <= limits.blocks,
    takeStructure(length) {
      if (length > limits.textLength) return false
      structured += length
      return structured <= limits.structuredLength
    },
    leftOut: () => [
      ...(blocks > limits.blocks ? [`There are more than ${limits.blocks} blocks: the others are left out.`] : []),
      ...(structured > limits.structuredLength
        ? [
            `Types and defaults are longer than ${limits.structuredLength} characters together: the others are kept as text only.`,
          ]
        : []),
    ],
  }
}
