import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { Body } from '@sluice/iflow'
import { type ChannelSketch, flowText, type NodeSketch, type ProcessSketch } from '@sluice/iflow/testing'
import { processData, withoutGroovy } from '../scripting/testing/script-tenant.ts'
import { TestTerminal } from '../testing/test-terminal.ts'
import { commands } from './index.ts'
import { runLine } from './line/run-line.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-test-format-'))
  await writeFlow('trade', trade, [local])
  await writeFlow('scripted', scripted, [], { 'script/Main.groovy': script })
})
after(() => rm(folder, { recursive: true }))

type Step = NodeSketch & { readonly receiver?: ChannelSketch['properties'] }

/** A process of these steps, entered over HTTPS at `/<id>`. */
async function writeFlow(
  id: string,
  steps: readonly Step[],
  locals: readonly ProcessSketch[],
  resources: Readonly<Record<string, string>> = {},
): Promise<void> {
  const nodes = [{ id: 'Start', type: 'MessageStartEvent' }, ...steps, { id: 'End', type: 'MessageEndEvent' }]
  const flows = nodes.slice(1).map(({ id: to }, index) => ({ from: nodes[index]?.id ?? '', to }))
  const sender = { ComponentType: 'HTTPS', urlPath: `/${id}`, xsrfProtection: '0' }
  const iflw = flowText({
    properties: { allowedHeaderList: '*' },
    processes: [{ id: 'Main', nodes, flows }, ...locals],
    channels: [
      { step: 'Start', direction: 'Sender', properties: sender },
      ...steps.flatMap(({ id: step, receiver }) =>
        receiver ? [{ step, direction: 'Receiver' as const, properties: receiver }] : [],
      ),
    ],
  })
  await write(`${id}/META-INF/MANIFEST.MF`, manifest(id))
  const files = { [`scenarioflows/integrationflow/${id}.iflw`]: iflw, ...resources }
  for (const [path, text] of Object.entries(files)) await write(`${id}/src/main/resources/${path}`, text)
}

function manifest(id: string): string {
  return `Manifest-Version: 1.0\nBundle-SymbolicName: ${id}\nBundle-Name: ${id}\nBundle-Version: 1.0.0\nSAP-BundleType: IntegrationFlow\n`
}

async function write(name: string, ...lines: readonly string[]): Promise<string> {
  const path = join(folder, name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, `${lines.join('\n')}\n`)
  return path
}

async function sluiceTest(...line: string[]) {
  const terminal = new TestTerminal()
  const code = await runLine(commands, ['test', ...line], terminal)
  return { code, out: terminal.printed, err: terminal.printedErrors }
}

const local: ProcessSketch = {
  id: 'Local',
  nodes: [
    { id: 'LocalStart', type: 'StartEvent' },
    { id: 'Count', type: 'Enricher', properties: { bodyType: 'expression', wrapContent: '${in.body}!' } },
    { id: 'LocalEnd', type: 'EndEvent' },
  ],
  flows: [
    { from: 'LocalStart', to: 'Count' },
    { from: 'Count', to: 'LocalEnd' },
  ],
}

const http = { ComponentType: 'HTTP', httpMethod: 'POST', httpAddressWithoutQuery: 'http://shop.example/in' }
const mail = { ComponentType: 'Mail', server: '<host>', ssl: '<ssl>', auth: 'loginPlain', from: '', to: '<to>' }
const queue = { ComponentType: 'JMS', QueueName_outbound: 'Work' }
const customHeader =
  "<row><cell id='Action'>Create</cell><cell id='Type'>constant</cell><cell id='Value'>done</cell><cell id='Default'></cell><cell id='Name'>SAP_MessageProcessingLogCustomStatus</cell><cell id='Datatype'></cell></row>"

/** Leaves something wherever a flow can. */
const trade: readonly Step[] = [
  { id: 'Mark', type: 'Enricher', properties: { propertyTable: customHeader } },
  {
    id: 'Store',
    type: 'put',
    properties: { storageName: 'Orders', messageId: '${header.id}' },
  },
  {
    id: 'Remember',
    type: 'Variables',
    properties: {
      variable: '<row><cell>Last</cell><cell></cell><cell>header</cell><cell>id</cell><cell>global</cell></row>',
    },
  },
  { id: 'Put', type: 'Send', receiver: queue },
  { id: 'Again', type: 'Send', receiver: queue },
  { id: 'Tell', type: 'Send', receiver: { ...mail, subject: 'Order ${header.id}', body: 'See ${in.body}' } },
  {
    id: 'Ask',
    name: 'Ask once',
    type: 'IdempotentProcessCall',
    properties: { processId: 'Local', sourceMessageID: '${header.id}', skipOnDuplicate: 'true' },
  },
  { id: 'Shop', type: 'ExternalCall', receiver: http },
]

const script = [
  'import com.sap.it.api.ITApiFactory',
  'import com.sap.it.api.keystore.KeystoreService',
  'import com.sap.it.api.mapping.ValueMappingApi',
  'import com.sap.it.api.pd.PartnerDirectoryService',
  processData(
    'println "asked"',
    'def key = ITApiFactory.getService(KeystoreService, null).getCertificate("own")',
    'def other = ITApiFactory.getService(KeystoreService, null).getCertificate("other")',
    'def value = ITApiFactory.getService(ValueMappingApi, null).getMappedValue("A", "Status", "1", "B", "State")',
    'def directory = ITApiFactory.getService(PartnerDirectoryService, null)',
    'def partner = directory.getPartnerId("GLN", "Supplier", "4711")',
    'def receiver = directory.getParameter("Receiver", partner, String)',
    'messageLogFactory.getMessageLog(message).addAttachmentAsString("Seen", "log", "text/plain")',
    'messageLogFactory.getMessageLog(message).addCustomHeaderProperty("Order", "7")',
    'def source = new javax.mail.util.ByteArrayDataSource("a;b".bytes, "text/csv")',
    'message.addAttachmentObject("a.csv", new com.sap.gateway.ip.core.customdev.util.AttachmentWrapper(source))',
    'message.setBody([key.subjectDN, other.subjectDN, value, receiver].join("|"))',
  ),
].join('\n')
const scripted: readonly Step[] = [{ id: 'Script', type: 'GroovyScript', properties: { script: 'Main.groovy' } }]

const send = ['send:', '  headers: { id: "7" }', '  body: <a/>']

test('what a flow leaves in queues, mails, stores and steps is seen', async () => {
  const path = await write(
    'left.test.yaml',
    'flow: trade',
    ...send,
    'receivers:',
    '  Channel-Shop:',
    '    - { when: { body: { contains: "!" } }, body: first }',
    '    - { when: { headers: { id: "8" } }, body: second }',
    'expect:',
    '  body: first',
    '  calls: { Channel-Shop: { anyOrder: [{ body: "<a/>!" }] } }',
    '  queues: { Work: [{ body: <a/> }, { headers: { id: "7" } }], Other: 0 }',
    '  mails: { anyOrder: [{ to: to@mail.invalid, from: from@mail.invalid, subject: Order 7, body: See <a/> }] }',
    '  variables: { global: { Last: "7", None: null } }',
    '  dataStores: { local: { Orders: { "7": <a/>, "8": null } } }',
    '  processedMessages: { Ask once: ["7"] }',
    '  log: { customStatus: done }',
  )
  const { code, out } = await sluiceTest(path)
  assert.equal(code, 0, out)
})

test('queues, mails and calls in any order take what fits, and say what does not', async () => {
  const path = await write(
    'any-order.test.yaml',
    'flow: trade',
    ...send,
    'receivers: { Channel-Shop: {} }',
    'expect:',
    '  queues: { Work: { anyOrder: [{ body: <b/> }, { body: <a/> }] } }',
    '  mails: 2',
    '  calls: { Channel-Shop: { anyOrder: [{ method: POST }, { method: PUT }] } }',
  )
  const { code, out } = await sluiceTest(path)
  assert.equal(code, 1)
  assert.match(out, /queues\.Work\.anyOrder\[0\]\n {6}body:\n {6}-<b\/>\n {6}\+<a\/>\n/)
  assert.match(out, /mails\n {6}-2 times\n {6}\+1 time\n/)
  assert.match(out, /calls\.Channel-Shop\.anyOrder\[1\]\n {6}expected one, found none left\n/)
})

test('messages that a step has processed are given, and messages of another kind than the answers get none', async () => {
  const path = await write(
    'given.test.yaml',
    'flow: trade',
    ...send,
    'given: { processedMessages: { Ask: ["7"] } }',
    'receivers: { Channel-Shop: { when: { body: other } } }',
    'expect: { failure: { step: Shop }, calls: { Channel-Shop: [{ body: <a/> }] } }',
  )
  const { code, out } = await sluiceTest(path)
  assert.equal(code, 0, out)
})

test('a folder is a case: input, expected and answers are files', async () => {
  await write('trade/test/shipped/test.yaml', 'send: { headers: { id: "1" } }')
  await write('trade/test/shipped/input.xml', '<order/>')
  await write('trade/test/shipped/answers/Channel-Shop.json', '{"ok": true}')
  await write('trade/test/shipped/expected.json', '{"ok":true}')
  const right = await sluiceTest(join(folder, 'trade'))
  assert.deepEqual([right.code, /: shipped \(/.test(right.out)], [0, true], right.out)
  const expected = await write('trade/test/shipped/expected.json', '{"ok":false}')
  assert.equal((await sluiceTest(join(folder, 'trade'))).code, 1)
  await sluiceTest(join(folder, 'trade'), '--update')
  assert.equal(await readFile(expected, 'utf8'), '{"ok": true}\n')
  assert.equal((await sluiceTest(join(folder, 'trade'))).code, 0)
})

suite('with Groovy', { skip: withoutGroovy() }, () => {
  const given = [
    'flow: scripted',
    'given:',
    '  keystore: { own: "CN=own,O=Sluice", other: { certificate: CN=other } }',
    '  valueMappings: [[A, Status, "1", B, State, open]]',
    '  partners: { P: { parameters: { Receiver: shop }, alternatives: [[GLN, Supplier, "4711"]] } }',
  ]

  test('keystore, value mappings and partners are given; what scripts print is shown where a case fails', async () => {
    const path = await write(
      'scripted.test.yaml',
      ...given,
      'cases:',
      '  - name: right',
      '    expect:',
      '      body: { matches: "own.*[|].*other.*[|]open[|]shop$" }',
      '      attachments: { a.csv: a;b, b.csv: null }',
      '      log: { attachments: { Seen: log }, customHeaders: { Order: "7" } }',
      '  - { name: wrong, expect: { status: FAILED } }',
    )
    const report = join(folder, 'scripted.xml')
    const { code, out, err } = await sluiceTest(path, '--junit', report)
    assert.deepEqual([code, err, out.match(/asked/g)?.length], [1, '', 1], out)
    assert.match(out, /✔ .*: right \(/)
    assert.match(out, / {4}status\n {6}-FAILED\n {6}\+COMPLETED\n {4}printed\n {6}asked\n/)
    assert.match(await readFile(report, 'utf8'), /<\/failure>\n {6}<system-out>asked<\/system-out>\n {4}<\/testcase>/)
  })

  test('--update records the log and attachments, too', async () => {
    const path = await write('new.test.yaml', ...given)
    await sluiceTest(path, '--update')
    const text = await readFile(path, 'utf8')
    assert.match(text, /\n {2}attachments:\n {4}a\.csv: a;b\n {2}log:\n {4}attachments:\n {6}Seen: log\n/)
  })
})

test('--update records everything that was left, and changes nothing when it is run again', async () => {
  const path = await write('recorded.test.yaml', 'flow: trade', ...send, 'receivers: { Channel-Shop: { body: a } }')
  await sluiceTest(path, '--update')
  const text = await readFile(path, 'utf8')
  for (const key of ['status', 'body', 'calls', 'queues', 'mails', 'log', 'variables', 'dataStores']) {
    assert.match(text, new RegExp(`^  ${key}:`, 'm'))
  }
  const again = await sluiceTest(path, '--update')
  assert.deepEqual([again.code, again.err, await readFile(path, 'utf8')], [0, '', text])
  assert.equal((await sluiceTest(path)).code, 0)
})

test('--update changes the places that differ, keeps what holds, and leaves shared expectations to the other cases', async () => {
  const path = await write(
    'changed.test.yaml',
    'flow: trade',
    ...send,
    'receivers: { Channel-Shop: { body: "{\\"n\\": 1}" } }',
    'expect: { log: { customStatus: new }, queues: { Work: 2 } }',
    'cases:',
    '  - name: one # kept',
    '    expect:',
    '      body: { json: { n: 2 }, contains: ["1", "2"], matches: "^.\\"n\\"" }',
    '      headers: { id: "7", none: x } # as sent',
    '      mails: [{ subject: { matches: "^Order \\\\d" }, body: See <b/> }, { subject: gone }]',
    '      variables: { global: { Last: "8" } }',
    '      dataStores: { local: { Orders: { 7: { xml: <b/> } } } }',
    '      processedMessages: { Ask: ["7", "8"] }',
    '      path: [Start, ..., Elsewhere]',
    '  - name: two',
    '    expect: { failure: { code: step } }',
  )
  await sluiceTest(path, '--update')
  const text = await readFile(path, 'utf8')
  for (const line of [
    'expect: { log: { customStatus: new }, queues: { Work: 2 } }',
    '- name: one # kept',
    'body: { json: { n: 1 }, contains: [ "1" ], matches: "^.\\"n\\"" }',
    'headers: { id: "7", none: null } # as sent',
    'variables: { global: { Last: "7" } }',
    'dataStores: { local: { Orders: { 7: { xml: <a/> } } } }',
    'processedMessages: { Ask: [ "7" ] }',
  ]) {
    assert.ok(text.includes(line), `${line}\n${text}`)
  }
  assert.match(text, /matches: "\^Order/)
  assert.doesNotMatch(text, /gone|Elsewhere|code: step/)
  const again = await sluiceTest(path)
  assert.equal(again.code, 0, again.out)
})

test('gaps in the way are compared in time that grows with their number, not beyond', async () => {
  const gaps = Array.from({ length: 40 }, () => '..., Shop').join(', ')
  const path = await write(
    'way.test.yaml',
    'flow: trade',
    ...send,
    'receivers: { Channel-Shop: {} }',
    'cases:',
    '  - { name: right, expect: { path: [..., Put, ..., Shop, ...] } }',
    `  - { name: wrong, expect: { path: [${gaps}, Away] } }`,
  )
  assert.match((await sluiceTest(path)).out, /✔ .*: right[\s\S]*✖ .*: wrong[\s\S]*1 of 2 cases passed/)
})

test('the JUnit report has the structure that build servers read', async () => {
  const good = await write('good.test.yaml', 'flow: trade', ...send, 'receivers: { Channel-Shop: {} }')
  const bad = await write('bad.test.yaml', 'flow: trade', ...send, 'expect: { body: "<&\\u0001>" }')
  const wrong = await write('wrong.test.yaml', 'flow: trade', 'clock: soon')
  const report = join(folder, 'report.xml')
  assert.equal((await sluiceTest(good, bad, wrong, '--junit', report)).code, 2)
  const root = Body.of(await readFile(report, 'utf8')).xml().documentElement
  assert.deepEqual([root?.nodeName, ...counts(root)], ['testsuites', 3, 1, 1])
  const suites = [...(root?.children ?? [])]
  assert.deepEqual(
    suites.map(each => [each.nodeName, /^\d+(\.\d+)?$/.test(each.getAttribute('time') ?? ''), ...counts(each)]),
    [
      ['testsuite', true, 1, 0, 0],
      ['testsuite', true, 1, 1, 0],
      ['testsuite', true, 1, 0, 1],
    ],
  )
  const cases = suites.flatMap(each => [...each.children])
  for (const each of cases) {
    assert.equal(each.nodeName, 'testcase')
    for (const name of ['name', 'classname', 'time', 'file', 'line']) assert.notEqual(each.getAttribute(name), null)
  }
  assert.deepEqual(
    cases.map(each => [...each.children].map(({ nodeName }) => nodeName)),
    [[], ['failure'], ['error']],
  )
})

function counts(element: { getAttribute(name: string): string | null } | null | undefined): number[] {
  return ['tests', 'failures', 'errors'].map(name => Number(element?.getAttribute(name)))
}

test('a timer is entered by its name, its ID, or as the first one', async () => {
  const scheduleKey =
    '<row><cell>triggerType</cell><cell>simple</cell></row><row><cell>schedule1</cell><cell>fireNow=true</cell></row>'
  const start = { id: 'Start', name: 'Every hour', type: 'TimerStartEvent', properties: { scheduleKey } }
  const processes = [{ id: 'Main', nodes: [start], flows: [] }]
  await write('timed/META-INF/MANIFEST.MF', manifest('timed'))
  await write('timed/src/main/resources/scenarioflows/integrationflow/timed.iflw', flowText({ processes }))
  const cases = ['Every hour', 'Start', 'timer', 'Main'].map(to => `  - { name: ${to}, send: { to: ${to}, body: a } }`)
  const path = await write('timed.test.yaml', 'flow: timed', 'expect: { body: a }', 'cases:', ...cases)
  const { code, out } = await sluiceTest(path)
  assert.equal(code, 0, out)
})

for (const [what, lines, code] of [
  ['passes', ['receivers: { Channel-Shop: {} }'], 0],
  ['fails', [], 1],
  ['is not written as it should be', ['expect: { bdy: x }'], 2],
] as const) {
  test(`exit code ${code}: a case ${what}`, async () => {
    const path = await write('exit.test.yaml', 'flow: trade', ...send, ...lines)
    assert.equal((await sluiceTest(path)).code, code)
  })
}
