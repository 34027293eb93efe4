import type { StepContext } from '../../compile/step.ts'
import type { Evaluate } from '../../expressions/language.ts'
import { piecesOf } from '../../run/charset.ts'
import { Failure } from '../../run/failure.ts'
import { asText } from '../../run/value.ts'
import { piecesOfXml } from '../../run/xml.ts'
import { type ElementPath, parseElementPath } from './element-path.ts'
import type { Split } from './splitter-operation.ts'
import type { TextSplit } from './text-parts.ts'
import { splitXml } from './xml-parts.ts'

/** Splits XML at a path, which may be a Simple expression. Undefined when something was reported. */
export async function compileXmlSplit(
  source: string,
  { keepsEnvelope }: { readonly keepsEnvelope: boolean },
  context: StepContext,
): Promise<Split | undefined> {
  const pathOf = await compilePath(source, context)
  if (pathOf === undefined) return undefined
  return (exchange, scope, group) => {
    const content = exchange.body.content ?? ''
    return splitXml(piecesOfXml(content, exchange.charset), { path: pathOf(exchange, scope), group, keepsEnvelope })
  }
}

/** Splits the text of the body. */
export function textSplit(split: TextSplit): Split {
  return ({ body, charset }, _, group) => split(piecesOf(body.content ?? '', charset), group)
}

async function compilePath(source: string, context: StepContext): Promise<Evaluate<ElementPath> | undefined> {
  const { namespaces } = context.settings
  if (!source.includes('${')) {
    const parsed = parseElementPath(source, namespaces)
    if ('path' in parsed) return () => parsed.path
    context.report('unsupported-expression', parsed.problem)
    return undefined
  }
  const value = await context.value('simple', source)
  return (
    value &&
    ((exchange, scope) => {
      const parsed = parseElementPath(asText(value(exchange, scope)), namespaces)
      if ('path' in parsed) return parsed.path
      throw new Failure(parsed.problem, { code: 'expression' })
    })
  )
}
