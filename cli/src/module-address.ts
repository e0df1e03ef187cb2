/** The address of a module as it is typed: NAMESPACE/NAME/SYSTEM. */
import { usage } from './exit.ts'

export type ModuleAddress = { namespace: string; name: string; system: string }

export const moduleText = ({ namespace, name, system }: ModuleAddress) => `${namespace}/${name}/${system}`

/** Enough to ask for it; whether such a module can exist is the registry's to say. */
export function moduleAddress(text: string): ModuleAddress {
  const parts = text.split('/')
  const [namespace, name, system] = parts
  if (parts.length === 3 && namespace && name && system) return { namespace, name, system }
  const withHost = parts.length === 4 && parts[0]!.includes('.')
  throw usage(
    `${JSON.stringify(text)} is not the address of a module: it has three parts, NAMESPACE/NAME/SYSTEM.`,
    withHost ? `Leave out the host and name it with --host ${parts[0]}.` : 'Write it like acme/vpc/aws.',
  )
}

/** Checked part by part, before anything is packed or sent. */
export async function publishableAddress(text: string): Promise<ModuleAddress> {
  const address = moduleAddress(text)
  // Loaded late: the rules come with a schema library that most commands do without.
  const { ModuleName, NamespaceName, SystemName } = await import('@cadastre/contract/addresses')
  for (const [part, rule] of Object.entries({ namespace: NamespaceName, name: ModuleName, system: SystemName })) {
    const value = address[part as keyof ModuleAddress]
    const checked = rule.safeParse(value)
    if (!checked.success) {
      throw usage(`The ${part} ${JSON.stringify(value)} ${checked.error.issues[0]!.message}.`)
    }
  }
  return address
}
