/** `cadastre serve`: the registry as the settings say, until it is told to stop. */
import { offerSetup } from '../auth/setup.ts'
import { runRegistry, settingsHere } from './run.ts'

export const serve = () =>
  runRegistry({
    settings: settingsHere(),
    async ready({ app }) {
      const link = await offerSetup(app)
      if (link) app.log.warn(`nobody can sign in yet: make the first administrator within an hour at ${link}`)
    },
  })
