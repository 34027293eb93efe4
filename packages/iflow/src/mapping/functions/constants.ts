import { byValue, contextOf, contextsOf, endless, isEndless, type Problem, type Queue } from '../queue.ts'
import { type FunctionWorld, type MappingFunction, numberOf, type Parameters, tableOf, textOf } from './function.ts'

/** Functions that bring values along or translate them, by their name in mapping files. */
export const constantFunctions: Readonly<Record<string, MappingFunction>> = {
  const: {
    doc: 'The text `value`, once in every context.',
    inputs: 0,
    bind: parameters => () => endless(textOf(parameters, 'value')),
  },
  copyValue: {
    doc: 'The value number `index`, from 0, of the whole queue, once in every context.',
    inputs: 1,
    bind:
      parameters =>
      (queue = []) =>
        endless(contextsOf(queue).flat()[numberOf(parameters, 'index', 0)] ?? null),
  },
  FixValues: {
    doc: 'The value that `table` has for a text. Others: `vmstrategy` 0 keeps them, 1 gives `vmdefault`, 2 fails.',
    inputs: 1,
    bind: parameters => {
      const table = new Map(Object.entries(tableOf(parameters, 'table')))
      return (queue = []) =>
        byValue([queue], ([text = '']) => table.get(text) ?? missing(text, parameters, 'the fixed values'))
    },
  },
  getHeader: {
    doc: 'The header of this name; empty when there is none.',
    inputs: 1,
    bind:
      (_, world) =>
      (queue = []) =>
        byValue([queue], ([name = '']) => world.header(name)),
  },
  getProperty: {
    doc: 'The exchange property of this name; empty when there is none.',
    inputs: 1,
    bind:
      (_, world) =>
      (queue = []) =>
        byValue([queue], ([name = '']) => world.property(name)),
  },
  receiver: {
    doc: 'The header `SAP_Receiver`, once in every context.',
    inputs: 0,
    bind: (_, world) => () => endless(world.header('SAP_Receiver')),
  },
  sender: {
    doc: 'The header `SAP_Sender`, once in every context.',
    inputs: 0,
    bind: (_, world) => () => endless(world.header('SAP_Sender')),
  },
  valuemap: {
    doc: 'What value mappings have for a text: from `agency1`, `schema1` to `agency2`, `schema2`. Others as `FixValues` treats them.',
    inputs: 1,
    bind:
      (parameters, world) =>
      async (queue = []) =>
        translated(queue, parameters, world),
  },
}

/** Each text is looked up once. */
async function translated(queue: Queue, parameters: Parameters, world: FunctionWorld): Promise<Queue> {
  const count = isEndless(queue) ? 1 : queue.length
  const texts = new Set<string>()
  for (let index = 0; index < count; index += 1) {
    for (const value of contextOf(queue, index)) if (typeof value === 'string') texts.add(value)
  }
  const found = await Promise.all(Array.from(texts, text => lookUp(text, parameters, world)))
  const known = new Map(Array.from(texts, (text, index) => [text, found[index]]))
  return byValue([queue], ([text = '']) => known.get(text) ?? missing(text, parameters, 'a value mapping'))
}

function lookUp(value: string, parameters: Parameters, world: FunctionWorld): Promise<string | undefined> {
  const [sourceAgency = '', sourceIdentifier = '', targetAgency = '', targetIdentifier = ''] = [
    'agency1',
    'schema1',
    'agency2',
    'schema2',
  ].map(name => textOf(parameters, name))
  return world.lookUp(sourceAgency, sourceIdentifier, value, targetAgency, targetIdentifier)
}

function missing(text: string, parameters: Parameters, where: string): string | Problem {
  switch (textOf(parameters, 'vmstrategy')) {
    case '1':
      return textOf(parameters, 'vmdefault')
    case '2':
      return { problem: `Expected "${text.slice(0, 60)}" in ${where}, found no such value.` }
    default:
      return text
  }
}
