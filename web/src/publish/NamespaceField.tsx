/** The namespace to publish into: those that the reader may publish to are suggested, and any can be typed. */
import { namespacesToPublishIn } from '@cadastre/contract/pages'
import { type InputHTMLAttributes, type ReactNode, useId } from 'react'
import { useAnswer } from '../api.ts'
import { holdsAny } from '../shell/rights.ts'
import { Answered } from '../ui/Answered.tsx'
import { Banner } from '../ui/Banner.tsx'
import { TextField } from '../ui/Field.tsx'
import { Link } from '../ui/Link.tsx'

type Scope = Parameters<typeof namespacesToPublishIn>[0]
type Props = { scope: Scope; hint?: ReactNode } & InputHTMLAttributes<HTMLInputElement>

export function NamespaceField({ scope, ...rest }: Props) {
  const list = useId()
  const { data } = useAnswer(namespacesToPublishIn(scope))
  return (
    <>
      <Answered to={namespacesToPublishIn(scope)} what="namespaces that you may publish to" rows={1}>
        {({ items }) => items.length === 0 && <NoneYet />}
      </Answered>
      <TextField label="Namespace" name="namespace" required autoComplete="off" list={list} {...rest} />
      <datalist id={list}>
        {data?.items.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  )
}

const NoneYet = () =>
  holdsAny(['organizations:write']) ? (
    <Banner
      tone="attention"
      title="There is no namespace yet that you may publish to."
      action={<Link to="/namespaces/new">Claim a namespace</Link>}
    />
  ) : (
    <Banner tone="attention" title="There is no namespace that you may publish to.">
      <p>
        An administrator of your organization, or of this registry, gives you the role publisher where there is one, or
        claims one.
      </p>
    </Banner>
  )
