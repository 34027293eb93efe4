import { flag, tab } from '../compile/props.ts'
import { defineStep, type Outgoing, type StepContext } from '../compile/step.ts'
import { firstThatHolds } from '../expressions/heavy-xpath.ts'
import type { Evaluate } from '../expressions/language.ts'
import { Failure } from '../run/failure.ts'
import type { Take } from '../run/plan.ts'

interface Route {
  readonly type: 'simple' | 'xpath'
  readonly source: string
  readonly holds: Evaluate<boolean>
  readonly take: Take
}

export const router = defineStep({
  type: 'ExclusiveGateway',
  label: 'Router',
  doc: [
    'Takes the first route whose condition holds, in the order of the routes, else the default route. Conditions are all',
    'Simple (expression type `NonXML`) or all XPath (`XML`).',
  ].join(' '),
  versions: { from: '1.0', to: '1.1' },
  group: 'Routing',
  element: { tag: 'exclusiveGateway', version: '1.1.2', properties: { activityType: 'ExclusiveGateway' } },
  leaves: 'several',
  props: tab('Processing', {
    throwException: flag(
      'Throw Exception',
      'Whether the step fails when only the default route is left. Without effect in files from before steps had versions.',
      { default: false },
    ),
  }),
  examples: [
    {
      title: 'By a header',
      routes: [{ condition: "${header.kind} = 'gold'", body: 'gold route' }, { body: 'other route' }],
      input: { headers: { kind: 'gold' } },
      output: { body: 'gold route' },
    },
    {
      title: 'By the content of an XML body',
      routes: [{ condition: '/order/total > 100', expressionType: 'XML', body: 'large' }, { body: 'small' }],
      input: { body: '<order><total>20</total></order>' },
      output: { body: 'small' },
    },
    {
      title: 'In an old file the default route is taken all the same',
      properties: { throwException: 'true', raiseAlert: 'true' },
      routes: [{ condition: "${header.kind} = 'gold'", body: 'gold route' }, { body: 'other route' }],
      output: { body: 'other route' },
    },
    {
      title: 'No route fits, and that is an error',
      properties: { throwException: 'true', componentVersion: '1.1' },
      routes: [{ condition: "${header.kind} = 'gold'", body: 'gold route' }, { body: 'not taken' }],
      status: 'FAILED',
      failure: 'no-route',
    },
  ],
  compile: async ({ throwException }, context) => {
    const routes = await compileRoutes(context)
    if (routes === undefined) return undefined
    const throws = throwException && context.element.properties.get('componentVersion') !== undefined
    const otherwise = throws ? undefined : context.outgoing.find(outgoing => outgoing.isDefault)?.take
    const choose = (route: Route | undefined): Take => {
      const take = route?.take ?? otherwise
      if (take !== undefined) return take
      throw new Failure('Expected the condition of a route to hold, found none that does.', { code: 'no-route' })
    }
    if (routes[0]?.type !== 'xpath') {
      return (exchange, scope) => choose(routes.find(({ holds }) => holds(exchange, scope)))
    }
    const sources = routes.map(({ source }) => source)
    const { namespaces } = context.settings
    return (exchange, scope) => {
      const holds = (index: number) => routes[index]?.holds(exchange, scope) ?? false
      const found = firstThatHolds({ sources, holds }, exchange, { namespaces, scope })
      return found instanceof Promise ? found.then(index => choose(routes[index])) : choose(routes[found])
    }
  },
})

async function compileRoutes(context: StepContext): Promise<readonly Route[] | undefined> {
  const conditional = context.outgoing.filter(outgoing => !outgoing.isDefault)
  const types = new Set(conditional.map(typeOf))
  if (types.size > 1) {
    context.report('mixed-conditions', 'Expected all routes to have the same expression type, found XML and NonXML.')
  }
  const routes: Route[] = []
  for (const outgoing of conditional) {
    const route = await compileRoute(outgoing, context)
    if (route !== undefined) routes.push(route)
  }
  return routes.length === conditional.length && types.size <= 1 ? routes : undefined
}

async function compileRoute(outgoing: Outgoing, context: StepContext): Promise<Route | undefined> {
  const { flow, take } = outgoing
  const source = flow.condition?.trim() ?? ''
  if (source === '') {
    context.reportAt(flow)('missing-condition', 'Expected a condition at a route that is not the default, found none.')
    return undefined
  }
  const type = typeOf(outgoing) === 'XML' ? 'xpath' : 'simple'
  const holds = await context.condition(type, source, flow)
  return holds && { type, source, holds, take }
}

function typeOf({ flow }: Outgoing): 'XML' | 'NonXML' {
  return flow.properties.get('expressionType') === 'XML' ? 'XML' : 'NonXML'
}
