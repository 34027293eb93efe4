import { choice, tab, table, text } from '../compile/props.ts'
import { defineStep } from '../compile/step.ts'
import type { Operation } from '../run/plan.ts'
import { type Assignment, compileBody, compileRows, numberedRows } from './content-modifier/assignment.ts'
import { sourceTypes } from './value-source/source.ts'
import { XPathRows } from './value-source/xpath-rows.ts'

const columns = {
  Action: {
    label: 'Action',
    doc: 'What is done. Empty: `Create`.',
    choices: { Create: 'Sets the header or property.', Delete: 'Deletes it.' },
  },
  Name: {
    label: 'Name',
    doc: 'The header or property; may hold Simple functions. For `Delete` also `$name=NAME`, `$include=PATTERN` and `$include=PATTERN,$exclude=PATTERN`.',
  },
  Type: { label: 'Source Type', doc: 'Where the value comes from. Empty: `constant`.', choices: sourceTypes },
  Value: { label: 'Source Value', doc: 'What the source type needs.' },
  Datatype: {
    label: 'Data Type',
    doc: 'Java class to convert an expression or XPath result to. Unknown classes mean text.',
  },
  Default: { label: 'Default Value', doc: 'For variables that do not exist.' },
}

export const contentModifier = defineStep({
  type: 'Enricher',
  label: 'Content Modifier',
  doc: [
    'Sets and deletes headers, then properties, then sets the body; rows from top to bottom, each seeing what the ones',
    'before it did. A value that is nothing deletes the header or property. Up to version 1.1 the rows are numbered',
    'properties (`HEADER_1`, `property_1`).',
  ].join(' '),
  versions: { from: '1.0', to: '1.6' },
  group: 'Transformation',
  element: { version: '1.6.1', properties: { activityType: 'Enricher' } },
  leaves: 'one',
  props: {
    ...tab('Message Header', { headerTable: table('Headers', 'Headers to set and delete.', columns) }),
    ...tab('Exchange Property', {
      propertyTable: table('Properties', 'Exchange properties to set and delete.', columns),
    }),
    ...tab('Message Body', {
      bodyType: choice(
        'Type',
        'How the new body is read.',
        {
          constant: ['Constant', 'As it stands.'],
          expression: ['Expression', 'As a Simple expression.'],
        },
        { default: 'expression', fresh: 'constant' },
      ),
      wrapContent: text('Body', 'The new body. Empty keeps the body as it is; `${null}` clears it.', {
        default: '',
        expression: 'simple',
        multiline: true,
      }),
    }),
  },
  examples: [
    {
      title: 'A constant body',
      properties: { bodyType: 'constant', wrapContent: 'Hello ${name}' },
      output: { body: 'Hello ${name}' },
    },
    {
      title: 'Headers first, then properties, then the body',
      properties: {
        headerTable:
          "<row><cell id='Action'>Create</cell><cell id='Name'>id</cell><cell id='Type'>xpath</cell><cell id='Value'>/order/@id</cell><cell id='Datatype'>java.lang.String</cell></row>",
        propertyTable:
          "<row><cell id='Action'>Create</cell><cell id='Name'>copy</cell><cell id='Type'>header</cell><cell id='Value'>ID</cell></row>",
        wrapContent: 'Order ${property.copy} of ${date:now:yyyy}',
      },
      input: { body: '<order id="7"/>' },
      output: { body: 'Order 7 of 2025', headers: { id: '7' }, properties: { copy: '7' } },
    },
    {
      title: 'Deleting by pattern, keeping the body',
      properties: {
        headerTable: "<row><cell id='Action'>Delete</cell><cell id='Name'>$include=x-*</cell></row>",
      },
      input: { body: 'same', headers: { 'X-Trace': '1', Accept: '*/*' } },
      output: { body: 'same', headers: { Accept: '*/*' } },
    },
  ],
  compile: async ({ headerTable, propertyTable, bodyType, wrapContent }, context) => {
    const { properties } = context.element
    const xpaths = new XPathRows(context.settings.namespaces)
    const assignments = [
      ...(await compileRows('headers', [...numberedRows(properties, 'header'), ...headerTable], context, xpaths)),
      ...(await compileRows(
        'properties',
        [...numberedRows(properties, 'property'), ...propertyTable],
        context,
        xpaths,
      )),
    ]
    if (wrapContent !== '') assignments.push(await compileBody(wrapContent, bodyType === 'constant', context))
    const isWhole = (list: typeof assignments): list is Assignment[] => !list.includes(undefined)
    return isWhole(assignments) ? inOrder(assignments) : undefined
  },
})

/** Waits only for assignments that have to wait. */
function inOrder(assignments: readonly Assignment[]): Operation {
  return (exchange, scope) => {
    for (let index = 0; index < assignments.length; index += 1) {
      const pending = assignments[index]?.(exchange, scope)
      if (pending === undefined) continue
      const rest = assignments.slice(index + 1)
      return pending.then(() => inOrder(rest)(exchange, scope))
    }
    return undefined
  }
}
