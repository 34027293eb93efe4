import type { StepContext } from '../../compile/step.ts'
import type { Evaluate } from '../../expressions/language.ts'
import { Failure } from '../../run/failure.ts'
import { asText } from '../../run/value.ts'

/** How many elements or lines one part has; nothing means 1. Undefined when something was reported. */
export async function compileGrouping(source: string, context: StepContext): Promise<Evaluate<number> | undefined> {
  if (source.includes('${')) {
    const value = await context.value('simple', source)
    return (
      value &&
      ((exchange, scope) => {
        const text = asText(value(exchange, scope))
        const group = read(text)
        if (group !== undefined) return group
        throw new Failure(`Expected the grouping to be a whole number of at least 1, found "${text.slice(0, 40)}".`, {
          code: 'expression',
        })
      })
    )
  }
  const group = read(source)
  if (group !== undefined) return () => group
  const message = `Expected property "grouping" to be a whole number of at least 1 or an expression, found "${source}".`
  context.report('invalid-value', message)
  return undefined
}

function read(text: string): number | undefined {
  if (text.trim() === '') return 1
  const number = /^\s*\d+\s*$/.test(text) ? Number(text) : 0
  return number >= 1 ? number : undefined
}
