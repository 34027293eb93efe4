import { choice, tab, text, when } from '../compile/props.ts'
import { defineStep, type StepContext } from '../compile/step.ts'
import type { Operation } from '../run/plan.ts'
import { pathBelowResources } from './resource-source/resource-finder.ts'
import { dynamicStylesheets } from './xslt-mapping/dynamic-stylesheets.ts'
import { orderResult, orderStylesheet } from './xslt-mapping/example.ts'
import { loadStylesheet } from './xslt-mapping/load-stylesheet.ts'
import { type ResultFormat, transformBody } from './xslt-mapping/transform-body.ts'

export const xsltMapping = defineStep({
  type: 'XSLTMapping',
  label: 'XSLT Mapping',
  doc: [
    'Replaces the body, which must be XML, by what an XSLT stylesheet makes of it: XSLT 3.0, and older versions as it treats',
    'them. Each parameter of the stylesheet has the value of the header of that name, else of the exchange property, else its',
    'own. With a parameter `exchange` and namespace `http://sap.com/it/`, `setHeader($exchange, name, value)` and',
    '`setProperty($exchange, name, value)` set headers and exchange properties. What it imports and includes lies in the same',
    'artifact. Files, URLs, Java and further result documents are out of its reach. An error, or a message that terminates,',
    'fails the step.',
  ].join(' '),
  versions: { from: '1.0', to: '1.2' },
  group: 'Mapping',
  element: {
    version: '1.2.0',
    properties: { activityType: 'Mapping', subActivityType: 'XSLTMapping', mappingname: '', mappingpath: '' },
  },
  leaves: 'one',
  props: tab('Processing', {
    mappingSource: choice(
      'Source',
      'Where the stylesheet is found.',
      {
        mappingSrcIflow: ['Integration Flow', 'In the file that "Resource" names.'],
        mappingSrcHeader: ['Header', 'Where the header of "Header Name" says.'],
      },
      { default: 'mappingSrcIflow' },
    ),
    ...when('mappingSource', ['mappingSrcIflow'], {
      mappinguri: text('Resource', 'The file: `dir://mapping/xslt/src/main/resources/mapping/Order.xsl`.', {
        default: '',
        file: {
          endings: ['xsl', 'xslt'],
          folder: 'mapping',
          values: {
            mappinguri: 'dir://mapping/xslt/src/main/resources/mapping/{file}',
            mappingname: '{name}',
            mappingpath: 'src/main/resources/mapping/{name}',
          },
        },
      }),
    }),
    ...when('mappingSource', ['mappingSrcHeader'], {
      mappingHeaderNameKey: text(
        'Header Name',
        'A header. Its value is a path in the artifact, or `pd:PARTNER:ID:Binary` for a binary parameter of the partner directory.',
        { default: '' },
      ),
    }),
    mappingoutputformat: choice<ResultFormat>(
      'Output Format',
      'What the body becomes.',
      { Bytes: 'Bytes, in the encoding that `xsl:output` names.', String: 'Text.' },
      { default: 'Bytes' },
    ),
  }),
  examples: [
    {
      title: 'Parameters and properties',
      properties: { mappinguri: 'dir://mapping/xslt/src/main/resources/mapping/Order.xsl' },
      resources: { 'mapping/Order.xsl': orderStylesheet },
      stylesheets: { 'mapping/Order.xsl': { body: orderResult, properties: { OrderId: '7' } } },
      input: { body: '<order><id>7</id></order>', headers: { Plant: '1710' } },
      output: { body: orderResult, properties: { OrderId: '7' } },
    },
    {
      title: 'A stylesheet that a header names',
      properties: { mappingSource: 'mappingSrcHeader', mappingHeaderNameKey: 'Mapping', mappingoutputformat: 'String' },
      resources: { 'mapping/Order.xsl': orderStylesheet },
      stylesheets: { 'mapping/Order.xsl': { body: orderResult } },
      input: { body: '<order><id>7</id></order>', headers: { Plant: '1710', Mapping: 'mapping/Order.xsl' } },
      output: { body: orderResult },
    },
    {
      title: 'No XML',
      properties: { mappinguri: 'dir://mapping/xslt/src/main/resources/mapping/Order.xsl' },
      resources: { 'mapping/Order.xsl': orderStylesheet },
      input: { body: '<!DOCTYPE order [<!ENTITY id SYSTEM "file:///etc/hostname">]><order>&id;</order>' },
      status: 'FAILED',
      failure: 'not-well-formed',
    },
  ],
  compile: ({ mappingSource, mappinguri, mappingHeaderNameKey, mappingoutputformat: format }, context) =>
    mappingSource === 'mappingSrcHeader'
      ? compileDynamic(mappingHeaderNameKey.trim(), format, context)
      : compileStatic(mappinguri, format, context),
})

function compileStatic(uri: string, format: ResultFormat, context: StepContext): Operation | undefined {
  const file = pathBelowResources(uri)
  if (file === '') {
    context.report('missing-property', 'Expected property "mappinguri", found none.')
    return undefined
  }
  const stylesheet = loadStylesheet(file, context.resources)
  if ('code' in stylesheet) {
    context.report(stylesheet.code, stylesheet.message)
    return undefined
  }
  context.beforeStart(ports => ports.stylesheets.prepare(stylesheet.program))
  return async (exchange, { ports }) => {
    await transformBody(stylesheet, exchange, ports, format)
    return undefined
  }
}

function compileDynamic(header: string, format: ResultFormat, context: StepContext): Operation | undefined {
  if (header === '') {
    context.report('missing-property', 'Expected property "mappingHeaderNameKey", found none.')
    return undefined
  }
  const find = dynamicStylesheets(header, context.resources)
  return async (exchange, { ports }) => {
    await transformBody(await find(exchange, ports), exchange, ports, format)
    return undefined
  }
}
