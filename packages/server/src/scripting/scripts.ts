import { Failure, type ScriptProgram, type Scripts } from '@sluice/iflow'
import { openJavaScript } from './javascript/javascript-scripts.ts'

/** What a call of a script may use up. */
export interface ScriptLimits {
  readonly timeoutMs: number
  readonly memoryMb: number
}

/** Hosts of scripts in all languages. `close` ends what they started. */
export function openScripts(limits: ScriptLimits): Scripts & { close(): Promise<void> } {
  const javascript = openJavaScript(limits)
  const hosts: Readonly<Record<ScriptProgram['language'], Scripts>> = {
    groovy: noHost,
    javascript,
  }
  return {
    prepare: program => hosts[program.language].prepare(program),
    run: (program, ...rest) => hosts[program.language].run(program, ...rest),
    map: (program, ...rest) => hosts[program.language].map(program, ...rest),
    close: () => javascript.close(),
  }
}

const noHost: Scripts = {
  prepare: async ({ file, language }) => [`Expected a host for ${language} scripts, found none for ${file}`],
  run: async program => missing(program),
  map: async program => missing(program),
}

function missing({ file }: ScriptProgram): never {
  throw new Failure(`Expected a host for scripts, found none for ${file}`, { code: 'script' })
}
