/** Which language a piece of code is in, by what it is called. */

/** Names as they stand behind ``` in Markdown; what is not here stays plain. */
const byName: Record<string, Language> = {
  hcl: 'terraform',
  terraform: 'terraform',
  tf: 'terraform',
  tofu: 'terraform',
  opentofu: 'terraform',
  tfvars: 'terraform',
  bash: 'shellscript',
  sh: 'shellscript',
  shell: 'shellscript',
  zsh: 'shellscript',
  shellscript: 'shellscript',
  console: 'shellsession',
  shellsession: 'shellsession',
  json: 'json',
  yaml: 'yaml',
  yml: 'yaml',
  go: 'go',
  golang: 'go',
  python: 'python',
  py: 'python',
  markdown: 'markdown',
  md: 'markdown',
  powershell: 'powershell',
  ps1: 'powershell',
  pwsh: 'powershell',
  dockerfile: 'docker',
  docker: 'docker',
  make: 'make',
  makefile: 'make',
  ini: 'ini',
  toml: 'toml',
}

export type Language =
  | 'terraform'
  | 'shellscript'
  | 'shellsession'
  | 'json'
  | 'yaml'
  | 'go'
  | 'python'
  | 'markdown'
  | 'powershell'
  | 'docker'
  | 'make'
  | 'ini'
  | 'toml'

export function languageNamed(name: string): Language | undefined {
  const key = name.toLowerCase()
  return Object.hasOwn(byName, key) ? byName[key] : undefined
}

/** @param path of a file, of which only the last name counts */
export function languageOfFile(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  const ending = name.slice(name.lastIndexOf('.') + 1)
  // Not by the names above: a file called `go` is a program.
  return names[name] ?? (name.includes('.') && languageNamed(ending) ? ending : undefined)
}

const names: Record<string, string> = {
  '.terraform.lock.hcl': 'hcl',
  dockerfile: 'dockerfile',
  makefile: 'makefile',
}
