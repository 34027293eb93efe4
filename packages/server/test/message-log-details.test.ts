import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { flowText } from '@sluice/iflow/testing'
import { commands } from '../src/cli/index.ts'
import { runLine } from '../src/cli/line/run-line.ts'
import { TestTerminal } from '../src/testing/index.ts'
import { artifactZip } from './relay-flow.ts'
import { Tenant } from './tenant.ts'

const script = `
function processData(message) {
  var log = messageLogFactory.getMessageLog(message)
  var body = String(message.getBody())
  if (body === 'nothing') return message
  log.addCustomHeaderProperty('po_number', body)
  log.addAttachmentAsString('Payload', '<order>grüße ' + body + '</order>', 'application/xml')
  if (body === 'fail') throw new Error('no such order')
  return message
}`

const iflw = flowText({
  processes: [
    {
      id: 'Main',
      nodes: [
        { id: 'Start', type: 'MessageStartEvent' },
        { id: 'Log', type: 'JavaScript', properties: { script: 'Log.js' } },
        { id: 'End', type: 'MessageEndEvent' },
      ],
      flows: [
        { from: 'Start', to: 'Log' },
        { from: 'Log', to: 'End' },
      ],
    },
  ],
  channels: [
    {
      step: 'Start',
      direction: 'Sender',
      properties: { ComponentType: 'HTTPS', urlPath: '/log', xsrfProtection: '0' },
    },
  ],
})

let tenant: Tenant
let token: string
before(async () => {
  tenant = await Tenant.start()
  await tenant.createClient({ id: 'caller' })
  await tenant.assign('caller')
  token = await tenant.token('caller')
  const { status, upload } = await tenant.deploy(await artifactZip('log', iflw, { 'script/Log.js': script }), 'log')
  assert.equal(status, 'SUCCESS', upload.text)
})
after(() => tenant.server.close())

async function logOf(body: string) {
  const { headers } = await tenant.call('/log', token, { body })
  const guid = headers.get('SAP_MessageProcessingLogID')
  const path = `/api/v1/MessageProcessingLogs('${guid}')?$expand=CustomHeaderProperties,Attachments`
  const { status, text } = await tenant.administer('GET', path)
  assert.equal(status, 200, text)
  return JSON.parse(text).d
}

test('what a script writes into the log of a message can be read when it has answered', async () => {
  const { Status, CustomHeaderProperties, Attachments } = await logOf('4711')
  assert.equal(Status, 'COMPLETED')
  const [header] = CustomHeaderProperties.results
  assert.deepEqual([header.Name, header.Value], ['po_number', '4711'])
  const [{ Id, Name, ContentType, PayloadSize }] = Attachments.results
  assert.deepEqual([Name, ContentType, PayloadSize], ['Payload', 'application/xml', '27'])
  const content = await tenant.administer('GET', `/api/v1/MessageProcessingLogAttachments('${Id}')/$value`)
  assert.equal(content.headers.get('content-type'), 'application/xml')
  assert.equal(content.text, '<order>grüße 4711</order>')
})

test('a message that fails keeps what it wrote before', async () => {
  const { Status, CustomHeaderProperties, Attachments } = await logOf('fail')
  assert.deepEqual([Status, CustomHeaderProperties.results[0].Value, Attachments.results.length], ['FAILED', 'fail', 1])
})

test('a message that writes nothing has nothing', async () => {
  const { Status, CustomHeaderProperties, Attachments } = await logOf('nothing')
  assert.deepEqual([Status, CustomHeaderProperties.results, Attachments.results], ['COMPLETED', [], []])
})

test('sluice logs shows what one message has left behind', async () => {
  const { MessageGuid } = await logOf('4712')
  const env = { SLUICE_URL: tenant.server.url, SLUICE_ADMIN_PASSWORD: tenant.server.admin.password }
  const terminal = new TestTerminal(env, '')
  assert.equal(await runLine(commands, ['logs', MessageGuid], terminal), 0)
  const [, ...lines] = terminal.printed.trimEnd().split('\n')
  assert.deepEqual(lines, ['  po_number = 4712', `  attachment ${MessageGuid}.1: Payload (application/xml, 27 bytes)`])
})
