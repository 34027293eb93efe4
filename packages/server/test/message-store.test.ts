import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { flowText, type NodeSketch } from '@sluice/iflow/testing'
import { artifactZip } from './relay-flow.ts'
import { Tenant } from './tenant.ts'

describe('what flows keep of their messages', () => {
  let tenant: Tenant
  let token: string
  let api: string
  before(async () => {
    tenant = await Tenant.start()
    await tenant.createClient({ id: 'caller' })
    await tenant.assign('caller')
    token = await tenant.token('caller')
    await tenant.createClient({ id: 'tool', subscription: 'devtmn' })
    for (const role of ['AuthGroup.Administrator', 'AuthGroup.BusinessExpert']) {
      await tenant.assign('tool', role, 'devtmn')
    }
    api = await tenant.token('tool')
  })
  after(() => tenant.close())

  const ask = (path: string, method = 'GET') =>
    tenant.request(`/api/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${api}`, accept: 'application/json' },
    })
  const results = async (path: string) => JSON.parse((await ask(path)).text).d.results

  async function deploy(id: string, steps: readonly NodeSketch[], local: readonly NodeSketch[] = []): Promise<void> {
    const path = (name: string, inner: readonly NodeSketch[]) => {
      const nodes = [{ id: `${name}Start`, type: name === 'Main' ? 'MessageStartEvent' : 'StartEvent' }, ...inner]
      nodes.push({ id: `${name}End`, type: name === 'Main' ? 'MessageEndEvent' : 'EndEvent' })
      return {
        id: name,
        nodes,
        flows: nodes.slice(1).map((node, index) => ({ from: nodes[index]?.id ?? '', to: node.id })),
      }
    }
    const https = { ComponentType: 'HTTPS', urlPath: `/${id}`, xsrfProtection: '0' }
    const iflw = flowText({
      processes: [path('Main', steps), ...(local.length > 0 ? [path('Local', local)] : [])],
      channels: [{ step: 'MainStart', direction: 'Sender', properties: https }],
    })
    assert.equal((await tenant.deploy(await artifactZip(id, iflw, {}), id)).status, 'SUCCESS')
  }

  test('a persisted message can be read with its headers and attachments', async () => {
    await deploy('parts', [
      { id: 'Decode', type: 'MIME Multipart Message Decode', properties: {} },
      { id: 'Keep', type: 'Persist', properties: { stepid: 'Received' } },
    ])
    const body = [
      '--b\r\nContent-Type: text/plain\r\n\r\nHello',
      '--b\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename="a.png"\r\n\r\nimage',
      '--b--\r\n',
    ].join('\r\n')
    const headers = { 'content-type': 'multipart/mixed; boundary=b' }
    const answer = await tenant.call('/parts', token, { body, headers })
    assert.equal(answer.status, 200, answer.text)
    const guid = answer.headers.get('sap_messageprocessinglogid')
    const [entry, ...others] = await results(`MessageProcessingLogs('${guid}')/MessageStoreEntries`)
    assert.deepEqual([entry.MessageStoreId, entry.HasAttachments, others.length], ['Received', true, 0])
    assert.equal((await ask(`MessageStoreEntries('${entry.Id}')/$value`)).text, 'Hello')
    const properties = await results(`MessageStoreEntries('${entry.Id}')/Properties`)
    assert.ok(
      properties.some(({ Name, Value }: Record<string, string>) => Name === 'Content-Type' && Value === 'text/plain'),
    )
    const [attachment] = await results(`MessageStoreEntries('${entry.Id}')/Attachments`)
    assert.deepEqual([attachment.Name, attachment.ContentType], ['a.png', 'image/png'])
    assert.equal((await ask(`MessageStoreEntryAttachments('${attachment.Id}')/$value`)).text, 'image')
  })

  test('a message that was processed is processed again once the repository has forgotten it', async () => {
    await deploy(
      'once',
      [
        {
          id: 'Once',
          type: 'IdempotentProcessCall',
          properties: { processId: 'Local', sourceMessageID: '${in.body}', skipOnDuplicate: 'true' },
        },
      ],
      [{ id: 'Keep', type: 'Persist', properties: {} }],
    )
    const isProcessed = async () => {
      const { status, text, headers } = await tenant.call('/once', token, { body: '4711' })
      assert.equal(status, 200, text)
      const guid = headers.get('sap_messageprocessinglogid')
      return (await results(`MessageProcessingLogs('${guid}')/MessageStoreEntries`)).length === 1
    }
    assert.deepEqual([await isProcessed(), await isProcessed()], [true, false])
    const [{ HexSource, HexEntry, Source }] = await results('IdempotentRepositoryEntries?id=4711')
    assert.equal(Source, 'once/Once')
    const deleted = await ask(`IdempotentRepositoryEntries(HexSource='${HexSource}',HexEntry='${HexEntry}')`, 'DELETE')
    assert.equal(deleted.status, 204)
    assert.equal(await isProcessed(), true)
  })
})
