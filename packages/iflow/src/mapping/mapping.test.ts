import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MappingCall } from '../ports.ts'
import { Failure } from '../run/failure.ts'
import {
  call,
  constant,
  type LinkSketch,
  type MappingSketch,
  mappingText,
  shared,
  source,
} from '../testing/mapping-text.ts'
import { compileMapping } from './compile-mapping.ts'
import type { MappingWorld } from './evaluate.ts'
import { runMapping } from './run-mapping.ts'

type Files = Readonly<Record<string, string>>

const schema = (content: string, attributes = '') =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" ${attributes}>${content}</xs:schema>`
const element = (name: string, occurs: string, ...children: readonly string[]): string => {
  const [min = '1', max = '1'] = occurs.split('..')
  const range = `minOccurs="${min}" maxOccurs="${max === 'n' ? 'unbounded' : max}"`
  const attributes = children.filter(child => child.startsWith('<xs:attribute'))
  const elements = children.filter(child => !child.startsWith('<xs:attribute'))
  if (children.length === 0) return `<xs:element name="${name}" ${range}/>`
  return `<xs:element name="${name}" ${range}><xs:complexType><xs:sequence>${elements.join('')}</xs:sequence>${attributes.join('')}</xs:complexType></xs:element>`
}
const root = (name: string, ...children: readonly string[]) =>
  schema(element(name, '1..1', ...children).replace(/ minOccurs="1" maxOccurs="1"/, ''))
const attribute = (name: string) => `<xs:attribute name="${name}"/>`
const link = (file: string, name: string): LinkSketch => ({ kind: 'xsd', file, root: name })

const world: MappingWorld = {
  now: () => 0,
  header: () => '',
  property: () => '',
  lookUp: async (_, __, value) => (value === 'FR' ? 'EUR' : undefined),
  call: async () => [],
}

async function compile(sketch: MappingSketch, files: Files) {
  const encoder = new TextEncoder()
  const read = (path: string) => {
    const text = files[path.replace(/^(?:schema|script)\//, '')]
    return text === undefined ? undefined : encoder.encode(text)
  }
  return compileMapping(encoder.encode(mappingText(sketch)), 'Test.mmap', read)
}

async function run(sketch: MappingSketch, files: Files, text: string, own: Partial<MappingWorld> = {}) {
  const { plan, problems } = await compile(sketch, files)
  assert.ok(plan !== undefined, JSON.stringify(problems))
  // Plans and input can cross to another process.
  const mapped = await runMapping(structuredClone(plan), text, { ...world, ...own })
  return (mapped ?? '').replace('<?xml version="1.0" encoding="UTF-8"?>', '')
}

const categories = `<Hierarchy>${[
  ['Printers', ['Multi Print', 'Multi Color'], ['Power Scan']],
  ['Systems', ['Lock', 'Stick'], ['Basic']],
]
  .map(
    ([name, ...lists]) =>
      `<Main Name="${name}">${(lists as string[][])
        .map(list => `<Category>${list.map(product => `<Product>${product}</Product>`).join('')}</Category>`)
        .join('')}</Main>`,
  )
  .join('')}</Hierarchy>`

const hierarchyFiles = {
  'In.xsd': root(
    'Hierarchy',
    element('Main', '0..n', element('Category', '0..n', element('Product', '0..n')), attribute('Name')),
  ),
  'Out.xsd': root('Products', element('Product', '0..n', attribute('Main'))),
}

const contextCases: readonly [title: string, context: string | undefined, products: readonly string[]][] = [
  ['the parent of a field is its context', undefined, ['Multi Print', 'Multi Color']],
  ['a context may lie higher', '/Hierarchy/Main', ['Multi Print', 'Multi Color', 'Power Scan']],
  [
    'the root as context gives all values',
    '/Hierarchy',
    ['Multi Print', 'Multi Color', 'Power Scan', 'Lock', 'Stick', 'Basic'],
  ],
]

for (const [title, context, products] of contextCases) {
  test(`${title} (documented: Set the Mapping Context)`, async () => {
    const sketch: MappingSketch = {
      sources: [link('In.xsd', 'Hierarchy')],
      targets: [link('Out.xsd', 'Products')],
      fields: { '/Products/Product': source('/Hierarchy/Main/Category/Product', context) },
    }
    const expected = products.map(product => `<Product>${product}</Product>`).join('')
    assert.equal(await run(sketch, hierarchyFiles, categories), `<Products>${expected}</Products>`)
  })
}

test('useOneAsMany gives each product its category (documented: Set the Mapping Context)', async () => {
  const product = source('/Hierarchy/Main/Category/Product', '/Hierarchy/Main')
  const split = call('SplitByValue', [product], { type: '0' })
  const sketch: MappingSketch = {
    sources: [link('In.xsd', 'Hierarchy')],
    targets: [link('Out.xsd', 'Products')],
    fields: {
      '/Products/Product': source('/Hierarchy/Main/Category/Product', '/Hierarchy'),
      '/Products/Product/@Main': call('useOneAsMany', [source('/Hierarchy/Main/@Name'), product, split]),
    },
  }
  const expected = [
    ...['Multi Print', 'Multi Color', 'Power Scan'].map(name => `<Product Main="Printers">${name}</Product>`),
    ...['Lock', 'Stick', 'Basic'].map(name => `<Product Main="Systems">${name}</Product>`),
  ]
  assert.equal(await run(sketch, hierarchyFiles, categories), `<Products>${expected.join('')}</Products>`)
})

const addressFiles = {
  'In.xsd': root('People', element('Address', '0..n', element('Kind', '1..1'), element('Street', '0..1'))),
  'Out.xsd': root(
    'Out',
    element('Fixed', '1..1', element('Constant', '0..1')),
    element('Optional', '0..1', element('Never', '1..1')),
    element('Address', '0..n', element('Street', '0..1'), element('Kind', '1..1')),
    element('Limited', '0..2'),
  ),
}
const addresses = `<People>${['home', 'work', 'work', 'home']
  .map((kind, index) => `<Address><Kind>${kind}</Kind><Street>${index}</Street></Address>`)
  .join('')}</People>`
const addressSketch: Pick<MappingSketch, 'sources' | 'targets'> = {
  sources: [link('In.xsd', 'People')],
  targets: [link('Out.xsd', 'Out')],
}
const isWork = call('stringEquals', [source('/People/Address/Kind'), constant('work')])

const targetCases: readonly [string, MappingSketch['fields'], string][] = [
  [
    'SUPPRESS creates nothing and passes what is below by',
    {
      '/Out/Address': call(
        'createIf',
        [source('/People/Address/Kind', '/People')].map(kind => call('stringEquals', [kind, constant('work')])),
      ),
      '/Out/Address/Street': source('/People/Address/Street'),
      '/Out/Address/Kind': source('/People/Address/Kind'),
    },
    '<Out><Address><Street>1</Street><Kind>work</Kind></Address><Address><Street>2</Street><Kind>work</Kind></Address></Out>',
  ],
  [
    'elements stand in the order of the structure, mandatory ones are there without a mapping, optional ones are not',
    {
      '/Out/Address': constant(''),
      '/Out/Address/Kind': constant('k'),
      '/Out/Optional/Never': constant('n'),
      '/Out/Fixed/Constant': constant('c'),
    },
    '<Out><Fixed><Constant>c</Constant></Fixed><Address><Kind>k</Kind></Address></Out>',
  ],
  [
    'values beyond the most that may occur are dropped',
    { '/Out/Limited': source('/People/Address/Street', '/People') },
    '<Out><Limited>0</Limited><Limited>1</Limited></Out>',
  ],
  [
    'a filter hands on what it let through',
    { '/Out/Limited': call('removeContexts', [call('ifWithoutElse', [isWork, source('/People/Address/Street')])]) },
    '<Out><Limited>1</Limited><Limited>2</Limited></Out>',
  ],
  [
    'a duplicated node has mappings of its own',
    {
      '/Out/Address': constant(''),
      '/Out/Address/Kind': constant('first'),
      '/Out/Address[1]': constant(''),
      '/Out/Address[1]/Kind': constant('second'),
    },
    '<Out><Address><Kind>first</Kind></Address><Address><Kind>second</Kind></Address></Out>',
  ],
  [
    'what is used several times is worked out once',
    { '/Out/Fixed/Constant': shared('r1', call('count', [source('/People/Address')])), '/Out/Limited': shared('r1') },
    '<Out><Fixed><Constant>4</Constant></Fixed><Limited>4</Limited></Out>',
  ],
]

for (const [title, fields, expected] of targetCases) {
  test(title, async () => assert.equal(await run({ ...addressSketch, fields }, addressFiles, addresses), expected))
}

test('a field that is switched off is left out', async () => {
  const fields = { '/Out/Fixed/Constant': constant('c'), '/Out/Limited': constant('l') }
  const sketch: MappingSketch = { ...addressSketch, fields, switchedOff: ['/Out/Limited'] }
  assert.equal(await run(sketch, addressFiles, addresses), '<Out><Fixed><Constant>c</Constant></Fixed></Out>')
})

const failing: readonly [string, MappingSketch['fields'], RegExp][] = [
  [
    'too few values for a mandatory element',
    { '/Out/Address': constant(''), '/Out/Address/Kind': source('/People/Nothing') },
    /^Cannot create target element \/Out\/Address\/Kind\. Values missing in queue context/,
  ],
  [
    'a value that a function cannot take',
    { '/Out/Limited': call('TransformDate', [source('/People/Address/Kind')], { iform: 'yyyy', oform: 'yy' }) },
    /^Cannot create target element \/Out\/Limited\. Unparseable date: "home"/,
  ],
]

for (const [title, fields, message] of failing) {
  test(`${title} fails the message`, async () => {
    await assert.rejects(run({ ...addressSketch, fields }, addressFiles, addresses), error => {
      assert.ok(error instanceof Failure)
      assert.equal(error.code, 'mapping')
      assert.equal(error.exception?.className, 'com.sap.xi.mapping.camel.XiMappingException')
      return message.test(error.message)
    })
  })
}

test('a branch that is not chosen may fail', async () => {
  const broken = call('TransformDate', [source('/People/Address/Kind')], { iform: 'yyyy', oform: 'yy' })
  const fields = { '/Out/Limited': call('iF', [constant('false'), broken, constant('z')]) }
  assert.equal(await run({ ...addressSketch, fields }, addressFiles, addresses), '<Out><Limited>z</Limited></Out>')
})

test('several messages have an envelope', async () => {
  const files = { 'A.xsd': root('A', element('Id', '1..1')), 'B.xsd': root('B', element('Id', '0..n')) }
  const sketch: MappingSketch = {
    sources: [{ ...link('A.xsd', 'A'), occurs: '0..unbounded' }, link('B.xsd', 'B')],
    targets: [link('B.xsd', 'B')],
    prefixes: { ns0: 'http://sap.com/xi/XI/SplitAndMerge' },
    fields: { '/ns0:Messages/ns0:Message1/B/Id': source('/ns0:Messages/ns0:Message1/A/Id', '/ns0:Messages') },
  }
  const envelope = 'xmlns:m="http://sap.com/xi/XI/SplitAndMerge"'
  const text = `<m:Messages ${envelope}><m:Message1><A><Id>1</Id></A><A><Id>2</Id></A></m:Message1><m:Message2/></m:Messages>`
  assert.equal(
    await run(sketch, files, text),
    '<ns0:Messages xmlns:ns0="http://sap.com/xi/XI/SplitAndMerge"><ns0:Message1><B><Id>1</Id><Id>2</Id></B></ns0:Message1></ns0:Messages>',
  )
})

const api = JSON.stringify({
  openapi: '3.0.0',
  paths: {
    '/rates': {
      get: {
        responses: { 200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Rates' } } } } },
      },
    },
    '/upload': {
      post: {
        requestBody: {
          content: {
            'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Upload' } } },
          },
        },
      },
    },
  },
  components: {
    schemas: {
      Rates: {
        type: 'object',
        properties: {
          base: { type: 'string' },
          rates: { type: 'array', items: { properties: { currency: {}, amount: {} } } },
        },
      },
      Upload: {
        type: 'object',
        properties: {
          key: { type: 'string' },
          value: { type: 'number' },
          tags: { type: 'array', items: { type: 'string' } },
        },
      },
    },
  },
})

test('JSON is read and written by its OpenAPI description', async () => {
  const rates = '/__$$DuMmY_RoOt$$__/rates'
  const upload = '/__$$RoOt_ArRaY$$__'
  const sketch: MappingSketch = {
    sources: [{ kind: 'json', file: 'api.json', root: '/rates__$delim$__GET__$delim$__Response__$delim$__200' }],
    targets: [{ kind: 'json', file: 'api.json', root: '/upload__$delim$__POST__$delim$__Request' }],
    fields: {
      [upload]: source(rates),
      [`${upload}/key`]: source(`${rates}/currency`),
      [`${upload}/value`]: source(`${rates}/amount`),
      [`${upload}/tags`]: source('/__$$DuMmY_RoOt$$__/base'),
    },
  }
  const text = '{"base":"EUR","rates":[{"currency":"AED","amount":3.90},{"amount":"n/a","currency":"\\"x\\""}]}'
  assert.equal(
    await run(sketch, { 'api.json': api }, text),
    '[{"key":"AED","value":3.90,"tags":["EUR"]},{"key":"\\"x\\"","value":"n/a"}]',
  )
})

test('user-defined functions are called once for each queue', async () => {
  const requests: (readonly [string, readonly MappingCall[]])[] = []
  const answer: MappingWorld['call'] = async ({ functionName: name, calls }) => {
    requests.push([name, calls])
    if (name === 'upper') return calls.map(([text]) => [[[String(text).toUpperCase()]]])
    return calls.map(([list = []]) => [[[...list].reverse()], [[String(list.length)]]])
  }
  const files = {
    ...addressFiles,
    'functions.gsh':
      'def String upper(String text, MappingContext context) { }\ndef void turn(String[] all, Output a, Output b) { }',
  }
  const street = source('/People/Address/Street', '/People')
  const turned = call('turn', [street], {}, 'lib')
  const sketch: MappingSketch = {
    ...addressSketch,
    libraries: { lib: 'functions.gsh' },
    fields: {
      '/Out/Fixed/Constant': `${shared('r1', turned)}#1`,
      '/Out/Address': source('/People/Address'),
      '/Out/Address/Kind': call('upper', [source('/People/Address/Kind')], {}, 'lib'),
      '/Out/Limited': shared('r1'),
    },
  }
  const kinds = ['HOME', 'WORK', 'WORK', 'HOME'].map(kind => `<Address><Kind>${kind}</Kind></Address>`).join('')
  assert.equal(
    await run(sketch, files, addresses, { call: answer }),
    `<Out><Fixed><Constant>4</Constant></Fixed>${kinds}<Limited>3</Limited><Limited>2</Limited></Out>`,
  )
  assert.deepEqual(requests, [
    ['turn', [[['0', '1', '2', '3']]]],
    ['upper', [['home'], ['work'], ['work'], ['home']]],
  ])
})

test('values are looked up once each', async () => {
  const asked: string[] = []
  const lookUp: MappingWorld['lookUp'] = async (agency, schema_, value) => {
    asked.push(`${agency} ${schema_} ${value}`)
    return value.toUpperCase()
  }
  const parameters = { agency1: 'A', schema1: 'Kind', agency2: 'B', schema2: 'Kind', vmstrategy: '2' }
  const fields = { '/Out/Limited': call('valuemap', [source('/People/Address/Kind', '/People')], parameters) }
  assert.equal(
    await run({ ...addressSketch, fields }, addressFiles, addresses, { lookUp }),
    '<Out><Limited>HOME</Limited><Limited>WORK</Limited></Out>',
  )
  assert.deepEqual(asked, ['A Kind home', 'A Kind work'])
})

const broken: readonly [string, Partial<MappingSketch>, string][] = [
  ['a function that is not known', { fields: { '/Out/Limited': call('guess', []) } }, 'mapping-function'],
  [
    'a function with too few inputs',
    { fields: { '/Out/Limited': call('concat', [constant('a')]) } },
    'mapping-function',
  ],
  ['a script that is not there', { fields: { '/Out/Limited': call('f', [], {}, 'lib') } }, 'mapping-function'],
  ['a target structure that is not there', { targets: [link('None.xsd', 'Out')], fields: {} }, 'mapping-structure'],
  ['a target element that is not there', { targets: [link('Out.xsd', 'None')], fields: {} }, 'mapping-structure'],
  ['nothing that is mapped', { fields: { '/Out/Limited': undefined } }, 'mapping-file'],
  ['a use of something that comes later', { fields: { '/Out/Limited': shared('r9') } }, 'mapping-file'],
]

for (const [title, part, code] of broken) {
  test(`${title} keeps the mapping from compiling`, async () => {
    const { plan, problems } = await compile({ ...addressSketch, fields: {}, ...part }, addressFiles)
    assert.equal(plan, undefined)
    assert.equal(problems.find(({ severity }) => severity === 'error')?.code, code)
  })
}
