/** The zip of a provider, checked and hashed in a worker. */
import type { App } from '../foundation/app.ts'
import type { InspectedZip } from './zip.ts'
import { zipTooExpensive } from './zip-refusals.ts'

const deadlineMs = 120_000

/**
 * @param type of the provider, which its binary is named after
 * @throws Refusal naming what is wrong with the zip
 */
export const checkedZip = ({ workers }: Pick<App, 'workers'>, file: string, type: string): Promise<InspectedZip> =>
  workers.run<InspectedZip>('providers.inspect-zip', { file, type }, { deadlineMs, overspent: zipTooExpensive() })
