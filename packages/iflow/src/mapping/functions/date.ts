import { compileDateFormat } from '../../expressions/simple/date-format.ts'
import { byValue, endless, type Problem } from '../queue.ts'
import { compileDateParser, type ParseDate } from './date-pattern.ts'
import { type FunctionWorld, type MappingFunction, type Parameters, tableOf, textOf } from './function.ts'

/** Functions of dates, by their name in mapping files. Dates without a zone are UTC. */
export const dateFunctions: Readonly<Record<string, MappingFunction>> = {
  CompareDates: ofTwo('-1, 0 or 1 as the first date is before, at or after the second.', (a, b) =>
    String(Math.sign(a - b)),
  ),
  currentDate: {
    doc: 'The present moment in the form `oform`, a pattern of `java.text.SimpleDateFormat`.',
    inputs: 0,
    bind: (parameters, world) => {
      const compiled = compileDateFormat(textOf(parameters, 'oform'), 'UTC')
      if ('problem' in compiled) return compiled
      return () => endless(compiled.format(world.now()))
    },
  },
  DateAfter: ofTwo('Whether the first date is after the second.', (a, b) => String(a > b)),
  DateBefore: ofTwo('Whether the first date is before the second.', (a, b) => String(a < b)),
  TransformDate: {
    doc: 'A date in the form `iform` in the form `oform`, patterns of `java.text.SimpleDateFormat`.',
    inputs: 1,
    bind: (parameters, world) => {
      const parse = parserOf(parameters, 'iform', world)
      if ('problem' in parse) return parse
      const compiled = compileDateFormat(textOf(parameters, 'oform'), 'UTC')
      if ('problem' in compiled) return compiled
      return (queue = []) => byValue([queue], ([text = '']) => withDate(parse, text, compiled.format))
    },
  },
}

/** The first date is in the form `iform`, the second in the form `oform`. */
function ofTwo(doc: string, rule: (a: number, b: number) => string): MappingFunction {
  return {
    doc: `${doc} They are in the forms \`iform\` and \`oform\`.`,
    inputs: 2,
    bind: (parameters, world) => {
      const first = parserOf(parameters, 'iform', world)
      if ('problem' in first) return first
      const second = parserOf(parameters, 'oform', world)
      if ('problem' in second) return second
      return (...queues) =>
        byValue(queues, ([a = '', b = '']) =>
          withDate(first, a, before => withDate(second, b, after => rule(before, after))),
        )
    },
  }
}

interface NamedParser {
  readonly pattern: string
  readonly parse: ParseDate
}

function parserOf(
  parameters: Parameters,
  name: string,
  world: FunctionWorld,
): NamedParser | { readonly problem: string } {
  const pattern = textOf(parameters, name)
  const lenient = tableOf(parameters, 'calend').le !== 'false'
  const parse = compileDateParser(pattern, lenient, () => world.now())
  return parse === undefined
    ? { problem: `Expected a date pattern such as yyyy-MM-dd, found "${pattern}".` }
    : { pattern, parse }
}

function withDate(
  { pattern, parse }: NamedParser,
  text: string,
  rule: (instant: number) => string | Problem,
): string | Problem {
  const instant = parse(text)
  if (instant === undefined) {
    return { problem: `Unparseable date: "${text.slice(0, 60)}" in the form ${pattern}.` }
  }
  return rule(instant)
}
