import { fileURLToPath } from 'node:url'
import { Exchange, type LogWriter, type Ports, type RunScope, type ScriptProgram } from '@sluice/iflow'
import { fakePorts } from '@sluice/iflow/testing'
import { findJava, JavaMissing } from '../jvm/find-java.ts'
import { type JvmOptions, openJvms } from '../jvm/open-jvms.ts'
import { openScripts } from '../scripts.ts'

/** Why tests with Groovy cannot run on this machine; false when they can: for `skip`. */
export function withoutGroovy(): string | false {
  try {
    findJava(process.env)
    return false
  } catch (error) {
    if (error instanceof JavaMissing) return error.message
    throw error
  }
}

/** Where all tests find the compiled host of scripts. */
export const scriptCache = fileURLToPath(new URL('../../../../../node_modules/.cache/scripts', import.meta.url))

/** The real hosts, and what tests need to call scripts in them. */
export function scriptTenant(
  options: Partial<JvmOptions> & { readonly ports?: Partial<Ports>; readonly timeoutMs?: number } = {},
) {
  const printed: string[] = []
  const jvms = openJvms({
    cache: scriptCache,
    workers: 1,
    workersMax: 1,
    memoryMb: 64,
    env: process.env,
    print: line => printed.push(line),
    ...options,
  })
  const limits = { timeoutMs: options.timeoutMs ?? 30_000, memoryMb: 64 }
  const scripts = openScripts({ limits, jvms, cache: scriptCache })
  const log: (readonly [name: string, value: string])[] = []
  const writer: LogWriter = {
    attach: ({ name, body }) => void log.push([name, body.text()]),
    addCustomHeader: (name, value) => void log.push([name, value]),
    setStringProperty: (name, value) => void log.push([name, value]),
    addAdapterAttribute: () => {},
  }
  const ports = { ...fakePorts(), ...options.ports }
  const scope = {
    ports,
    flowId: 'Flow',
    messageGuid: 'Guid',
    correlationId: 'Guid',
    logLevel: 'TRACE',
    log: writer,
  } as RunScope
  return {
    scripts,
    jvms,
    close: () => Promise.all([scripts.close(), jvms.close()]),
    scope,
    log,
    printed,
    /** Calls `processData` of a script, or of a program, with the message. */
    async call(script: string | ScriptProgram, message: Exchange = new Exchange()): Promise<Exchange> {
      const program = typeof script === 'string' ? groovyProgram(script) : script
      await scripts.run(program, 'processData', message, scope)
      return message
    },
  }
}

/** A program of these files: the script itself, others by path, and archives. */
export function groovyProgram(
  source: string,
  others: Readonly<Record<string, string>> = {},
  libraries: ReadonlyMap<string, Uint8Array> = new Map(),
): ScriptProgram {
  const file = 'script/Main.groovy'
  return { language: 'groovy', file, source, scripts: new Map([[file, source], ...Object.entries(others)]), libraries }
}

/** A script whose `processData` has these statements. */
export function processData(...statements: readonly string[]): string {
  return [
    'import com.sap.gateway.ip.core.customdev.util.Message',
    'Message processData(Message message) {',
    ...statements,
    'return message',
    '}',
  ].join('\n')
}
