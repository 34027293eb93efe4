import { tab, text } from '../../compile/props.ts'
import type { StepContext } from '../../compile/step.ts'
import type { ScriptProgram } from '../../ports.ts'
import type { Operation } from '../../run/plan.ts'
import { programOfSteps } from './script-programs.ts'

/** The properties that script steps of all languages have. */
export const scriptProps = (endings: readonly string[]) =>
  tab('Processing', {
    script: text('Script File', 'The file below `src/main/resources/script`.', {
      file: { endings, folder: 'script', values: { script: '{file}' } },
    }),
    scriptFunction: text('Script Function', 'The function that is called. Empty: `processData`.', { default: '' }),
    scriptBundleId: text('Script Collection', 'The script collection that the file is in. Empty: the flow.', {
      default: '',
      names: 'scriptCollection',
    }),
  })

interface ScriptValues {
  readonly script: string
  readonly scriptFunction: string
  readonly scriptBundleId: string
}

/** Has the program made ready before the flow starts, and calls its function with each message. */
export function compileScript(
  language: ScriptProgram['language'],
  { script, scriptFunction, scriptBundleId }: ScriptValues,
  context: StepContext,
): Operation | undefined {
  const id = scriptBundleId.trim()
  const source = id === '' ? context.resources : context.artifact(id, 'ScriptCollection')?.resources
  if (source === undefined) return undefined
  const file = `script/${script.trim().replace(/^\/?(?:src\/main\/resources\/)?(?:script\/)?/, '')}`
  const program = source.has(file) && programOfSteps(language, file, { flow: context.resources, source })
  if (!program) {
    const place = id === '' ? 'artifact' : `script collection "${id}"`
    context.report('missing-resource', `Expected the file "${file}" in the ${place}, found none.`)
    return undefined
  }
  const functionName = scriptFunction.trim() || 'processData'
  context.beforeStart(ports => ports.scripts.prepare(program))
  return async (exchange, scope) => {
    await scope.ports.scripts.run(program, functionName, exchange, scope)
    return undefined
  }
}
