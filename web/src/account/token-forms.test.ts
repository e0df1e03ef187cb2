/** What is shown of a new token works where it is pasted: e2e/start.test.ts does it. */
import { describe, expect, test } from 'vitest'
import { tokenForms } from './token-forms.ts'

const formsOf = (registry: { host: string; baseUrl: string }) =>
  Object.fromEntries(tokenForms('tfr_x', registry).map(({ label, text }) => [label, text]))

describe('the forms of a token', () => {
  test('name the registry as each program asks for it', () => {
    const forms = formsOf({ host: 'my-registry.example.com', baseUrl: 'https://my-registry.example.com' })

    expect(forms['Terraform and OpenTofu, configuration file']).toBe(
      'credentials "my-registry.example.com" {\n  token = "tfr_x"\n}',
    )
    expect(forms['Terraform and OpenTofu, shell']).toBe('export TF_TOKEN_my__registry_example_com=tfr_x')
    expect(forms.cadastre).toBe('export TFR_CLI_HOST=my-registry.example.com\nexport TFR_CLI_TOKEN=tfr_x')
    expect(forms['GitHub Actions']).toContain('TF_TOKEN_my__registry_example_com: ${{ secrets.CADASTRE_TOKEN }}')
  })

  test('are none that a shell could not set, for a host with a port', () => {
    const forms = formsOf({ host: 'registry.example.com:8443', baseUrl: 'https://registry.example.com:8443' })

    expect(Object.keys(forms)).toEqual(['Terraform and OpenTofu, configuration file', 'cadastre', 'curl'])
  })

  test('over plain http lead clients to the address itself, since its other name leads nowhere', () => {
    const forms = formsOf({ host: 'registry.localhost', baseUrl: 'http://localhost:8080' })

    expect(forms.cadastre).toContain('export TFR_CLI_HOST=http://localhost:8080\n')
    expect(forms['Terraform and OpenTofu, file that TF_CLI_CONFIG_FILE names']).toContain(
      '"modules.v1"   = "http://localhost:8080/v1/modules/"',
    )
    expect(Object.keys(forms)).not.toContain('GitHub Actions')
  })
})
