import { Failure, type ScriptProgram } from '@sluice/iflow'
import type { JavaFrame, JvmLost } from '../jvm/jvm-process.ts'
import type { JavaException } from '../jvm/values.ts'
import { failureOf } from './script-message.ts'

/** Classes of errors that mean that a program took more than it may have. */
const limitErrors = new Set(['java.lang.OutOfMemoryError', 'java.lang.StackOverflowError'])

/** The failure of a function that threw: its class and text, with the line of the script, as the original words it. */
export function thrownFailure(
  thrown: ReadonlyMap<string, unknown>,
  functionName: string,
  program: ScriptProgram,
  failures: readonly Failure[],
): Failure {
  const exception = thrown.get('exception') as JavaException
  if (exception.className === 'sluice.script.NoFunctionException') {
    const found = `Expected a function "${functionName}" that takes these arguments in ${program.file}, found none`
    return new Failure(found, {
      code: 'script',
      exception: { className: 'javax.script.ScriptException', properties: {} },
    })
  }
  const where = placeOf(thrown.get('frames') as readonly JavaFrame[], program)
  const { className, message } = exception
  return new Failure(`${message === '' ? className : `${className}: ${message}`} ${where}`, {
    code: limitErrors.has(className) ? 'script-limit' : 'script',
    cause: failureOf(exception, failures),
    exception: { className: 'javax.script.ScriptException', properties: {} },
  })
}

/** The failure of a function whose process was lost while it ran. */
export function lostFailure({ reason, message, frames }: JvmLost, program: ScriptProgram): Failure {
  const where = placeOf(frames, program)
  return new Failure(`${message} ${where}`, { code: reason === 'time' ? 'script-limit' : 'script' })
}

/** `(script/Orders.groovy:12)`: the innermost place that is in one of the program's scripts. */
function placeOf(frames: readonly JavaFrame[], program: ScriptProgram): string {
  for (const [name, line] of frames) {
    const path = pathOf(name, program)
    if (path !== undefined) return `(${path}:${line})`
  }
  return `(${program.file})`
}

/**
 * The name that a script is compiled under: that of its file, unless it declares a class which is called so, too. Then the
 * class that holds its functions has another.
 */
export function compiledName({ file, source }: ScriptProgram): string {
  const name = file.slice(file.lastIndexOf('/') + 1)
  const stem = name.replace(/\.[^.]*$/, '')
  const isTaken = /^\w+$/.test(stem) && new RegExp(`\\bclass\\s+${stem}\\b`).test(source)
  return isTaken ? `Script1-${name}` : name
}

/** The path of a script that Java knows by its name alone. */
export function pathOf(name: string, program: ScriptProgram): string | undefined {
  const { file, scripts } = program
  if (name === compiledName(program)) return file
  return [...scripts.keys()].find(path => path === name || path.endsWith(`/${name}`))
}
