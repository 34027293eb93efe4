import { type Cells, choice, flag, list, tab, wholeNumber } from '../compile/props.ts'
import { defineStep, type StepContext } from '../compile/step.ts'
import type { WriteVariable } from '../ports.ts'
import { Failure } from '../run/failure.ts'
import { asText } from '../run/value.ts'
import { dataStoreLimits, dayMs } from './data-store/data-store.ts'
import { compileName, compileSource, type Read, sourceTypes } from './value-source/source.ts'
import { XPathRows } from './value-source/xpath-rows.ts'

/** Days after its last writing for which a variable exists, as documented. */
const retentionDays = 400

const columns = {
  Name: { label: 'Name', doc: 'Name of the variable, in which Simple functions may stand.' },
  Datatype: { label: 'Data Type', doc: 'Java class of a computed value; empty means text.' },
  Type: { label: 'Type', doc: 'Where the value comes from.', choices: sourceTypes },
  Value: { label: 'Value', doc: 'What the type says.' },
  Scope: {
    label: 'Scope',
    doc: 'Who shares the variable.',
    choices: { local: ['Integration Flow', 'This flow only.'], global: ['Global', 'All flows.'] },
  },
} as const

export const writeVariables = defineStep({
  type: 'Variables',
  label: 'Write Variables',
  doc: [
    `Writes variables, as text, which Content Modifiers read. They exist for ${retentionDays} days after they were last`,
    'written. With transaction handling others see them when the process has ended well, otherwise at once.',
  ].join(' '),
  versions: { from: '1.0', to: '1.2' },
  group: 'Persistence',
  element: { version: '1.2.0', properties: { activityType: 'Variables' } },
  leaves: 'one',
  props: tab('Processing', {
    variable: list('Variables', 'The variables.', columns),
    encrypt: flag('Encrypt Stored Message', 'Whether values are encrypted in the store.', { default: true }),
    visibility: choice(
      'Visibility',
      'Without meaning: each variable has a scope.',
      { global: ['Global', 'All flows.'], local: ['Integration Flow', 'This flow.'] },
      { default: 'local' },
    ),
    expire: wholeNumber('Expiration Period (in d)', 'Without meaning: the time is fixed.', {
      default: retentionDays,
      fresh: '90',
      min: 0,
      max: 9_999,
    }),
  }),
  examples: [
    {
      title: 'A variable of the flow and one of the tenant',
      properties: {
        variable: [
          '<row><cell>LastRun</cell><cell></cell><cell>property</cell><cell>now</cell><cell>local</cell></row>',
          '<row><cell>Shared_${header.no}</cell><cell>java.lang.String</cell><cell>xpath</cell><cell>/o/@id</cell><cell>global</cell></row>',
        ].join(''),
      },
      input: { body: '<o id="7"/>', properties: { now: '2025-03-14' }, headers: { no: 1 } },
      output: { body: '<o id="7"/>' },
    },
  ],
  compile: async ({ variable, encrypt }, context) => {
    const xpaths = new XPathRows(context.settings.namespaces)
    const compiled = []
    for (const cells of variable) compiled.push(await compileVariable(cells, context, xpaths))
    if (compiled.includes(undefined)) return undefined
    const variables = compiled.filter(found => found !== undefined)
    return async (exchange, scope) => {
      const writtenAt = scope.ports.clock.now()
      const changes: WriteVariable[] = []
      for (const { nameOf, read, isGlobal } of variables) {
        const name = nameOf(exchange, scope)
        const value = asText(await read(exchange, scope))
        refuseSize(name, value)
        changes.push({
          kind: 'write-variable',
          flowId: isGlobal ? '' : scope.flowId,
          name,
          value,
          writtenAt,
          expiresAt: writtenAt + retentionDays * dayMs,
          encrypted: encrypt,
        })
      }
      await scope.ports.dataStores.apply(changes)
      return undefined
    }
  },
})

async function compileVariable(cells: readonly string[], context: StepContext, xpaths: XPathRows) {
  const names = Object.keys(columns)
  const cell: Cells = id => cells[names.indexOf(id)] ?? ''
  const nameOf = await compileName(cell('Name'), context)
  const read: Read | undefined = await compileSource(cell, context, xpaths)
  return nameOf && read && { nameOf, read, isGlobal: cell('Scope').trim().toLowerCase() === 'global' }
}

function refuseSize(name: string, value: string): void {
  if (name === '' || name.length > dataStoreLimits.idMax) {
    const expected = `Expected the name of a variable to have 1 to ${dataStoreLimits.idMax} characters, found ${name.length}.`
    throw new Failure(expected, { code: 'data-store' })
  }
  if (value.length > dataStoreLimits.bodyBytesMax) {
    throw new Failure(
      `Expected at most ${dataStoreLimits.bodyBytesMax} characters in variable "${name}", found more.`,
      {
        code: 'size-limit',
      },
    )
  }
}
