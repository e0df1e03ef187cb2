/** Claiming a namespace: its name, who may see it, whose it is; beside it the same as a command. */
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { api, changed, forget } from '../api.ts'
import { useAt } from '../at.ts'
import { type Problem, pageData } from '../page-data.ts'
import { cadastre } from '../shell/ClientSignIn.tsx'
import { Breadcrumb } from '../ui/Breadcrumb.tsx'
import { CommandStrip } from '../ui/CommandStrip.tsx'
import { RadioField, TextField } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { announce } from '../ui/LiveRegion.tsx'
import sheet from '../ui/Sheet.module.css'
import { shellWord } from '../ui/shell-word.ts'
import { TitleBlock } from '../ui/TitleBlock.tsx'
import { OrganizationField, useOrganization } from './OrganizationField.tsx'
import { type Visibility, visibilities } from './visibility.ts'

/** Addresses of modules may have them, those of providers may not. */
const isForModulesAlone = (name: string) => /_|--/.test(name)

export function NewNamespacePage() {
  const router = useRouter()
  const [name, setName] = useState('')
  const [visibility, setVisibility] = useState<Visibility>('internal')
  const [chosen, setChosen] = useState(useAt().search.get('organization') ?? '')
  const organization = useOrganization(chosen)

  async function claim() {
    const made = await changed(
      api.POST('/api/v1/namespaces', { body: { name, visibility, organization: organization || undefined } }),
    )
    await forget('/api/v1/')
    announce(`Claimed ${made.name}`)
    router.history.push(`${pageData.basePath}/namespaces/${made.name}`)
  }

  return (
    <>
      <TitleBlock
        address="Claim a namespace"
        isCode={false}
        above={<Breadcrumb crumbs={[{ label: 'Namespaces', to: '/namespaces' }, { label: 'Claim' }]} />}
        description="A namespace is the first part of an address: whoever owns it decides who publishes there and who sees it."
      />
      <div className={sheet.beside}>
        <Form action="Claim" onSubmit={claim}>
          {(problem) => (
            <>
              <TextField
                label="Name"
                name="name"
                required
                pattern="[0-9A-Za-z]([0-9A-Za-z_\-]{0,62}[0-9A-Za-z])?"
                maxLength={64}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                value={name}
                onChange={({ target }) => setName(target.value.trim().toLowerCase())}
                hint="Letters, digits, - and _, such as platform or acme. Addresses begin with it, and it stays."
                wrong={wrongName(problem)}
              />
              {isForModulesAlone(name) && (
                <p>
                  terraform and tofu take no _ and no -- in the address of a provider: this name is good for modules
                  alone.
                </p>
              )}
              <RadioField
                label="Who sees it"
                name="visibility"
                options={visibilities}
                value={visibility}
                onChange={setVisibility}
              />
              <OrganizationField
                label="Owner"
                hint="Members of this organization publish into it."
                value={organization}
                onChange={setChosen}
                wrong={problem?.code === 'organization-not-found' ? problem.detail : undefined}
              />
            </>
          )}
        </Form>
        <aside className={sheet.rail} aria-label="The same as a command">
          <h2>Command line</h2>
          <CommandStrip text={commandOf(name, visibility, organization)} what="the command to claim it" />
        </aside>
      </div>
    </>
  )
}

/** The rules of names are those of the registry; what it says of this one stands beside it. */
function wrongName(problem: Problem | undefined): string | undefined {
  if (problem?.code === 'namespace-exists') return problem.detail
  const [, why] = /^body\/name (.*)$/.exec(problem?.detail ?? '') ?? []
  return why && `The name ${why}.`
}

/** Which the command line takes by itself. */
const cliOrganization = 'default'

const commandOf = (name: string, visibility: Visibility, organization: string) =>
  [
    `${cadastre} namespace create ${name ? shellWord(name) : 'NAME'}`,
    visibility === 'internal' ? '' : ` --visibility ${visibility}`,
    organization && organization !== cliOrganization ? ` --organization ${shellWord(organization)}` : '',
  ].join('')
