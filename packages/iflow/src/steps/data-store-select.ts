import { escapeAttribute } from '../bpmn/escape.ts'
import { flag, tab, text } from '../compile/props.ts'
import { defineStep } from '../compile/step.ts'
import type { DataStoreEntry, HeavyTask } from '../ports.ts'
import { Body } from '../run/body.ts'
import { Failure } from '../run/failure.ts'
import { heavyFrom } from '../run/heavy-work.ts'
import { asText } from '../run/value.ts'
import { decodeXml } from '../run/xml.ts'
import { rootElementOf } from '../run/xml-reader.ts'
import { compileStore, compileText, dataStoreLimits, storeProps } from './data-store/data-store.ts'

export const dataStoreSelect = defineStep({
  type: 'select',
  label: 'Data Store Select',
  doc: [
    'Replaces the body by entries of a data store, all in one XML message; entries that are not XML fail the step. Which',
    'entries come, and in which order, is not defined. Entries of more than 40 MiB together come in several selections.',
  ].join(' '),
  versions: { from: '1.0', to: '1.7' },
  group: 'Persistence',
  element: { version: '1.7.1', properties: { activityType: 'DBstorage', operation: 'select' } },
  leaves: 'one',
  props: tab('Processing', {
    ...storeProps,
    maxresults: text(
      'Number of Polled Messages',
      'The most entries: a whole number, a Simple expression, or `${xpath./a/b}`. Header `SapDataStoreMaxResults` comes first.',
      { default: '1', expression: 'simple' },
    ),
    delete: flag(
      'Delete on Completion',
      'Whether the entries are deleted when the message has been processed, unless it failed.',
      { default: false },
    ),
  }),
  examples: [
    {
      title: 'An empty store',
      properties: { storageName: 'Orders', maxresults: '10' },
      input: { body: 'x' },
      output: { body: '<?xml version="1.0" encoding="UTF-8"?>\n<messages></messages>' },
    },
  ],
  compile: async (props, context) => {
    const storeOf = await compileStore(props, context)
    const mostOf = await compileText(props.maxresults || '1', context)
    if (storeOf === undefined || mostOf === undefined) return undefined
    return async (exchange, scope) => {
      const store = storeOf(exchange, scope)
      const count = numberOf(asText(exchange.headers.get('SapDataStoreMaxResults')) || mostOf(exchange, scope))
      const limits = { count, bytesMax: dataStoreLimits.selectBytesMax }
      const entries = await scope.ports.dataStores.select(store, limits)
      const work = { entries: entries.map(({ id, body }) => ({ id, body })), charset: exchange.charset }
      const isLarge = entries.reduce((sum, { body }) => sum + body.length, 0) > heavyFrom
      exchange.body = Body.of(isLarge ? await scope.ports.heavyWork.run(selectionTask, work) : together(work))
      if (!props.delete) return undefined
      for (const { id } of entries) scope.onCompletion({ kind: 'delete-entry', ...store, id })
      return undefined
    }
  },
})

function numberOf(text: string): number {
  if (/^\s*\d{1,9}\s*$/.test(text) && Number(text) > 0) return Number(text)
  const message = `Expected the number of messages to be a whole number of at least 1, found "${text.slice(0, 40)}".`
  throw new Failure(message, { code: 'data-store' })
}

interface Selection {
  readonly entries: readonly Pick<DataStoreEntry, 'id' | 'body'>[]
  readonly charset: string
}

/** Reading every entry to its root element and putting them together, elsewhere. */
export const selectionTask: HeavyTask<Selection, string> = { name: 'data-store-selection', run: together }

function together({ entries, charset }: Selection): string {
  const messages = entries.map(({ id, body }) => {
    const content = body.length === 0 ? '' : rootElementOf(decodeXml(body, charset))
    return `<message id="${escapeAttribute(id)}">${content}</message>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<messages>${messages.join('')}</messages>`
}
