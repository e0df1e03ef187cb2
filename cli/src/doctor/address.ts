/** Whether terraform and tofu can name the registry by the address that it goes by. Pure. */
import type { RegistryChoice } from '../registry-choice.ts'
import { type Finding, ok, warning } from './finding.ts'

export function checkAddress({ base, plainHttp, loopback }: RegistryChoice): Finding[] {
  const check = 'address'
  const { host, hostname, port, pathname } = new URL(base)
  if (plainHttp && !loopback)
    return [warning(check, `${base} is plain http: whoever is on the way reads the tokens.`, 'Put https in front.')]
  if (plainHttp)
    return [ok(check, `${base} is plain http: terraform and tofu reach it through a host block in their settings.`)]
  const found: Finding[] = []
  if (!hostname.includes('.') && !hostname.startsWith('['))
    found.push(
      warning(
        check,
        `${hostname} has no dot: terraform and tofu refuse it as the host of a module.`,
        'Give the registry a name with a dot, such as registry.example.com.',
      ),
    )
  if (port !== '')
    found.push(
      warning(
        check,
        `${host} has a port: its providers cannot come through a network mirror.`,
        'Serve it on port 443 where that matters.',
      ),
    )
  if (pathname !== '/')
    found.push(
      warning(
        check,
        `${base} has a path: terraform and tofu ask https://${host}/.well-known/terraform.json where it is.`,
        'Let the proxy pass that one address to the registry, and name the host alone.',
      ),
    )
  return found.length > 0 ? found : [ok(check, `${host} is a name that terraform and tofu take.`)]
}
