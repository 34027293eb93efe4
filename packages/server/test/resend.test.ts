import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { flowText, type NodeSketch } from '@sluice/iflow/testing'
import { artifactZip } from './relay-flow.ts'
import { Tenant } from './tenant.ts'

let tenant: Tenant
let token: string

before(async () => {
  tenant = await Tenant.start()
  await tenant.createClient({ id: 'caller' })
  await tenant.assign('caller')
  token = await tenant.token('caller')
  await allow('admin', 'ESBMessaging.send')
})
after(() => tenant.close())

async function allow(user: string, role: string): Promise<void> {
  const path = `/authorization/v1/accounts/dev/apps/deviflmap/roles/users?roleName=${role}`
  assert.equal((await tenant.administer('PUT', path, { users: [{ name: user }] })).status, 201)
}

/** A flow that keeps what it gets, adds to it and fails on `broken`. */
async function deploy(id: string, channels: readonly Readonly<Record<string, string>>[]): Promise<void> {
  const script = `function processData(message) {
    if (String(message.getBody()) === 'broken') throw new Error('no')
    message.setBody(message.getBody() + ' of ' + message.getHeader('order'))
    return message
  }`
  const steps: NodeSketch[] = [
    { id: 'Keep', type: 'Persist', properties: { stepid: 'Received' } },
    { id: 'Script', type: 'JavaScript', properties: { script: 'Add.js' } },
  ]
  const processes = channels.map((_, index) => {
    const nodes = [
      { id: `Start${index}`, type: 'MessageStartEvent' },
      ...steps.map(step => ({ ...step, id: `${step.id}${index}` })),
      { id: `End${index}`, type: 'MessageEndEvent' },
    ]
    const flows = nodes.slice(1).map((node, at) => ({ from: nodes[at]?.id ?? '', to: node.id }))
    return { id: `Process${index}`, nodes, flows }
  })
  const iflw = flowText({
    properties: { allowedHeaderList: 'order' },
    processes,
    channels: channels.map((properties, index) => ({
      step: `Start${index}`,
      direction: 'Sender' as const,
      properties,
    })),
  })
  const zip = await artifactZip(id, iflw, { 'script/Add.js': script })
  const { status, upload } = await tenant.deploy(zip, id)
  assert.equal(status, 'SUCCESS', upload.text)
}

const https = (urlPath: string) => ({ ComponentType: 'HTTPS', urlPath, xsrfProtection: '1' })

/** Sends a message; resolves with its ID. */
async function send(path: string, body: string): Promise<string> {
  const headers = { 'x-csrf-token': 'fetch', order: '7' }
  const fetched = await tenant.call(path, token, { method: 'GET', headers })
  const cookie = fetched.headers.get('set-cookie')?.split(';')[0] ?? ''
  const csrf = { cookie, 'x-csrf-token': fetched.headers.get('x-csrf-token') ?? '', order: '7' }
  const answer = await tenant.call(path, token, { body, headers: csrf })
  return answer.headers.get('sap_messageprocessinglogid') ?? ''
}

/** Sends a message; resolves with what is kept of it. */
async function keep(path: string): Promise<{ guid: string; entry: string }> {
  const guid = await send(path, 'an order')
  const [{ Id }] = await read(`MessageProcessingLogs('${guid}')/MessageStoreEntries`)
  return { guid, entry: Id }
}

async function read(path: string) {
  const { text } = await tenant.administer('GET', `/api/v1/${path}${path.includes('?') ? '&' : '?'}$format=json`)
  return JSON.parse(text).d.results ?? JSON.parse(text).d
}

async function resend(guid: string, body: object) {
  const answer = await tenant.administer('POST', `/api/monitoring/v1/messages/${guid}/resend`, body)
  return { status: answer.status, body: JSON.parse(answer.text) }
}

test('a stored message is sent to its flow again, as a message of its own that names the one that it was', async () => {
  await deploy('orders', [https('/orders')])
  const { guid, entry } = await keep('/orders')
  const { status, body } = await resend(guid, { storeEntry: entry })
  assert.deepEqual([status, body.status, body.resentFrom], [200, 'COMPLETED', guid])
  assert.notEqual(body.messageGuid, guid)
  const log = await read(`MessageProcessingLogs('${body.messageGuid}')`)
  assert.deepEqual([log.CorrelationId, log.Status, log.IntegrationFlowName], [guid, 'COMPLETED', 'orders'])
  const [header] = await read(`MessageProcessingLogs('${body.messageGuid}')/CustomHeaderProperties`)
  assert.deepEqual([header.Name, header.Value], ['ResentFrom', guid])
  const [kept] = await read(`MessageProcessingLogs('${body.messageGuid}')/MessageStoreEntries`)
  assert.equal((await tenant.administer('GET', `/api/v1/MessageStoreEntries('${kept.Id}')/$value`)).text, 'an order')
  const headers = await read(`MessageStoreEntries('${kept.Id}')/Properties`)
  assert.ok(headers.some(({ Name, Value }: Record<string, string>) => Name === 'order' && Value === '7'))
})

test('a flow with several senders is told which one', async () => {
  await deploy('several', [https('/several/a'), https('/several/b')])
  const { guid, entry } = await keep('/several/b')
  const unsaid = await resend(guid, { storeEntry: entry })
  assert.deepEqual([unsaid.status, unsaid.body.code], [400, 'ambiguous-sender'])
  assert.match(unsaid.body.detail, /\/several\/a, \/several\/b/)
  const wrong = await resend(guid, { storeEntry: entry, address: '/elsewhere' })
  assert.deepEqual([wrong.status, wrong.body.code], [400, 'unknown-sender'])
  assert.equal((await resend(guid, { storeEntry: entry, address: '/several/a' })).status, 200)
})

test('a message of a flow that other flows call is sent again as if one did', async () => {
  await deploy('called', [{ ComponentType: 'ProcessDirect', address: '/called' }, https('/called')])
  const { guid, entry } = await keep('/called')
  const { status, body } = await resend(guid, { storeEntry: entry, address: '/called' })
  assert.deepEqual([status, body.status], [200, 'COMPLETED'])
})

for (const [body, status] of [
  ['an order', 'COMPLETED'],
  ['broken', 'FAILED'],
] as const) {
  test(`a traced message that was ${status} is sent again, and is so again`, async () => {
    await deploy('traced', [https('/traced')])
    const level = { artifactSymbolicName: 'traced', mplLogLevel: 'TRACE', nodeType: 'IFLMAP' }
    await tenant.createClient({ id: `tracer-${status}`, subscription: 'devtmn' })
    await tenant.assign(`tracer-${status}`, 'AuthGroup.Administrator', 'devtmn')
    const command = 'com.sap.it.op.tmn.commands.dashboard.webui.IntegrationComponentSetMplLogLevelCommand'
    const set = await tenant.request(`/Operations/${command}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await tenant.token(`tracer-${status}`)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(level),
    })
    assert.equal(set.status, 200, set.text)
    const guid = await send('/traced', body)
    const [run] = await read(`MessageProcessingLogs('${guid}')/Runs`)
    const [first] = await read(`MessageProcessingLogRuns('${run.Id}')/RunSteps?$orderby=ChildCount`)
    const step = `MessageProcessingLogRunSteps(RunId='${run.Id}',ChildCount=${first.ChildCount})`
    const [before] = await read(`${step}/TraceMessages?$orderby=TraceId`)
    const again = await resend(guid, { traceMessage: before.TraceId })
    assert.deepEqual([again.status, again.body.status], [200, status])
    assert.equal((await resend('another', { traceMessage: before.TraceId })).status, 404)
  })
}

test('what is not there, or not to be sent, is refused', async () => {
  await deploy('gone', [https('/gone')])
  const { guid, entry } = await keep('/gone')
  const code = async (of: string, body: object) => {
    const answer = await resend(of, body)
    return [answer.status, answer.body.code]
  }
  assert.deepEqual(await code(guid, {}), [400, 'invalid-request'])
  assert.deepEqual(await code(guid, { storeEntry: entry, traceMessage: '1' }), [400, 'invalid-request'])
  assert.deepEqual(await code(guid, { storeEntry: entry, more: 1 }), [400, 'invalid-request'])
  assert.deepEqual(await code(guid, { storeEntry: 'another' }), [404, 'unknown-message'])
  assert.deepEqual(await code('another', { storeEntry: entry }), [404, 'unknown-message'])
  await tenant.administer('DELETE', "/api/v1/IntegrationRuntimeArtifacts('gone')")
  await tenant.server.deployed()
  assert.deepEqual(await code(guid, { storeEntry: entry }), [409, 'no-sender'])
})

test('only those may send again who may read the message, and send one to the flow', async () => {
  const roles = '/authorization/v1/accounts/dev/apps/deviflmap/roles'
  assert.equal((await tenant.administer('POST', roles, { roles: [{ name: 'Mine' }] })).status, 201)
  await deploy('guarded', [{ ...https('/guarded'), userRole: 'Mine' }])
  await tenant.assign('caller', 'Mine')
  const { guid, entry } = await keep('/guarded')
  await tenant.createClient({ id: 'tool', subscription: 'devtmn' })
  const api = await tenant.token('tool')
  const attempt = async () => {
    const answer = await tenant.request(`/api/monitoring/v1/messages/${guid}/resend`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api}`, 'content-type': 'application/json' },
      body: JSON.stringify({ storeEntry: entry }),
    })
    return [answer.status, /role (\S+) /.exec(answer.text)?.[1]]
  }
  assert.deepEqual(await attempt(), [403, 'IntegrationOperationServer.read'])
  await tenant.assign('tool', 'IntegrationOperationServer.read', 'devtmn')
  assert.deepEqual(await attempt(), [403, 'esbmessagestorage.read'])
  await tenant.assign('tool', 'esbmessagestorage.read', 'devtmn')
  assert.deepEqual(await attempt(), [403, 'Mine'])
  await tenant.assign('tool', 'Mine')
  assert.deepEqual((await attempt())[0], 200)
})

test('a message that an access policy protects is sent again by none but those whom it names', async () => {
  await deploy('secret', [https('/secret')])
  const { guid, entry } = await keep('/secret')
  const policy = {
    RoleName: 'Secrets',
    Description: '',
    ArtifactReferences: [
      {
        Name: 'secret',
        Description: '',
        Type: 'INTEGRATION_FLOW',
        ConditionAttribute: 'ID',
        ConditionValue: 'secret',
        ConditionType: 'exactString',
      },
    ],
  }
  const made = await tenant.administer('POST', '/api/v1/AccessPolicies', policy)
  assert.equal(made.status, 201, made.text)
  const { status, body } = await resend(guid, { storeEntry: entry })
  assert.deepEqual([status, body.code], [403, 'forbidden'])
})
