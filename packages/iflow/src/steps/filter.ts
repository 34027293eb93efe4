import { choice, tab, text } from '../compile/props.ts'
import { defineStep, type StepContext } from '../compile/step.ts'
import { heavyCondition, heavyResults, heavyXPath, type XPathWork } from '../expressions/heavy-xpath.ts'
import type { Evaluate } from '../expressions/language.ts'
import type { HeavyTask } from '../ports/heavy-work.ts'
import { Body } from '../run/body.ts'
import { asText, convert } from '../run/value.ts'

export const filter = defineStep({
  type: 'Filter',
  label: 'Filter',
  doc: [
    'Replaces the body by what an XPath expression finds in it. Nodes are written as XML without a declaration, their white',
    'space kept, one after the other: more than one node is not a well-formed document. Nothing found gives an empty body.',
  ].join(' '),
  versions: { from: '1.0', to: '1.1' },
  group: 'Transformation',
  element: { version: '1.1.0', properties: { activityType: 'Filter' } },
  leaves: 'one',
  props: tab('Processing', {
    wrapContent: text(
      'XPath Expression',
      'The XPath expression. `$name` reads the header of that name, else the property.',
      { expression: 'xpath' },
    ),
    xpathType: choice<ResultType>(
      'Value Type',
      'What becomes of the result.',
      {
        Nodelist: 'All that was found.',
        Node: 'The first that was found.',
        String: 'The text of the first that was found.',
        Integer: 'Its whole number; another text fails the step.',
        Boolean: '`true` or `false`: the effective boolean value of the result.',
      },
      { default: 'Nodelist' },
    ),
  }),
  examples: [
    {
      title: 'All nodes',
      properties: { wrapContent: '/order/item', xpathType: 'Nodelist' },
      input: { body: '<order><item id="1">pen</item> <item id="2"/></order>' },
      output: { body: '<item id="1">pen</item><item id="2"/>' },
    },
    {
      title: 'The text of the first',
      properties: { wrapContent: '/order/item[@id >= $from]', xpathType: 'String' },
      input: {
        body: '<order><item id="1">pen</item><item id="2">book</item><item id="3">cup</item></order>',
        headers: { from: '2' },
      },
      output: { body: 'book' },
    },
    {
      title: 'A number',
      properties: { wrapContent: 'count(//item)', xpathType: 'Integer' },
      input: { body: '<order><item/><item/></order>' },
      output: { body: '2' },
    },
    {
      title: 'Whether there is one',
      properties: { wrapContent: '//item[. = "pen"]', xpathType: 'Boolean' },
      input: { body: '<order><item>cup</item></order>' },
      output: { body: 'false' },
    },
    {
      title: 'On something other than XML',
      properties: { wrapContent: '//item' },
      input: { body: 'a,b' },
      status: 'FAILED',
      failure: 'not-well-formed',
    },
  ],
  compile: async ({ wrapContent, xpathType }, context) => {
    const read = await compileResult(wrapContent, xpathType, context)
    if (read === undefined) return undefined
    return (exchange, scope) => {
      const replace = (result: string): undefined => {
        exchange.body = Body.of(result)
      }
      const xpath = heavyXPath([wrapContent], context.settings.namespaces, exchange)
      return xpath === undefined
        ? replace(read(exchange, scope))
        : scope.ports.heavyWork.run(filterTask, { xpath, type: xpathType }).then(replace)
    }
  },
})

type ResultType = 'Nodelist' | 'Node' | 'String' | 'Integer' | 'Boolean'

/** Parsing the body and writing what the expression finds, elsewhere. */
export const filterTask: HeavyTask<{ readonly xpath: XPathWork; readonly type: ResultType }, string> = {
  name: 'filter',
  run: async ({ xpath, type }) =>
    type === 'Boolean' ? String(await heavyCondition(xpath)) : write((await heavyResults(xpath))[0], type),
}

async function compileResult(
  source: string,
  type: ResultType,
  context: StepContext,
): Promise<Evaluate<string> | undefined> {
  if (type === 'Boolean') {
    const holds = await context.condition('xpath', source)
    return holds && ((exchange, scope) => String(holds(exchange, scope)))
  }
  const evaluate = await context.value('xpath', source)
  return evaluate && ((exchange, scope) => write(evaluate(exchange, scope), type))
}

function write(found: unknown, type: Exclude<ResultType, 'Boolean'>): string {
  if (type === 'Integer') return asText(convert(found, 'integer'))
  if (type === 'String') return asText(convert(found, 'text'))
  const items = Array.isArray(found) ? found : [found]
  return (type === 'Node' ? items.slice(0, 1) : items).map(asText).join('')
}
