import { flag, tab, text, when } from '../compile/props.ts'
import { defineStep } from '../compile/step.ts'
import { isXmlName } from '../formats/xml-name.ts'
import { Body } from '../run/body.ts'
import { isHeavy } from '../run/heavy-work.ts'
import { type CsvForm, csvToXml as convert, csvToXmlTask } from './csv-to-xml/convert.ts'
import { findRecordShape } from './csv-to-xml/schema.ts'

export const csvToXml = defineStep({
  type: 'CsvToXmlConverter',
  label: 'CSV to XML Converter',
  doc: [
    'Turns each record of a CSV text into an element that an XML schema of the artifact describes, with an element for each',
    'field. Fields may be in double quotes and then hold separators, line ends and, doubled, quotes; empty lines are skipped.',
    'Elements follow the order of the schema; those for which a record has no field are left out, and fields without an',
    'element are dropped. The result is UTF-8 with an XML declaration.',
  ].join(' '),
  versions: { from: '1.0', to: '1.3' },
  group: 'Transformation',
  element: { version: '1.3.1', properties: { activityType: 'CsvToXmlConverter' } },
  leaves: 'one',
  props: tab('Processing', {
    XML_Schema_File_Path: text('XML Schema', 'The schema: a file of the artifact, such as `/xsd/Orders.xsd`.', {
      file: { endings: ['xsd'], folder: 'xsd', values: { XML_Schema_File_Path: '/xsd/{file}' } },
    }),
    XPath_Field_Location: text(
      'Path to Target Element in XSD',
      'The path, in the schema, of the element that a record becomes, such as `Orders/Order`.',
    ),
    Record_Identifier_in_CSV: text(
      'Record Marker in CSV',
      'Only records whose first field is this are converted. It is no field of its own unless the first line names it. Empty: all.',
      { default: '' },
    ),
    Field_Separator_in_CSV: text('Field Separator in CSV', 'What stands between fields.', { default: ',' }),
    ignoreFirstLineAsHeader: flag('Exclude First Line Header', 'Whether the first line names the fields.', {
      default: false,
    }),
    ...when('ignoreFirstLineAsHeader', ['true', '1'], {
      headerMapping: text(
        'Configure CSV Headers to Match',
        'What the names are for: `mapHeadersToXSD` finds the element of the same name for each field, anything else takes the fields in their order.',
        { default: 'mapHeadersToXSD' },
      ),
    }),
  }),
  examples: [
    {
      title: 'Fields in the order of the schema',
      properties: {
        XML_Schema_File_Path: '/xsd/Orders.xsd',
        XPath_Field_Location: '/Orders/Order',
        Field_Separator_in_CSV: ';',
      },
      resources: {
        'xsd/Orders.xsd':
          '<schema xmlns="http://www.w3.org/2001/XMLSchema"><element name="Orders"><complexType><sequence><element name="Order" maxOccurs="unbounded"><complexType><sequence><element name="Id"/><element name="Note"/></sequence></complexType></element></sequence></complexType></element></schema>',
      },
      input: { body: '7;"a; b"\n8;\n' },
      output: {
        body: "<?xml version='1.0' encoding='UTF-8'?><Orders><Order><Id>7</Id><Note>a; b</Note></Order><Order><Id>8</Id><Note/></Order></Orders>",
      },
    },
    {
      title: 'Fields by name, records by their first field',
      properties: {
        XML_Schema_File_Path: '/xsd/Orders.xsd',
        XPath_Field_Location: '/Orders/Order',
        ignoreFirstLineAsHeader: 'true',
        Record_Identifier_in_CSV: 'yes',
      },
      resources: {
        'xsd/Orders.xsd':
          '<schema xmlns="http://www.w3.org/2001/XMLSchema"><element name="Orders"><complexType><sequence><element name="Order"><complexType><sequence><element name="Id"/><element name="Note"/></sequence></complexType></element></sequence></complexType></element></schema>',
      },
      input: { body: 'Wanted,Note,Id,Price\nyes,n,7,1.50\nno,n,8,2.50\n' },
      output: {
        body: "<?xml version='1.0' encoding='UTF-8'?><Orders><Order><Id>7</Id><Note>n</Note></Order></Orders>",
      },
    },
  ],
  compile: (props, context) => {
    const schema = context.resource(props.XML_Schema_File_Path)
    if (schema === undefined) return undefined
    const shape = findRecordShape(schema, props.XPath_Field_Location)
    if ('problem' in shape) {
      context.report('invalid-value', `Expected ${shape.problem}.`)
      return undefined
    }
    const wrong = [...shape.path, ...shape.fields].find(name => !isXmlName(name))
    if (wrong !== undefined) {
      const message = `Expected names that XML allows in the schema, found "${wrong}": the step will fail.`
      context.report('invalid-value', message, 'warning')
    }
    const isNamed = props.headerMapping === 'mapHeadersToXSD'
    const form: CsvForm = {
      separator: props.Field_Separator_in_CSV || ',',
      header: !props.ignoreFirstLineAsHeader ? 'none' : isNamed ? 'named' : 'skipped',
      marker: props.Record_Identifier_in_CSV.trim(),
    }
    return (exchange, { ports }) => {
      const csv = exchange.text()
      const replace = (xml: string): undefined => {
        exchange.body = Body.in('UTF-8', xml, exchange.charset)
      }
      return isHeavy(exchange.body)
        ? ports.heavyWork.run(csvToXmlTask, { csv, form, shape }).then(replace)
        : replace(convert(csv, form, shape))
    }
  },
})
