import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { draftFiles } from './design-files.ts'
import { askingFlow, roundFlow, stepsFlow, wholeFlow } from './design-flows.ts'
import { artifactZip } from './relay-flow.ts'
import { ok, Tenant } from './tenant.ts'

const mark = 'function processData(message) { message.setHeader("marked", "yes"); return message; }'

const filesOf = (iflw: string) => draftFiles(iflw, { 'Mark.js': mark })

/** Parts of the answer that tests look at. */
interface Simulated {
  readonly status: string
  readonly failure?: { readonly code: string; readonly message: string; readonly elementId?: string }
  readonly diagnostics: readonly { readonly code: string }[]
  readonly steps: readonly Step[]
  readonly stepsLeftOut: number
  readonly calls: readonly {
    readonly channelId: string
    readonly adapter: string
    readonly request?: {
      readonly method: string
      readonly url: string
      readonly headers: Readonly<Record<string, string>>
    }
    readonly message: Message
  }[]
  readonly message?: Message
}

interface Step {
  readonly elementId: string
  readonly branch: string
  readonly depth: number
  readonly ms?: number
  readonly before?: Message
  readonly after?: Message
  readonly error?: { readonly code: string; readonly message: string }
}

interface Message {
  readonly headers: Readonly<Record<string, string>>
  readonly properties: Readonly<Record<string, string>>
  readonly body: {
    readonly text?: string
    readonly base64?: string
    readonly mediaType: string
    readonly size: number
    readonly isCut: boolean
  }
}

const simulationsPath = '/api/design/v1/simulations'

async function simulate(tenant: Tenant, iflw: string, more: object = {}): Promise<Simulated> {
  const answer = await tenant.administer('POST', simulationsPath, { files: filesOf(iflw), ...more })
  assert.equal(answer.status, 200, answer.text)
  return JSON.parse(answer.text) as Simulated
}

const trace = ({ steps }: Simulated) =>
  steps.map(({ elementId, branch }) => (branch ? `${elementId}/${branch}` : elementId)).join(' ')

describe('simulations', () => {
  let tenant: Tenant
  before(async () => {
    tenant = await Tenant.start()
  })
  after(() => tenant.close())

  test('every step shows the message before and after it', async () => {
    const message = { body: 'a\nb', headers: { kind: 'lines' }, properties: { count: 2 } }
    const found = await simulate(tenant, wholeFlow, { message })
    assert.deepEqual([found.status, found.failure, found.diagnostics], ['COMPLETED', undefined, []])
    assert.equal(
      trace(found),
      'Start Split Call/0 Enter/0 Bracket/0 Leave/0 Call/1 Enter/1 Bracket/1 Leave/1 Gather Fork Left/0 Right/1 Join Script End',
    )
    const [bracket] = found.steps.filter(({ elementId }) => elementId === 'Bracket')
    assert.deepEqual(
      [bracket?.before?.body.text, bracket?.after?.body, bracket?.depth, bracket?.before?.headers.kind],
      ['a', { text: '[a]', mediaType: 'text/plain', size: 3, isCut: false }, 1, 'lines'],
    )
    assert.equal(bracket?.before?.properties.count, '2')
    const [script] = found.steps.filter(({ elementId }) => elementId === 'Script')
    assert.deepEqual([script?.before?.headers.marked, script?.after?.headers.marked], [undefined, 'yes'])
    assert.equal(found.message?.body.text, 'right [a][b]')
    assert.ok(found.steps.every(({ ms }) => ms !== undefined && ms >= 0))
  })

  const sections: readonly (readonly [what: string, section: object, trace: string, body: string])[] = [
    ['the beginning', { to: 'Split' }, 'Start Split', 'x'],
    ['up to a sequence flow', { to: 'Split-Call' }, 'Start Split', 'x'],
    ['from a sequence flow', { from: 'Join-Script' }, 'Script End', 'x'],
    ['one step', { from: 'Left', to: 'Left' }, 'Left', 'left x'],
    ['a local process', { from: 'Bracket' }, 'Bracket Leave', '[x]'],
    ['to a step in a part', { from: 'Split', to: 'Bracket' }, 'Split Call/0 Enter/0 Bracket/0', '[x]'],
    ['to a branch', { from: 'Fork', to: 'Left' }, 'Fork Left/0 Right/1', 'left x'],
  ]
  for (const [what, section, expected, text] of sections) {
    test(`a part of the flow runs: ${what}`, async () => {
      const found = await simulate(tenant, wholeFlow, { message: { body: 'x' }, ...section })
      assert.deepEqual([found.status, trace(found), found.message?.body.text], ['COMPLETED', expected, text])
    })
  }

  const http = { httpAddressWithoutQuery: 'http://shop.example/orders', httpMethod: 'POST', allowedRequestHeaders: '*' }
  const replies: readonly (readonly [what: string, adapter: string, mocks: object | undefined, body: string])[] = [
    ['a reply with a body', 'HTTP', { 'Channel-Ask': { body: 'answer' } }, 'answer'],
    ['a reply in bytes', 'HTTP', { 'Channel-Ask': { bytes: btoa('answer') } }, 'answer'],
    ['no reply: the message that was sent', 'HTTP', undefined, 'question'],
    ['no reply of an adapter that does not speak HTTP', 'ProcessDirect', undefined, 'question'],
    ['an adapter that there is not', 'AS2', { 'Channel-Ask': { body: 'answer' } }, 'answer'],
    ['a status that is a failure', 'HTTP', { 'Channel-Ask': { status: 500 } }, 'told: HTTP operation failed'],
    ['a failure', 'SFTP', { 'Channel-Ask': { failure: 'No space left.' } }, 'told: No space left.'],
    ['the first of several', 'SFTP', { 'Channel-Ask': [{ body: '1' }, { body: '2' }] }, '1'],
  ]
  for (const [what, adapter, mocks, expected] of replies) {
    test(`receivers are mocked: ${what}`, async () => {
      const flow = askingFlow(adapter, adapter === 'HTTP' ? http : {})
      const found = await simulate(tenant, flow, { message: { body: 'question' }, ...(mocks && { mocks }) })
      assert.equal(found.status, 'COMPLETED')
      assert.equal(found.message?.body.text?.slice(0, expected.length), expected)
      const [call] = found.calls
      assert.deepEqual([call?.channelId, call?.adapter, call?.message.body.text], ['Channel-Ask', adapter, 'question'])
      const asked = adapter === 'HTTP' ? ['POST', 'http://shop.example/orders'] : [undefined, undefined]
      assert.deepEqual([call?.request?.method, call?.request?.url], asked)
    })
  }

  test('a failure names its element, and the exception subprocess that took over has run', async () => {
    const mocks = { 'Channel-Ask': { failure: 'No space left.' } }
    const found = await simulate(tenant, askingFlow('SFTP'), { mocks })
    assert.equal(trace(found), 'Start Ask Failed Tell Told')
    assert.deepEqual(found.steps[1]?.error, { code: 'receiver', message: 'No space left.' })
    const unhandled = stepsFlow([{ id: 'Get', type: 'get', properties: { storageName: 'S', dataStoreId: '1' } }])
    const { status, failure, message } = await simulate(tenant, unhandled)
    assert.deepEqual(
      [status, failure?.code, failure?.elementId, message?.body.size],
      ['FAILED', 'entry-missing', 'Get', 0],
    )
  })

  test('a flow with mistakes does not run', async () => {
    const { status, diagnostics, steps } = await simulate(tenant, stepsFlow([{ id: 'What', type: 'Nonsense' }]))
    assert.deepEqual([status, diagnostics.map(({ code }) => code), steps], ['NOT_STARTED', ['unsupported-step'], []])
    const broken = { ...filesOf(wholeFlow), 'src/main/resources/script/Mark.js': 'function (' }
    const found = await simulate(tenant, wholeFlow, { files: broken })
    assert.deepEqual([found.status, found.diagnostics.map(({ code }) => code)], ['NOT_STARTED', ['not-ready']])
  })

  test('nothing is left in the tenant, and no secret comes out of it', async () => {
    ok(
      await tenant.administer('POST', '/api/v1/UserCredentials', {
        Name: 'shop',
        Kind: 'default',
        User: 'buyer',
        Password: 'hunter2',
      }),
    )
    ok(
      await tenant.administer('POST', '/api/v1/NumberRanges', {
        Name: 'Orders',
        MinValue: '1',
        MaxValue: '99',
        CurrentValue: '7',
        Rotate: 'true',
        FieldLength: '0',
      }),
    )
    const flow = stepsFlow([
      {
        id: 'Number',
        type: 'Enricher',
        properties: {
          bodyType: 'expression',
          wrapContent: '${property.number}',
          headerTable: '',
          propertyTable: `<row><cell id='Action'>Create</cell><cell id='Type'>numberRange</cell><cell id='Value'>Orders</cell><cell id='Default'></cell><cell id='Name'>number</cell><cell id='Datatype'></cell></row>`,
        },
      },
      {
        id: 'Write',
        type: 'put',
        properties: { storageName: 'Orders', visibility: 'global', messageId: '1', override: 'true' },
      },
      { id: 'Get', type: 'get', properties: { storageName: 'Orders', visibility: 'global', dataStoreId: '1' } },
    ])
    for (const _ of [1, 2]) {
      const found = await simulate(tenant, flow)
      assert.deepEqual([found.failure, found.status, found.message?.body.text], [undefined, 'COMPLETED', '7'])
    }
    const secured = { ...http, authenticationMethod: 'Basic', credentialName: 'shop' }
    const { calls } = await simulate(tenant, askingFlow('HTTP', secured), { message: { body: 'x' } })
    assert.equal(
      calls[0]?.request?.headers.Authorization ?? calls[0]?.request?.headers.authorization,
      `Basic ${btoa('buyer:secret of shop')}`,
    )
    const left = async (set: string) => JSON.parse(ok(await tenant.administer('GET', `/api/v1/${set}`)).text).d
    assert.equal((await left(`NumberRanges('Orders')`)).CurrentValue, '7')
    assert.deepEqual((await left('DataStores')).results, [])
    assert.deepEqual((await left('MessageProcessingLogs')).results, [])
  })

  test('files stand in for those of a stored artifact', async () => {
    ok(await tenant.upload(await artifactZip('stored', wholeFlow, { 'script/Mark.js': mark }), 'stored'))
    const run = async (files: object, more: object = {}) => {
      const answer = ok(
        await tenant.administer('POST', simulationsPath, { id: 'stored', files, from: 'Script', ...more }),
      )
      return JSON.parse(answer.text) as Simulated
    }
    assert.equal((await run({})).message?.headers.marked, 'yes')
    const changed = { 'src/main/resources/script/Mark.js': mark.replace('yes', 'no') }
    assert.equal((await run(changed)).message?.headers.marked, 'no')
    const gone = await run({ 'src/main/resources/script/Mark.js': null })
    assert.deepEqual(
      gone.diagnostics.map(({ code }) => code),
      ['missing-resource'],
    )
  })

  const mistakes: readonly (readonly [what: string, body: unknown, status: number, code: string])[] = [
    ['no files', {}, 400, 'invalid-request'],
    ['a field that there is not', { files: {}, live: true }, 400, 'invalid-request'],
    ['a file that is no text', { files: { a: {} } }, 400, 'invalid-request'],
    ['a message that is none', { files: {}, message: { body: {} } }, 400, 'invalid-request'],
    ['a reply with a wrong status', { files: {}, mocks: { a: { status: 1000 } } }, 400, 'invalid-request'],
    ['an artifact that there is not', { id: 'nothing', files: {} }, 404, 'no-artifact'],
    ['a start that there is not', { files: filesOf(wholeFlow), from: 'Nowhere' }, 400, 'unknown-element'],
    ['an end that there is not', { files: filesOf(wholeFlow), to: 'Nowhere' }, 400, 'unknown-element'],
  ]
  for (const [what, body, status, code] of mistakes) {
    test(`refused: ${what}`, async () => {
      const answer = await tenant.administer('POST', simulationsPath, body)
      assert.deepEqual([answer.status, JSON.parse(answer.text).code], [status, code])
      assert.match(JSON.parse(answer.text).detail, /^Expected /)
    })
  }

  test('what is no artifact is told as such', async () => {
    for (const path of [simulationsPath, '/api/design/v1/checks']) {
      const { diagnostics } = JSON.parse(ok(await tenant.administer('POST', path, { files: {} })).text) as Simulated
      assert.deepEqual(
        diagnostics.map(({ code }) => code),
        ['no-manifest'],
      )
    }
  })

  test('long bodies and values are cut, and say so', async () => {
    const body = 'ä'.repeat(200_000)
    const found = await simulate(tenant, stepsFlow([]), { message: { body, headers: { long: 'x'.repeat(100_000) } } })
    const { message } = found
    assert.deepEqual([message?.body.isCut, message?.body.size], [true, 400_000])
    assert.equal(message?.body.text, 'ä'.repeat(131_072))
    assert.equal(message?.headers.long?.slice(-2), 'x…')
    const bytes = Buffer.from([0, 1, 2, 255]).toString('base64')
    const binary = await simulate(tenant, stepsFlow([]), { message: { bytes } })
    assert.deepEqual(binary.message?.body, {
      base64: bytes,
      mediaType: 'application/octet-stream',
      size: 4,
      isCut: false,
    })
  })

  test('a flow that goes round ends, and says how many steps it leaves out', async () => {
    const { status, failure, steps, stepsLeftOut } = await simulate(tenant, roundFlow('round'))
    assert.deepEqual([status, failure?.code, steps.length, stepsLeftOut], ['FAILED', 'step-limit', 1_000, 9_001])
  })
})

describe('limits of simulations', () => {
  const endless = stepsFlow([{ id: 'Endless', type: 'JavaScript', properties: { script: 'Mark.js' } }])
  const loop = {
    ...filesOf(endless),
    'src/main/resources/script/Mark.js': 'function processData(m) { while (true) {} }',
  }
  let tenant: Tenant
  before(async () => {
    const flags = {
      'simulations-max': '1',
      'simulation-time-max-ms': '3000',
      'simulation-trace-bytes-max': '65536',
      'script-time-max-ms': '20000',
      'api-body-bytes-max': '500000',
    }
    tenant = await Tenant.start({ flags })
  })
  after(() => tenant.close())

  test('messages beyond the limit are left out', async () => {
    const { steps } = await simulate(tenant, roundFlow('round and round'))
    assert.ok(steps[0]?.before && !steps.at(-1)?.before)
  })

  test('a request that is too large is refused', async () => {
    const answer = await tenant.administer('POST', simulationsPath, { files: { a: 'x'.repeat(500_000) } })
    assert.equal(answer.status, 413)
  })

  test('a simulation that takes too long ends, with the steps so far; until it is over no other begins', async () => {
    const { status, failure, steps } = await simulate(tenant, endless, { files: loop })
    assert.deepEqual([status, failure?.code], ['FAILED', 'run-time-limit'])
    assert.deepEqual(
      steps.map(({ elementId, ms }) => [elementId, ms]),
      [
        ['Start', 0],
        ['Endless', undefined],
      ],
    )
    const busy = await tenant.administer('POST', simulationsPath, { files: filesOf(endless) })
    assert.deepEqual([busy.status, busy.headers.get('retry-after')], [429, '1'])
  })
})
