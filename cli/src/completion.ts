/** `cadastre completion`: what a shell needs to complete commands and flags; made from the commands themselves. */
import { Argument, type Command } from 'commander'
import { action, type Call } from './call.ts'
import { examples } from './help.ts'
import type { Report } from './report.ts'

const shells = ['bash', 'zsh', 'fish'] as const
type Shell = (typeof shells)[number]

export function addCompletion(program: Command): void {
  const command = program
    .command('completion')
    .description('Print the completion script of a shell.')
    .addArgument(new Argument('<shell>').choices(shells))
    .action(action((_call: Call, shell: Shell) => printCompletion(program, shell)))
  examples(command, [
    'source <(cadastre completion bash)      # in ~/.bashrc',
    'source <(cadastre completion zsh)       # in ~/.zshrc, after compinit',
    'cadastre completion fish > ~/.config/fish/completions/cadastre.fish',
  ])
}

async function printCompletion(program: Command, shell: Shell): Promise<Report> {
  const script = scripts[shell](wordsOf(program))
  const lines = script.trimEnd().split('\n')
  return {
    schema: 'cadastre.completion.v1',
    data: { shell, script },
    rows: lines.map((line) => [line]),
    lines,
  }
}

/** Path of a command, such as `module list` → what may come after it. */
type Words = Map<string, string[]>

function wordsOf(program: Command): Words {
  const words: Words = new Map()
  const everywhere = flagsOf(program)
  visit(program, '')
  return words

  function visit(command: Command, path: string) {
    // Its hidden child is what it means alone, which needs no word.
    const below = program
      .createHelp()
      .visibleCommands(command)
      .map((child) => child.name())
    const own = command === program ? [] : flagsOf(command)
    words.set(path, [...below, ...own, ...everywhere, '--help'])
    for (const child of command.commands) visit(child, `${path} ${child.name()}`.trim())
  }
}

const flagsOf = (command: Command) => command.options.map(({ long }) => long).filter((flag) => flag != null)

const scripts: Record<Shell, (words: Words) => string> = {
  bash: (words) => `${bashFunction(words)}complete -o default -F _cadastre cadastre\n`,
  zsh: (words) =>
    `autoload -U +X bashcompinit && bashcompinit\n${bashFunction(words)}complete -o default -F _cadastre cadastre\n`,
  fish: (words) => fishFunction(words),
}

function bashFunction(words: Words): string {
  const cases = [...words].map(([path, after]) => `    "${path}") words="${after.join(' ')}" ;;`)
  return `_cadastre() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path="" words="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) break ;; *) path="\${path:+$path }$word" ;; esac
  done
  while :; do
    case "$path" in
${cases.join('\n')}
    esac
    [ -n "$words" ] && break
    case "$path" in *" "*) path="\${path% *}" ;; *) path="" ;; esac
  done
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
`
}

function fishFunction(words: Words): string {
  const lines = [...words].map(
    ([path, after]) => `        case '${path}'\n            printf '%s\\n' ${after.join(' ')}`,
  )
  return `function __cadastre_words
    set -l path
    for word in (commandline -opc)[2..]
        string match -q -- '-*' $word; and break
        set -a path $word
    end
    switch "$path"
${lines.join('\n')}
    end
end
complete -c cadastre -f -n 'test -n "(__cadastre_words)"' -a '(__cadastre_words)'
`
}
