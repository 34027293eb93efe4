import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { TestTerminal } from '../testing/test-terminal.ts'
import { commands } from './index.ts'
import { runLine } from './line/run-line.ts'

const examples = fileURLToPath(new URL('../../../../examples', import.meta.url))
let folder: string

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-test-'))
  await cp(join(examples, 'orders'), join(folder, 'orders'), { recursive: true })
  await rm(join(folder, 'orders', 'test'), { recursive: true })
})
after(() => rm(folder, { recursive: true }))

async function sluiceTest(...line: string[]) {
  const terminal = new TestTerminal()
  const code = await runLine(commands, ['test', ...line], terminal)
  return { code, out: terminal.printed, err: terminal.printedErrors }
}

async function write(name: string, ...lines: string[]): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, `${lines.join('\n')}\n`)
  return path
}

const send = 'send: { body: <order id="7"/> }'

test('the examples pass', async () => {
  const { code, out, err } = await sluiceTest(examples)
  assert.deepEqual([code, err], [0, ''], out)
  assert.match(out, /3 of 3 cases passed\n$/)
})

test('a case that fails says how, exits with 1, and is in the JUnit report', async () => {
  const path = await write(
    'fails.test.yaml',
    'flow: orders',
    send,
    'receivers: { Shop: { body: yes } }',
    'expect:',
    '  body: <accepted order="7">no</accepted>',
    '  calls: { Shop: 2 }',
    '  log: { sender: me }',
  )
  const report = join(folder, 'report.xml')
  const { code, out } = await sluiceTest(path, '--junit', report)
  assert.equal(code, 1)
  assert.match(out, / {4}body\n {6}-<accepted order="7">no<\/accepted>\n {6}\+<accepted order="7">yes<\/accepted>\n/)
  assert.match(out, / {4}calls\.Shop\n {6}-2 times\n {6}\+1 time\n {4}log\.sender\n {6}-me\n {6}\+nothing\n/)
  const xml = await readFile(report, 'utf8')
  assert.match(xml, /<testsuite name=".*fails\.test\.yaml" tests="1" failures="1" errors="0"/)
  assert.match(xml, /<failure message="body, calls\.Shop, log\.sender">/)
})

test('a receiver without an answer and a flow that cannot run fail the case', async () => {
  const silent = await sluiceTest(
    await write('silent.test.yaml', 'flow: orders', send, 'expect: { reply: { status: 200 } }'),
  )
  assert.match(silent.out, /-200\n {6}\+503/)
  const flow = join(folder, 'orders/src/main/resources/scenarioflows/integrationflow/orders.iflw')
  const text = await readFile(flow, 'utf8')
  await writeFile(flow, text.replaceAll('cname::Enricher', 'cname::Unheard'))
  const broken = await sluiceTest(await write('unheard.test.yaml', 'flow: orders', send))
  await writeFile(flow, text)
  assert.equal(broken.code, 1)
  assert.match(broken.out, /the flow cannot run\n.*Expected a step that is supported, found "Unheard"/)
})

const wrong: [what: string, lines: string[], message: RegExp][] = [
  ['no YAML', ['flow: [orders'], /:\d+: Expected YAML, found: /],
  [
    'an unknown key',
    ['flow: orders', 'expect:', '  bdy: x'],
    /:3: Expected one of the keys status, body, .*"expect", found "bdy"/,
  ],
  [
    'a value of another type',
    ['flow: orders', 'receivers:', '  Shop: 5'],
    /:3: Expected "receivers\.Shop" to be array or object, found number/,
  ],
  [
    'a status that does not exist',
    ['flow: orders', 'expect:', '  status: DONE'],
    /:3: Expected "expect\.status" to be one of COMPLETED, .*found "DONE"/,
  ],
  ['no such flow', ['send: {}', 'flow: nowhere'], /:2: Expected a zip or a folder, found: ENOENT/],
  [
    'no such entrance',
    ['flow: orders', 'send:', '  to: Fax'],
    /:3: Expected one of Orders = Channel-Start = \/orders, .*found "Fax"/,
  ],
  [
    'no such file',
    ['flow: orders', 'send: { body: { file: none.xml } }'],
    /:1: Expected a readable file, found: ENOENT/,
  ],
  ['no such time', ['flow: orders', 'clock: soon'], /:2: Expected a time such as .*found "soon"/],
]

for (const [what, lines, message] of wrong) {
  test(`${what} is a mistake of the case: exit code 2, and file and line`, async () => {
    const { code, out, err } = await sluiceTest(await write('wrong.test.yaml', ...lines))
    assert.equal(code, 2)
    assert.match(`${out}${err}`, new RegExp(`wrong\\.test\\.yaml${message.source}`))
  })
}

test('--update records a case without expectations, then what has changed, and keeps comments', async () => {
  const path = await write(
    'recorded.test.yaml',
    '# Orders.',
    'flow: orders',
    send,
    'receivers: { Shop: { body: first } }',
  )
  assert.equal((await sluiceTest(path, '--update')).code, 0)
  const recorded = await readFile(path, 'utf8')
  assert.match(
    recorded,
    /^# Orders\.\n[\s\S]*expect:\n {2}status: COMPLETED\n {2}body: <accepted order="7">first<\/accepted>\n/,
  )
  assert.equal((await sluiceTest(path)).code, 0)
  await writeFile(path, recorded.replace('{ body: first }', '{ body: second }'))
  assert.equal((await sluiceTest(path)).code, 1)
  await sluiceTest(path, '--update')
  assert.match(await readFile(path, 'utf8'), /second<\/accepted>/)
  assert.equal((await sluiceTest(path)).code, 0)
})

test('what the tenant holds and the flow leaves is seen; cases are filtered by name', async () => {
  const path = await write(
    'cases.test.yaml',
    'flow: orders',
    send,
    'cases:',
    '  - name: refused',
    '    receivers: { Shop: { failure: No route } }',
    '    expect: { reply: { status: 503 }, order: [Shop] }',
    '  - name: broken',
    '    expect: { body: other }',
  )
  const { code, out } = await sluiceTest(path, '--filter', 'refused', '--json')
  assert.equal(code, 0, out)
  assert.deepEqual(
    JSON.parse(out).cases.map((each: { name: string }) => each.name),
    ['refused'],
  )
  assert.equal((await sluiceTest(path, '--filter', 'nothing like it')).code, 1)
})
