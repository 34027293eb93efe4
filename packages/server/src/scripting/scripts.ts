import type { ScriptProgram, Scripts } from '@sluice/iflow'
import { GroovyScripts } from './groovy/groovy-scripts.ts'
import { openJavaScript } from './javascript/javascript-scripts.ts'
import type { JvmPool } from './jvm/jvm-pool.ts'

/** What a call of a script may use up. */
export interface ScriptLimits {
  readonly timeoutMs: number
  readonly memoryMb: number
}

/** What scripts run on. */
export interface ScriptingOptions {
  readonly limits: ScriptLimits
  /** Where Groovy runs; whoever opened them closes them. */
  readonly jvms: JvmPool
  /** A directory for files that can be made again. */
  readonly cache: string
}

/** Of a JavaScript sandbox. */
const javascriptMemoryMbMax = 2_048

/** Hosts of scripts in all languages. `close` ends what they started. */
export function openScripts({ limits, jvms, cache }: ScriptingOptions): Scripts & { close(): Promise<void> } {
  const { timeoutMs, memoryMb } = limits
  const javascript = openJavaScript({ timeoutMs, memoryMb: Math.min(memoryMb, javascriptMemoryMbMax) })
  const hosts: Readonly<Record<ScriptProgram['language'], Scripts>> = {
    groovy: new GroovyScripts({ pool: jvms, cache, timeoutMs }),
    javascript,
  }
  return {
    prepare: program => hosts[program.language].prepare(program),
    run: (program, ...rest) => hosts[program.language].run(program, ...rest),
    map: (program, ...rest) => hosts[program.language].map(program, ...rest),
    close: () => javascript.close(),
  }
}
