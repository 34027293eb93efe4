import { parseNamespaceMapping } from '../bpmn/namespace-mapping.ts'
import { flag, list, tab, text, when } from '../compile/props.ts'
import { defineStep, type StepContext } from '../compile/step.ts'
import { jsonNamespaces } from '../formats/json-names.ts'
import { isXmlName } from '../formats/xml-name.ts'
import { Body } from '../run/body.ts'
import { isHeavy } from '../run/heavy-work.ts'
import { type AddedRoot, convertJsonToXml, jsonToXmlTask } from './json-to-xml/convert.ts'

export const jsonToXml = defineStep({
  type: 'JsonToXmlConverter',
  label: 'JSON to XML Converter',
  doc: [
    'Turns a JSON object into XML: members become elements, arrays repeated elements, members `@name` attributes, and the',
    'member `$` text. Numbers and booleans are written as they are spelt, `null` and empty text give empty elements, and an',
    'empty array gives none. Without an added root the object must have one member. The result is UTF-8 with an XML',
    'declaration. JSON that cannot be written as XML fails the step: an array at the top or directly in an array, an',
    'attribute of the root or behind other members, a name that XML does not allow.',
  ].join(' '),
  versions: { from: '1.0', to: '1.1' },
  group: 'Transformation',
  element: { version: '1.1.2', properties: { activityType: 'JsonToXmlConverter' } },
  leaves: 'one',
  props: tab('Processing', {
    useNamespaces: flag(
      'Use Namespace Mapping',
      'Whether prefixes of names stand for namespaces. If not, they are left out.',
      { default: true },
    ),
    ...when('useNamespaces', ['true', '1'], {
      jsonNamespaceMapping: list(
        'Namespace Mapping',
        'The namespaces, declared at the root. A name whose prefix is not in it is taken as a whole.',
        {
          prefix: { label: 'JSON Prefix', doc: 'Letters and digits.' },
          namespace: { label: 'XML Namespace', doc: 'A URI.' },
        },
      ),
      jsonNamespaceSeparator: text(
        'JSON Prefix Separator',
        'What stands between prefix and name, for example `:`. Empty: `:`.',
        { default: ':' },
      ),
    }),
    addXMLRootElement: flag('Add XML Root Element', 'Whether everything is put into an element of its own.', {
      default: false,
      fresh: 'true',
    }),
    ...when('addXMLRootElement', ['true', '1'], {
      additionalRootElementName: text('Name', 'The name of that element.', { default: 'root' }),
      additionalRootElementNamespace: text('Namespace', 'Its namespace, as `xmlns:prefix=uri`, or empty.', {
        default: '',
      }),
    }),
  }),
  examples: [
    {
      title: 'With an added root',
      properties: { addXMLRootElement: 'true', additionalRootElementName: 'root', useNamespaces: 'false' },
      input: { body: '{"id": 7, "item": [{"@no": 1, "$": "pen"}, null, 2.50], "m:note": "a < b"}' },
      output: {
        body: "<?xml version='1.0' encoding='UTF-8'?><root><id>7</id><item no=\"1\">pen</item><item/><item>2.50</item><note>a &lt; b</note></root>",
      },
    },
    {
      title: 'With namespaces',
      properties: {
        useNamespaces: 'true',
        jsonNamespaceMapping: '<row><cell>o</cell><cell>urn:orders</cell></row>',
      },
      input: { body: '{"o:order": {"@o:no": "7", "item": true}}' },
      output: {
        body: '<?xml version=\'1.0\' encoding=\'UTF-8\'?><o:order xmlns:o="urn:orders" o:no="7"><item>true</item></o:order>',
      },
    },
    {
      title: 'Two roots',
      input: { body: '{"a": 1, "b": 2}' },
      status: 'FAILED',
      failure: 'conversion',
    },
    { title: 'Not JSON', input: { body: '{a}' }, status: 'FAILED', failure: 'not-json' },
  ],
  compile: (props, context) => {
    const names = {
      separator: props.jsonNamespaceSeparator || ':',
      namespaces: props.useNamespaces ? jsonNamespaces(props.jsonNamespaceMapping) : undefined,
    }
    const root = props.addXMLRootElement
      ? addedRoot(props.additionalRootElementName.trim(), props.additionalRootElementNamespace, context)
      : 'none'
    if (root === undefined) return undefined
    const added = root === 'none' ? undefined : root
    return (exchange, { ports }) => {
      const input = { json: exchange.text(), names, root: added }
      const replace = (xml: string): undefined => {
        exchange.body = Body.in('UTF-8', xml, exchange.charset)
      }
      return isHeavy(exchange.body)
        ? ports.heavyWork.run(jsonToXmlTask, input).then(replace)
        : replace(convertJsonToXml(input))
    }
  },
})

function addedRoot(name: string, namespace: string, context: StepContext): AddedRoot | undefined {
  const { namespaces, malformed } = parseNamespaceMapping(namespace)
  if (!isXmlName(name)) {
    context.report('invalid-value', `Expected additionalRootElementName to be a name that XML allows, found "${name}".`)
  }
  if (malformed.length > 0 || namespaces.size > 1) {
    const message = `Expected additionalRootElementNamespace to be xmlns:prefix=uri, found "${namespace}".`
    context.report('invalid-value', message)
  }
  if (!isXmlName(name) || malformed.length > 0 || namespaces.size > 1) return undefined
  const [declared] = namespaces
  return declared === undefined ? { name, namespaces } : { name: `${declared[0]}:${name}`, namespaces }
}
