import { choice, tab, text, when, wholeNumber } from '../compile/props.ts'
import { defineStep, type StepContext } from '../compile/step.ts'
import { heavyXPath, xpathValuesTask } from '../expressions/heavy-xpath.ts'
import type { Evaluate } from '../expressions/language.ts'
import { Exchange } from '../run/exchange.ts'
import { Failure } from '../run/failure.ts'
import type { End } from '../run/plan.ts'
import { asText, convert } from '../run/value.ts'
import { Aggregates } from './aggregator/aggregates.ts'
import { dataStoreLimits } from './data-store/data-store.ts'

const collected: End = { kind: 'end', how: 'completed', reason: '' }
const minuteMs = 60_000

/** When aggregates are looked at whose time may have come. */
const everyMinute = {
  cron: '0 * * * * ?',
  timeZone: 'UTC',
  next: (after: number) => (Math.floor(after / minuteMs) + 1) * minuteMs,
}

export const aggregator = defineStep({
  type: 'Aggregator',
  label: 'Aggregator',
  doc: [
    'Collects messages that belong together, over any number of runs and restarts of the server. A message that is not the',
    'last of its aggregate ends here. The last one goes on with all of them in its run; an aggregate whose time is up goes on',
    'in a run of its own, with the headers of its last message, and again every five minutes while that fails. The body is',
    'then a multi-mapping with all messages in `Message1`; header `CamelAggregatedCompletedBy` is `predicate` or `timeout`,',
    '`CamelAggregatedCorrelationKey` what the messages have in common. For integration processes only.',
  ].join(' '),
  versions: { from: '1.0', to: '1.1' },
  group: 'Routing',
  element: { version: '1.0.5', properties: { activityType: 'Aggregator' } },
  leaves: 'one',
  props: {
    ...tab('Correlation', {
      correlationExpression: text(
        'Correlation Expression (XPath)',
        'XPath of the text that messages of one aggregate have in common.',
        { expression: 'xpath' },
      ),
    }),
    ...tab('Aggregation Strategy', {
      incomingFormat: choice(
        'Incoming Format',
        'What the messages are.',
        { XML_SAME_FORMAT: ['XML (Same Format)', 'XML.'] },
        { default: 'XML_SAME_FORMAT' },
      ),
      aggregationAlgorithm: choice(
        'Aggregation Algorithm',
        'In which order the messages are combined.',
        {
          'sap-id-list': ['Combine', 'As they came.'],
          'sap-sequenced-id-list': [
            'Combine in Sequence',
            'By their numbers; complete only when none is missing before the last one.',
          ],
        },
        { default: 'sap-id-list' },
      ),
      ...when('aggregationAlgorithm', ['sap-sequenced-id-list'], {
        messageSequenceExpression: text(
          'Message Sequence Expression (XPath)',
          'XPath of the number of a message; the first has 1.',
          { default: '', expression: 'xpath' },
        ),
      }),
      lastMessageCondition: text(
        'Last Message Condition (XPath)',
        'XPath that is true for the last message. Empty: none is the last.',
        { default: '', expression: 'xpath' },
      ),
      timeout: wholeNumber(
        'Completion Timeout (in min)',
        'Minutes without a message after which an aggregate is complete; looked at every minute.',
        { default: 60, min: 1, max: 129_600 },
      ),
      datastoreName: text(
        'Data Store Name',
        `Name of the data stores of the flow that hold the messages: at most ${dataStoreLimits.nameMax} characters without white space.`,
        { fresh: 'Aggregator-1' },
      ),
    }),
  },
  examples: [
    {
      title: 'A message that is the last one of its aggregate, and the first',
      properties: {
        correlationExpression: '/student/school',
        lastMessageCondition: "/student/id = '0'",
        datastoreName: 'Students',
      },
      input: { body: '<student><id>0</id><school>A</school></student>' },
      output: {
        body: "<?xml version='1.0' encoding='UTF-8'?><multimap:Messages xmlns:multimap=\"http://sap.com/xi/XI/SplitAndMerge\"><multimap:Message1><student><id>0</id><school>A</school></student></multimap:Message1></multimap:Messages>",
        headers: { CamelAggregatedCompletedBy: 'predicate', CamelAggregatedCorrelationKey: 'A' },
      },
    },
    {
      title: 'A message without anything in common with others',
      properties: { correlationExpression: '/student/school', datastoreName: 'Students' },
      input: { body: '<student/>' },
      status: 'FAILED',
      failure: 'expression',
    },
  ],
  compile: async (props, context) => {
    const name = props.datastoreName.trim()
    const inSequence = props.aggregationAlgorithm === 'sap-sequenced-id-list'
    const last = props.lastMessageCondition.trim() || 'false()'
    const sources = [
      props.correlationExpression,
      `boolean(${last})`,
      inSequence ? props.messageSequenceExpression : '()',
    ]
    const valuesOf = await compileValues(sources, context)
    const processId = context.processBehind()
    if (name.length > dataStoreLimits.nameMax || /\s/.test(name)) {
      const expected = `at most ${dataStoreLimits.nameMax} characters without white space`
      context.report('invalid-value', `Expected property "datastoreName" to be ${expected}, found "${name}".`)
      return undefined
    }
    if (valuesOf === undefined || processId === undefined) return undefined
    const aggregates = new Aggregates({ name, timeoutMs: props.timeout * minuteMs, inSequence })
    context.startedBy({
      kind: 'timer',
      stepId: context.element.id,
      processId,
      firesOnDeployment: false,
      schedules: [everyMinute],
      failsWhenOver: false,
      receive: () => new Exchange(),
      poll: (ports, flowId) => aggregates.due(ports, flowId),
    })
    return async (exchange, scope) => {
      const [key, isLast, number] = await valuesOf(exchange, scope)
      const member = {
        key: keyFrom(asText(key)),
        number: inSequence ? numberFrom(asText(number)) : undefined,
        isLast: isLast === true,
      }
      return (await aggregates.add(exchange, member, scope)) ? undefined : collected
    }
  },
})

const datatypes = ['text', 'boolean', 'text'] as const

/** What the expressions find in a message, in their order; in a large one, elsewhere. */
async function compileValues(
  sources: readonly string[],
  { value, settings }: StepContext,
): Promise<Evaluate<unknown[] | Promise<unknown[]>> | undefined> {
  const readers = await Promise.all(sources.map(source => value('xpath', source)))
  if (readers.includes(undefined)) return undefined
  return (exchange, scope) => {
    const work = heavyXPath(sources, settings.namespaces, exchange)
    if (work !== undefined) return scope.ports.heavyWork.run(xpathValuesTask, { ...work, datatypes })
    return readers.map((read, index) => convert(read?.(exchange, scope), datatypes[index] ?? 'text'))
  }
}

function keyFrom(text: string): string {
  if (text !== '' && text.length <= dataStoreLimits.idMax) return text
  const expected = `the correlation expression to give from 1 to ${dataStoreLimits.idMax} characters`
  throw new Failure(`Expected ${expected}, found ${text.length}.`, { code: 'expression' })
}

function numberFrom(text: string): number {
  if (/^\s*\d{1,9}\s*$/.test(text) && Number(text) > 0) return Number(text)
  throw new Failure(`Expected the number of the message in its sequence, found "${text.slice(0, 40)}".`, {
    code: 'expression',
  })
}
