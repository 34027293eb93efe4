import { choice, flag, tab, text, when } from '../compile/props.ts'
import { defineStep, type StepContext } from '../compile/step.ts'
import type { Ports } from '../ports.ts'
import { Body } from '../run/body.ts'
import type { Exchange } from '../run/exchange.ts'
import { Failure } from '../run/failure.ts'
import { heavyFrom, isHeavy } from '../run/heavy-work.ts'
import type { RunScope } from '../run/scope.ts'
import { asText } from '../run/value.ts'
import { decodeXml } from '../run/xml.ts'
import { pathBelowResources, resourceFinder } from './resource-source/resource-finder.ts'
import { orderSchema } from './xml-validator/example.ts'
import { loadSchema, type Schema } from './xml-validator/load-schema.ts'
import { type Findings, validate, validateTask } from './xml-validator/validate.ts'

const resultName = 'SAP_XmlValidationResult'

export const xmlValidator = defineStep({
  type: 'XmlValidator',
  label: 'XML Validator',
  doc: [
    'Checks the body against an XML schema (XSD 1.0), which may include and import others of the artifact. A body that does not',
    'fit, or is no XML, fails the step with the lines and reasons; they are also an attachment of the message processing log.',
    'With `preventException` the message goes on, and they are in property `SAP_XmlValidationResult` instead, up to component',
    'version 2.0 in the header of that name: there is none when the body fits.',
  ].join(' '),
  versions: { from: '1.0', to: '2.2' },
  group: 'Validation',
  element: { version: '2.2.3', properties: { activityType: 'XmlValidator' } },
  leaves: 'one',
  props: tab('Validation', {
    xmlSchemaSource: choice(
      'Source',
      'Where the schema is found.',
      {
        iflowOption: ['Integration Flow', 'Where "XML Schema" says.'],
        headerOption: ['Header', 'Where the header of "Header Name" says.'],
      },
      { default: 'iflowOption' },
    ),
    ...when('xmlSchemaSource', ['iflowOption'], {
      xsd: text(
        'XML Schema',
        'The schema, for example `/xsd/Order.xsd`. An expression of the Simple language gives such a path, or `pd:PARTNER:ID:Binary` for a binary parameter of the partner directory.',
        {
          default: '',
          expression: 'simple',
          file: { endings: ['xsd'], folder: 'xsd', values: { xsd: '/xsd/{file}' } },
        },
      ),
    }),
    ...when('xmlSchemaSource', ['headerOption'], {
      headerSource: text('Header Name', 'A header with such a value.', { default: '' }),
    }),
    preventException: flag('Prevent Exception on Failure', 'Whether the message goes on.', { default: false }),
  }),
  examples: [
    {
      title: 'A body that fits',
      properties: { xsd: '/xsd/Order.xsd' },
      resources: { 'xsd/Order.xsd': orderSchema },
      input: { body: '<order><id>7</id></order>' },
      output: { body: '<order><id>7</id></order>' },
    },
    {
      title: 'A body that does not fit',
      properties: { xsd: '/xsd/Order.xsd' },
      resources: { 'xsd/Order.xsd': orderSchema },
      input: { body: '<order><id>seven</id></order>' },
      status: 'FAILED',
      failure: 'validation',
    },
    {
      title: 'The message goes on',
      properties: { xsd: '${header.Schema}', preventException: 'true', componentVersion: '2.2' },
      resources: { 'xsd/Order.xsd': orderSchema },
      input: { body: '<order/>', headers: { Schema: '/xsd/Order.xsd' } },
      output: {
        properties: {
          SAP_XmlValidationResult:
            "Validation failed for: xsd/Order.xsd\nerrors: [\nline 1: Element 'order': Missing child element(s). Expected is ( id ).\n]",
        },
      },
    },
  ],
  compile: async ({ xmlSchemaSource, xsd, headerSource, preventException }, context) => {
    const find =
      xmlSchemaSource === 'headerOption' || xsd.includes('${')
        ? await dynamicSchema(xmlSchemaSource === 'headerOption' ? `\${header.${headerSource}}` : xsd, context)
        : staticSchema(xsd, context)
    if (find === undefined) return undefined
    const version = Number(context.element.properties.get('componentVersion') ?? 2.2)
    return async (exchange, scope) => {
      const schema = await find(exchange, scope)
      const findings = await validateBody(schema, exchange, scope.ports)
      const values = version > 2 ? exchange.properties : exchange.headers
      values.delete(resultName)
      if (findings.problems.length === 0) return undefined
      const text = describe(schema, findings)
      if (preventException) values.set(resultName, text)
      else {
        scope.log.attach({ name: 'XML Validation', contentType: 'text/plain', body: Body.of(text) })
        throw new Failure(text, { code: 'validation' })
      }
      return undefined
    }
  },
})

type FindSchema = (exchange: Exchange, scope: RunScope) => Schema | Promise<Schema>

function staticSchema(xsd: string, context: StepContext): FindSchema | undefined {
  const file = pathBelowResources(xsd)
  if (file === '') {
    context.report('missing-property', 'Expected property "xsd", found none.')
    return undefined
  }
  const schema = loadSchema(file, context.resources)
  if (schema === undefined) {
    context.report('missing-resource', `Expected the file "${file}" in the artifact, found none.`)
    return undefined
  }
  context.beforeStart(async ({ heavyWork }) => {
    const { problems } = await heavyWork.run(validateTask, { schema, document: undefined })
    return problems
  })
  return () => schema
}

async function dynamicSchema(source: string, context: StepContext): Promise<FindSchema | undefined> {
  const evaluate = await context.value('simple', source)
  if (evaluate === undefined) return undefined
  const find = resourceFinder(context.resources, 'xsd', ['.xsd'], refused)
  return async (exchange, scope) => {
    const name = asText(evaluate(exchange, scope)).trim()
    if (name === '') throw refused(`Expected ${source} to name a schema, found nothing.`)
    const { path, files } = await find(name, scope.ports)
    const schema = loadSchema(path, files)
    if (schema === undefined) throw refused(`Expected the file "${path}" in the artifact, found none.`)
    return schema
  }
}

async function validateBody(schema: Schema, exchange: Exchange, { heavyWork }: Ports): Promise<Findings> {
  const { raw } = exchange.body
  const document = raw instanceof Uint8Array ? decodeXml(raw, exchange.charset) : exchange.text()
  const size = [...schema.files.values()].reduce((sum, { length }) => sum + length, 0)
  return isHeavy(exchange.body) || size > heavyFrom
    ? heavyWork.run(validateTask, { schema, document })
    : validate(schema, document)
}

/** In the form of the original's. */
function describe({ file }: Schema, { problems, isFatal }: Findings): string {
  return [`Validation failed for: ${file}`, `${isFatal ? 'fatal errors' : 'errors'}: [`, ...problems, ']'].join('\n')
}

function refused(message: string): Failure {
  return new Failure(message, { code: 'validation' })
}
