/** How each program wants to be given a token. */
type TokenForm = { label: string; text: string }

/** @param host with its port, as addresses carry it */
export function tokenForms(token: string, host: string): TokenForm[] {
  const variable = variableOf(host)
  const forms: (TokenForm | false)[] = [
    { label: 'Terraform and OpenTofu, configuration file', text: `credentials "${host}" {\n  token = "${token}"\n}` },
    // No shell can set a variable with a colon in its name.
    variable !== undefined && { label: 'Terraform and OpenTofu, shell', text: `export ${variable}=${token}` },
    variable !== undefined && { label: 'PowerShell', text: `$env:${variable} = "${token}"` },
    { label: '.netrc', text: `machine ${host.split(':')[0]}\n  login token\n  password ${token}` },
    { label: 'cadastre', text: `export TFR_CLI_HOST=${host}\nexport TFR_CLI_TOKEN=${token}` },
    variable !== undefined && {
      label: 'GitHub Actions',
      text: `env:\n  ${variable}: \${{ secrets.CADASTRE_TOKEN }}`,
    },
    variable !== undefined && { label: 'GitLab CI', text: `variables:\n  ${variable}: $CADASTRE_TOKEN` },
    variable !== undefined && { label: 'Azure Pipelines', text: `env:\n  ${variable}: $(CADASTRE_TOKEN)` },
  ]
  return forms.filter((form) => form !== false)
}

/** Dots become `_`, hyphens `__`; undefined for a host with a port. */
export function variableOf(host: string): string | undefined {
  if (host.includes(':')) return undefined
  return `TF_TOKEN_${host.replaceAll('-', '__').replaceAll('.', '_')}`
}
