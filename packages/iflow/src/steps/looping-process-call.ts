import { choice, tab } from '../compile/props.ts'
import { defineStep } from '../compile/step.ts'
import { firstThatHolds } from '../expressions/heavy-xpath.ts'
import type { Exchange } from '../run/exchange.ts'
import { Failure } from '../run/failure.ts'
import type { RunScope } from '../run/scope.ts'
import { turnMs } from '../run/sub-runs.ts'
import { localProcess } from './process-call/local-process.ts'

export const loopingProcessCall = defineStep({
  type: 'LoopingProcess',
  label: 'Looping Process Call',
  doc: [
    'Runs a local integration process, then again as long as the condition holds, at most as often as the bound says.',
    'Property `CamelLoopIndex` counts the runs from 0. When the local process handles a failure in its own exception',
    'subprocess, the whole message ends there.',
  ].join(' '),
  versions: { from: '1.0', to: '1.3' },
  group: 'Call',
  element: {
    version: '1.3.0',
    loop: { maximum: 100 },
    properties: { activityType: 'ProcessCallElement', subActivityType: 'LoopingProcess', loopId: '' },
  },
  leaves: 'one',
  props: tab('Processing', {
    processId: localProcess,
    expressionType: choice(
      'Expression Type',
      'The language of the condition.',
      { 'Non XML': ['Non-XML', 'Simple.'], NonXML: ['Non-XML', 'Simple.'], XML: 'XPath.' },
      { default: 'Non XML' },
    ),
    postProcessing: choice(
      'Action when Max. Iterations Reached',
      'What happens when the condition still holds after the last run.',
      { end: ['End Process', 'The step is done.'], throwException: ['Throw Exception', 'The step fails.'] },
      { default: 'end' },
    ),
  }),
  examples: [
    {
      title: 'Until there are three marks',
      properties: { processId: 'Local', expressionType: 'Non XML', postProcessing: 'throwException' },
      loop: { condition: "${in.body} not contains 'xxx'", maximum: 10 },
      localBody: '${in.body}x',
      input: { body: '' },
      output: { body: 'xxx', properties: { CamelLoopIndex: 2 } },
    },
  ],
  compile: async ({ processId, expressionType, postProcessing }, context) => {
    const { loop } = context.element
    const process = context.localProcess(processId)
    if (loop === undefined || loop.maximum < 1) {
      context.report('invalid-value', 'Expected a loop with a condition and a whole number of runs of at least 1.')
      return undefined
    }
    const language = expressionType === 'XML' ? 'xpath' : 'simple'
    const holds = await context.condition(language, loop.condition)
    if (process === undefined || holds === undefined) return undefined
    const { namespaces } = context.settings
    const sources = [loop.condition]
    const again = async (exchange: Exchange, scope: RunScope) => {
      if (language === 'simple') return holds(exchange, scope)
      const conditions = { sources, holds: () => holds(exchange, scope) }
      return (await firstThatHolds(conditions, exchange, { namespaces, scope })) === 0
    }
    return async (exchange, scope) => {
      const { clock, turns } = scope.ports
      let turnBegan = clock.now()
      for (let index = 0; index < loop.maximum; index += 1) {
        if (clock.now() - turnBegan > turnMs) {
          await turns.next()
          turnBegan = clock.now()
        }
        exchange.properties.set('CamelLoopIndex', index)
        const stop = await scope.call(process, exchange)
        if (stop !== undefined) return stop
        if (!(await again(exchange, scope))) return undefined
      }
      if (postProcessing === 'end') return undefined
      throw new Failure(`Expected the loop to end within ${loop.maximum} runs, found its condition still true.`, {
        code: 'step',
      })
    }
  },
})
