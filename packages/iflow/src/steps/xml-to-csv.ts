import { choice, flag, tab, text, when } from '../compile/props.ts'
import { defineStep } from '../compile/step.ts'
import { heavyXPath } from '../expressions/heavy-xpath.ts'
import { Body } from '../run/body.ts'
import { type CsvForm, tableToCsv, xmlToCsvTask } from './xml-to-csv/convert.ts'

export const xmlToCsv = defineStep({
  type: 'XmlToCsvConverter',
  label: 'XML to CSV Converter',
  doc: [
    'Turns every element that an XPath expression finds into a line of CSV. Its fields are its children, or its own text',
    'when it has none. Columns come in the order in which their names first appear; what an element lacks is empty. Fields',
    'that hold the separator, a double quote or a line end are put in double quotes. Every line ends with a line feed.',
  ].join(' '),
  versions: { from: '1.0', to: '1.2' },
  group: 'Transformation',
  element: { version: '1.2.0', properties: { activityType: 'XmlToCsvConverter', XML_Schema_File_Path: '' } },
  leaves: 'one',
  props: tab('Processing', {
    XPath_Field_Location: text('Path to Source Element in XML', 'Where the elements are, as XPath.', {
      expression: 'xpath',
    }),
    Field_Separator_in_CSV: text('Field Separator in CSV', 'What stands between fields.', { default: ',' }),
    Include_Header: flag('Include Field Name as Headers', 'Whether the first line holds the names.', {
      default: false,
      until: '1.1',
    }),
    CSV_Header: choice(
      'CSV Header',
      'Since version 1.2: what the first line holds.',
      { none: ['None', 'Values.'], xml: ['XML based', 'The names of the elements.'] },
      { default: 'none' },
    ),
    Include_Master: flag('Include Parent Element', 'Whether a parent of the elements comes first.', {
      default: false,
    }),
    ...when('Include_Master', ['true', '1'], {
      Master_XPath_Field_Location: text('Path to Parent Element', 'Where that parent is, as XPath.', {
        default: '',
        expression: 'xpath',
      }),
    }),
    Include_Attribute: flag(
      'Include Attribute Values',
      'Whether attributes are fields too, before the children and text of their element.',
      { default: false },
    ),
  }),
  examples: [
    {
      title: 'With names',
      properties: { XPath_Field_Location: '/orders/order', Include_Header: 'true' },
      input: {
        body: '<orders><order><id>7</id><note>a, "b"</note></order><order><id>8</id><by>me</by></order></orders>',
      },
      output: { body: 'id,note,by\n7,"a, ""b""",\n8,,me\n' },
    },
    {
      title: 'With the parent and attributes',
      properties: {
        XPath_Field_Location: '/orders/order',
        Field_Separator_in_CSV: ';',
        Include_Header: 'true',
        Include_Master: 'true',
        Master_XPath_Field_Location: '/orders',
        Include_Attribute: 'true',
      },
      input: { body: '<orders day="1"><by>me</by><order no="7"><note>n</note></order></orders>' },
      output: { body: 'day;by\n1;me\nno;note\n7;n\n' },
    },
  ],
  compile: async (props, context) => {
    const rows = await context.value('xpath', props.XPath_Field_Location)
    const masterPath = (props.Include_Master && props.Master_XPath_Field_Location.trim()) || '()'
    const master = await context.value('xpath', masterPath)
    if (rows === undefined || master === undefined) return undefined
    const form: CsvForm = {
      separator: props.Field_Separator_in_CSV || ',',
      hasHeader: props.Include_Header || props.CSV_Header === 'xml',
      hasAttributes: props.Include_Attribute,
    }
    return (exchange, scope) => {
      const replace = (csv: string): undefined => {
        exchange.body = Body.of(csv)
      }
      const xpath = heavyXPath([masterPath, props.XPath_Field_Location], context.settings.namespaces, exchange)
      return xpath === undefined
        ? replace(tableToCsv([master(exchange, scope)].flat(), [rows(exchange, scope)].flat(), form))
        : scope.ports.heavyWork.run(xmlToCsvTask, { xpath, form }).then(replace)
    }
  },
})
