/** How programs sign in at this registry: what is shown is a command that works at the address that it has. */
import { pageData } from '../page-data.ts'
import { CommandStrip } from '../ui/CommandStrip.tsx'
import { Link } from '../ui/Link.tsx'

const address = new URL(pageData.baseUrl)

/** Terraform and OpenTofu ask nowhere else. */
export const isForClients = address.protocol === 'https:' && address.hostname.includes('.')

export const ClientSignIn = ({ what = 'the command to sign in' }: { what?: string }) =>
  isForClients ? (
    <CommandStrip text={`terraform login ${pageData.host}`} what={what} />
  ) : (
    <p>
      {`Terraform and OpenTofu need https and a host name with a dot; this is ${address.origin}. `}
      <Link to="/docs/terraform-login#what-it-needs">What they need</Link>
    </p>
  )

/** A registry over plain http is one that somebody tries out, with the command line that came with it. */
export const cadastre = address.protocol === 'https:' ? 'cadastre' : 'npx cadastre'

/** Our own command line signs in over plain http as well. */
export const cadastreLogin = `${cadastre} login ${address.protocol === 'https:' ? pageData.host : pageData.baseUrl}`
