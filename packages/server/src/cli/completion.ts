import { defineCommand } from './line/command.ts'
import { completionScript } from './line/completion-script.ts'

export const completion = defineCommand({
  name: 'completion',
  summary: 'Print a shell completion script.',
  description: 'Prints a script that completes commands and options.',
  arguments: { shell: { doc: 'bash, zsh or fish.' } },
  options: {},
  examples: [
    { line: 'source <(sluice completion bash)', doc: 'In this bash session.' },
    { line: 'sluice completion zsh > ~/.zfunc/_sluice', doc: 'For zsh, when ~/.zfunc is in its fpath.' },
    { line: 'sluice completion fish > ~/.config/fish/completions/sluice.fish', doc: 'For fish.' },
  ],
  async run({ shell }, _options, terminal, commands) {
    terminal.out(completionScript(commands, shell))
    return 0
  },
})
