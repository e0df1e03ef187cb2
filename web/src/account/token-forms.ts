/** How each program wants to be given a token. */
type TokenForm = { label: string; text: string }

type Registry = {
  /** with its port, as addresses of artefacts carry it */
  host: string
  /** of the registry, where it can be reached */
  baseUrl: string
}

export function tokenForms(token: string, { host, baseUrl }: Registry): TokenForm[] {
  const variable = variableOf(host)
  const credentials = `credentials "${host}" {\n  token = "${token}"\n}`
  const isPlain = baseUrl.startsWith('http:')
  const cli = {
    label: 'cadastre',
    text: `export TFR_CLI_HOST=${isPlain ? baseUrl : host}\nexport TFR_CLI_TOKEN=${token}`,
  }
  const curl = { label: 'curl', text: `curl --header "Authorization: Bearer ${token}" ${baseUrl}/api/v1/whoami` }
  // Over plain http clients ask a registry that their configuration file leads them to, and no other.
  if (isPlain)
    return [
      {
        label: 'Terraform and OpenTofu, file that TF_CLI_CONFIG_FILE names',
        text: hostBlock(host, baseUrl) + credentials,
      },
      cli,
      curl,
    ]
  return [
    { label: 'Terraform and OpenTofu, configuration file', text: credentials },
    ...(variable === undefined ? [] : shellForms(variable, token)),
    cli,
    curl,
    ...(variable === undefined ? [] : pipelineForms(variable)),
  ]
}

const shellForms = (variable: string, token: string): TokenForm[] => [
  { label: 'Terraform and OpenTofu, shell', text: `export ${variable}=${token}` },
  { label: 'PowerShell', text: `$env:${variable} = "${token}"` },
]

const pipelineForms = (variable: string): TokenForm[] => [
  { label: 'GitHub Actions', text: `env:\n  ${variable}: \${{ secrets.CADASTRE_TOKEN }}` },
  { label: 'GitLab CI', text: `variables:\n  ${variable}: $CADASTRE_TOKEN` },
  { label: 'Azure Pipelines', text: `env:\n  ${variable}: $(CADASTRE_TOKEN)` },
]

const hostBlock = (host: string, baseUrl: string) => `host "${host}" {
  services = {
    "modules.v1"   = "${baseUrl}/v1/modules/"
    "providers.v1" = "${baseUrl}/v1/providers/"
  }
}
`

/** Dots become `_`, hyphens `__`; undefined for a host with a port, since no shell can set a variable with a colon in its name. */
function variableOf(host: string): string | undefined {
  if (host.includes(':')) return undefined
  return `TF_TOKEN_${host.replaceAll('-', '__').replaceAll('.', '_')}`
}
