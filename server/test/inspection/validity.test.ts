/** Whether a module is without mistakes: `terraform validate` says the same of those that need no provider. */
import { execFile, execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { errorsIn, modulesFolder, rootOf, storedModules } from './inspected.ts'

/** They need a provider or a module from the network, or are for OpenTofu. */
const skipped = [
  'dynamic-blocks',
  'ephemeral-resources',
  'legacy-provider-block',
  'module-calls',
  'namespaced-functions',
  'provider-resources',
  'tofu-only',
  'tofu-wins',
]

const modules = (await storedModules()).filter(([name]) => !skipped.includes(name))

describe.skipIf(!hasTerraform())('with terraform on the PATH', () => {
  const verdicts = new Map<string, boolean>()

  beforeAll(async () => {
    const names = modules.map(([name]) => name)
    // Two at once, each of them a fraction of a second; nothing is written, so none needs a folder of its own.
    const next = async (): Promise<void> => {
      const name = names.pop()
      if (name === undefined) return
      verdicts.set(name, await isValid(name))
      await next()
    }
    await Promise.all([next(), next()])
  })

  test.each(modules)('%s has errors exactly when terraform finds some', async (name, files) => {
    const root = await rootOf(files)

    expect({ valid: errorsIn(root.diagnostics).length === 0, diagnostics: root.diagnostics }).toEqual({
      valid: verdicts.get(name),
      diagnostics: expect.anything(),
    })
  })
})

/** Neither providers nor modules are needed, so nothing has to be initialised. */
function isValid(name: string): Promise<boolean> {
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', TF_DATA_DIR: join(tmpdir(), 'cadastre-no-terraform-data') }
  return new Promise((resolve, reject) => {
    execFile('terraform', ['validate', '-json'], { cwd: join(modulesFolder, name), env }, (_error, stdout) => {
      try {
        resolve((JSON.parse(stdout) as { valid: boolean }).valid)
      } catch (error) {
        reject(error)
      }
    })
  })
}

function hasTerraform(): boolean {
  try {
    execFileSync('terraform', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
