/** `cadastre serve`: the registry as the settings say, until it is told to stop. */
import { runRegistry, settingsHere } from './run.ts'

export const serve = () => runRegistry({ settings: settingsHere() })
