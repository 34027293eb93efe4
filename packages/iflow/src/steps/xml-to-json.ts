import { choice, flag, list, tab, text, when } from '../compile/props.ts'
import { defineStep } from '../compile/step.ts'
import { jsonNamespaces } from '../formats/json-names.ts'
import { Body } from '../run/body.ts'
import { isHeavy } from '../run/heavy-work.ts'
import { type Arrays, type JsonForm, XmlToJson, xmlToJsonTask } from './xml-to-json/convert.ts'

export const xmlToJson = defineStep({
  type: 'XmlToJsonConverter',
  label: 'XML to JSON Converter',
  doc: [
    'Turns XML into JSON: elements become members, attributes members `@name`, and text beside attributes the member `$`.',
    'Every value is text; an empty element is `""`. Comments, processing instructions, namespace declarations and white space',
    'between elements are dropped. Elements of the same name become an array wherever they stand. With streaming only those',
    'are arrays that the step names; others that occur again give the same member again, as does what is interrupted by',
    'elements of another name. Mixed content is kept, but not its order.',
  ].join(' '),
  versions: { from: '1.0', to: '1.0' },
  group: 'Transformation',
  element: { version: '1.0.8', properties: { activityType: 'XmlToJsonConverter' } },
  leaves: 'one',
  props: tab('Processing', {
    useNamespaces: flag(
      'Use Namespace Mapping',
      'Whether namespaces show as prefixes of names. If not, they are left out.',
      { default: true },
    ),
    ...when('useNamespaces', ['true', '1'], {
      jsonNamespaceMapping: list(
        'Namespace Mapping',
        'The prefixes. A namespace that is not in it shows as the XML prefix; without one it is left out with streaming, and fails the step otherwise.',
        {
          namespace: { label: 'XML Namespace', doc: 'A URI.' },
          prefix: { label: 'JSON Prefix', doc: 'Letters and digits.' },
        },
      ),
      jsonNamespaceSeparator: text(
        'JSON Prefix Separator',
        'What stands between prefix and name, for example `:`. Empty: `:`.',
        { default: ':' },
      ),
    }),
    jsonOutputEncoding: text('JSON Output Encoding', 'The charset of the result. Empty: that of the message.', {
      default: '',
      usual: ['UTF-8', 'UTF-16', 'UTF-32'],
    }),
    xmlJsonSuppressRootElement: flag(
      'Suppress JSON Root Element',
      'Whether the root element is left out and only its content converted.',
      { default: false },
    ),
    xmlJsonUseStreaming: flag('Streaming', 'Whether arrays are told in advance instead of found.', { default: false }),
    ...when('xmlJsonUseStreaming', ['true', '1'], {
      xmlJsonConvertAllElements: choice(
        'Convert XML Element to JSON Array',
        'With streaming, which elements are arrays.',
        { specific: ['Specific Ones', 'Those of "XML Elements".'], all: ['All', 'All, the root included.'] },
        { default: 'specific' },
      ),
    }),
    ...when('xmlJsonConvertAllElements', ['specific'], {
      xmlJsonPathTable: list(
        'XML Elements',
        'The paths of elements that are arrays, from the root on. Names may be without prefix.',
        { path: { label: 'XML Element', doc: 'For example `/orders/order`.' } },
      ),
    }),
  }),
  examples: [
    {
      title: 'Arrays are found',
      input: { body: '<order no="7"><item>pen</item><note/><item unit="box">cup</item></order>' },
      output: { body: '{"order":{"@no":"7","item":["pen",{"@unit":"box","$":"cup"}],"note":""}}' },
    },
    {
      title: 'Arrays are told in advance',
      properties: {
        xmlJsonUseStreaming: 'true',
        xmlJsonSuppressRootElement: 'true',
        xmlJsonPathTable: '<row><cell>/order/item</cell><cell></cell></row>',
      },
      input: { body: '<order><item>pen</item><note>n</note></order>' },
      output: { body: '{"item":["pen"],"note":"n"}' },
    },
    {
      title: 'Namespaces',
      properties: { jsonNamespaceMapping: '<row><cell>urn:orders</cell><cell>o</cell></row>' },
      input: { body: '<x:order xmlns:x="urn:orders" xmlns:y="urn:items"><y:item/></x:order>' },
      output: { body: '{"o:order":{"y:item":""}}' },
    },
    { title: 'Not XML', input: { body: 'a' }, status: 'FAILED', failure: 'not-well-formed' },
  ],
  compile: props => {
    const paths = new Set(props.xmlJsonPathTable.map(([path = '']) => path.trim().replace(/^\/+|\/+$/g, '')))
    const listed: Arrays = props.xmlJsonConvertAllElements === 'all' ? 'all' : paths
    const namespaces = [...jsonNamespaces(props.jsonNamespaceMapping)].map(([prefix, uri]) => [uri, prefix] as const)
    const form: JsonForm = {
      separator: props.jsonNamespaceSeparator || ':',
      prefixes: props.useNamespaces ? new Map(namespaces) : undefined,
      arrays: props.xmlJsonUseStreaming ? listed : 'found',
      withoutRoot: props.xmlJsonSuppressRootElement,
    }
    return (exchange, { ports }) => {
      const { body, charset } = exchange
      const replace = (json: string): undefined => {
        exchange.body = Body.in(props.jsonOutputEncoding.trim() || charset, json, charset)
      }
      return isHeavy(body)
        ? ports.heavyWork.run(xmlToJsonTask, { content: body.raw, charset, form }).then(replace)
        : replace(new XmlToJson(form).convert(body.xml(charset)))
    }
  },
})
