import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bundle, openBundle } from '../../bundle/bundle.ts'
import { heavyFrom } from '../../run/heavy-work.ts'
import { compileSource, fakePorts, flowText, message, runFlow } from '../../testing/index.ts'
import { call, constant, mappingText, source } from '../../testing/mapping-text.ts'

const schema = (name: string, fields: string) =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="${name}"><xs:complexType><xs:sequence>${fields}</xs:sequence></xs:complexType></xs:element></xs:schema>`
const field = (name: string) => `<xs:element name="${name}" minOccurs="0" maxOccurs="unbounded"/>`

const item = source('/In/Item')
const chained = call('upper', [call('twice', [item], {}, 'lib')], {}, 'lib')
const parameters = { agency1: 'A', schema1: 'Item', agency2: 'B', schema2: 'Item', vmstrategy: '0' }
const mapping = mappingText({
  sources: [{ kind: 'xsd', file: 'In.xsd', root: 'In' }],
  targets: [{ kind: 'xsd', file: 'Out.xsd', root: 'Out' }],
  libraries: { lib: 'functions.gsh' },
  fields: {
    '/Out/Chained': chained,
    '/Out/Mapped': call('valuemap', [item], parameters),
    '/Out/Header': call('concat', [call('getHeader', [constant('who')]), call('getProperty', [constant('Where')])]),
  },
})
const resources = {
  'mapping/Test.mmap': mapping,
  'schema/In.xsd': schema('In', field('Item')),
  'schema/Out.xsd': schema('Out', field('Chained') + field('Mapped') + field('Header')),
  'script/functions.gsh': 'def String upper(String text) { }\ndef String twice(String text) { }',
}

function flowWith(properties: Readonly<Record<string, string>>): string {
  return flowText({
    processes: [
      {
        id: 'Main',
        nodes: [
          { id: 'Start', type: 'MessageStartEvent' },
          { id: 'Map', type: 'MessageMapping', properties },
          { id: 'End', type: 'MessageEndEvent' },
        ],
        flows: [
          { from: 'Start', to: 'Map' },
          { from: 'Map', to: 'End' },
        ],
      },
    ],
  })
}

const ports = () => {
  const requests: string[] = []
  const fake = fakePorts({
    valueMappings: { 'A/Item/a/B/Item': 'apple' },
    mappingFunctions: {
      'script/functions.gsh#upper': ([text]) => String(text).toUpperCase(),
      'script/functions.gsh#twice': ([text]) => `${text}${text}`,
    },
  })
  const scripts: typeof fake.scripts = {
    ...fake.scripts,
    map: (program, name, calls, exchange, scope) => {
      requests.push(`${name} ${calls.length}`)
      return fake.scripts.map(program, name, calls, exchange, scope)
    },
  }
  return { requests, ports: { ...fake, scripts } }
}

const sizes: readonly [string, number][] = [
  ['a small message', 0],
  ['a message so large that it is mapped elsewhere', heavyFrom],
]

for (const [title, size] of sizes) {
  test(`${title} reaches functions and value mappings with one request for each queue`, async () => {
    const world = ports()
    const padding = `<!--${' '.repeat(size)}-->`
    const { result } = await runFlow(flowWith({ mappinguri: 'dir://mmap/src/main/resources/mapping/Test.mmap' }), {
      resources,
      ports: world.ports,
      message: message({
        body: `<In>${padding}<Item>a</Item><Item>b</Item></In>`,
        headers: { Who: 'me' },
        properties: { Where: ' here' },
      }),
    })
    assert.equal(result.failure, undefined)
    assert.equal(
      result.exchange.body.text().replace(/^<\?.*?\?>/, ''),
      '<Out><Chained>AA</Chained><Chained>BB</Chained><Mapped>apple</Mapped><Mapped>b</Mapped><Header>me here</Header></Out>',
    )
    assert.deepEqual(world.requests, ['twice 2', 'upper 2'])
  })
}

function artifact(id: string, files: Readonly<Record<string, string>>): Bundle {
  const encoder = new TextEncoder()
  const manifest = `Manifest-Version: 1.0\nBundle-SymbolicName: ${id}\nBundle-Name: ${id}\nBundle-Version: 1.0.0\nSAP-BundleType: MessageMapping\n`
  const entries = Object.entries(files).map(([path, text]): [string, Uint8Array] => [
    `src/main/resources/${path}`,
    encoder.encode(text),
  ])
  const { bundle } = openBundle(new Map([['META-INF/MANIFEST.MF', encoder.encode(manifest)], ...entries]))
  assert.ok(bundle !== undefined)
  return bundle
}

const artifacts = new Map([['Shared', artifact('Shared', resources)]])

const references: readonly [string, Readonly<Record<string, string>>][] = [
  [
    'that the step names',
    { mappinguri: 'dir://mmap/src/main/resources/mapping/Test.mmap', messageMappingBundleId: 'Shared' },
  ],
  ['that the message names', { mappingReference: 'dynamic', mappingSourceValue: '${header.Mapping}' }],
]

for (const [title, properties] of references) {
  test(`a mapping may be in an artifact ${title}`, async () => {
    const input = message({ body: '<In><Item>a</Item></In>', headers: { Mapping: 'Shared' } })
    const { result } = await runFlow(flowWith(properties), { artifacts, ports: ports().ports, message: input })
    assert.match(result.exchange.body.text(), /<Mapped>apple<\/Mapped>/)
  })
}

test('an artifact that is not deployed fails the message that names it', async () => {
  const properties = { mappingReference: 'dynamic', mappingSourceValue: '${header.Mapping}' }
  const input = message({ body: '<In/>', headers: { Mapping: 'Other' } })
  const { result } = await runFlow(flowWith(properties), { artifacts, message: input })
  assert.equal(result.failure?.code, 'mapping')
  assert.match(result.failure?.message ?? '', /"Other"/)
})

const broken: readonly [string, Readonly<Record<string, string>>, string][] = [
  ['no mapping at all', {}, 'missing-property'],
  ['a file that is missing', { mappinguri: 'dir://mmap/src/main/resources/mapping/None.mmap' }, 'missing-resource'],
  [
    'an artifact that is missing',
    { mappinguri: 'dir://mmap/a.mmap', messageMappingBundleId: 'None' },
    'missing-artifact',
  ],
]

for (const [title, properties, code] of broken) {
  test(`${title} keeps the flow from compiling`, async () => {
    const { plan, diagnostics } = await compileSource(flowWith(properties), { resources, artifacts })
    assert.equal(plan, undefined)
    assert.deepEqual(
      diagnostics.filter(({ severity }) => severity === 'error').map(diagnostic => diagnostic.code),
      [code],
    )
  })
}
