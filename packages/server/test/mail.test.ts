import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { flowText, type NodeSketch } from '@sluice/iflow/testing'
import { writeArchive } from '../src/runtime/archive.ts'
import { type MailSink, startMailSink } from './mail-sink.ts'
import { Tenant } from './tenant.ts'

const minute = 60_000
const once = '<row><cell>schedule1</cell><cell>fireNow=true</cell></row>'

describe('flows that send mail', () => {
  let sink: MailSink
  let dataDirectory: string
  let tenant: Tenant
  /** Replies of the mail server, until they are used up. */
  const refusals: number[] = []
  before(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'sluice-mail-'))
    sink = await startMailSink({
      authOptional: true,
      onAuth: ({ username, password }, _, done) =>
        done(username === 'flow' && password === 'secret' ? null : new Error('Wrong password'), { user: username }),
      allowInsecureAuth: true,
      onMailFrom: (_, __, done) => {
        const responseCode = refusals.shift()
        done(responseCode === undefined ? null : Object.assign(new Error('later'), { responseCode }))
      },
    })
    tenant = await Tenant.start({ dataDirectory })
    await tenant.createClient({ id: 'caller' })
    await tenant.assign('caller')
  })
  after(async () => {
    await tenant.close()
    await sink.close()
    await rm(dataDirectory, { recursive: true, force: true })
  })

  /** A flow that ends by a mail with its message. */
  function mailing(
    id: string,
    start: 'HTTPS' | 'timer',
    steps: readonly NodeSketch[],
    channel = {},
  ): Promise<Uint8Array> {
    const first = {
      HTTPS: { id: 'Start', type: 'MessageStartEvent' },
      timer: { id: 'Start', type: 'TimerStartEvent', properties: { scheduleKey: once } },
    }[start]
    const nodes = [first, ...steps, { id: 'End', type: 'MessageEndEvent' }]
    const flows = nodes.slice(1).map((node, index) => ({ from: nodes[index]?.id ?? '', to: node.id }))
    const properties = {
      ComponentType: 'Mail',
      server: `localhost:${sink.port}`,
      from: 'sluice@example.com',
      to: 'ada@example.com',
      ...channel,
    }
    const sender = { ComponentType: 'HTTPS', urlPath: `/${id}`, xsrfProtection: '0' }
    const iflw = flowText({
      processes: [{ id: 'Main', nodes, flows }],
      channels: [
        ...(start === 'HTTPS' ? [{ step: 'Start', direction: 'Sender' as const, properties: sender }] : []),
        { step: 'End', direction: 'Receiver', properties },
      ],
    })
    const manifest = `Manifest-Version: 1.0\nBundle-SymbolicName: ${id}\nBundle-Name: ${id}\nBundle-Version: 1.0.0\nSAP-BundleType: IntegrationFlow\n`
    return writeArchive(
      new Map([
        ['META-INF/MANIFEST.MF', Buffer.from(manifest)],
        [`src/main/resources/scenarioflows/integrationflow/${id}.iflw`, Buffer.from(iflw)],
      ]),
    )
  }

  const texts = () => sink.mails.splice(0).map(({ mail }) => mail.text?.trimEnd())

  test('a flow that starts on deployment sends its mail with credentials of the tenant', async () => {
    await tenant.administer('POST', '/api/v1/UserCredentials', { Name: 'smtp', User: 'flow', Password: 'secret' })
    const body = { id: 'Body', type: 'Enricher', properties: { wrapContent: 'Grüße', bodyType: 'constant' } }
    const zip = await mailing('greeting', 'timer', [body], {
      auth: 'loginPlain',
      user: 'smtp',
      subject: 'Für ${camelId}',
    })
    assert.equal((await tenant.deploy(zip, 'greeting')).status, 'SUCCESS')
    await tenant.server.runDueTimers()
    assert.deepEqual([sink.mails[0]?.mail.subject, ...texts()], ['Für greeting', 'Grüße'])
  })

  test('an aggregate outlasts the server, and is sent again when the mail server refused it', async () => {
    const properties = { correlationExpression: '/item/school', datastoreName: 'Items', timeout: '10' }
    const zip = await mailing('items', 'HTTPS', [{ id: 'Collect', type: 'Aggregator', properties }])
    assert.equal((await tenant.deploy(zip, 'items')).status, 'SUCCESS')
    const token = await tenant.token('caller')
    for (const no of [1, 2]) {
      const body = `<item><school>A</school><no>${no}</no></item>`
      assert.equal((await tenant.call('/items', token, { body })).status, 200)
    }
    await tenant.close()
    tenant = await Tenant.start({ dataDirectory })
    refusals.push(451)
    const found: number[] = []
    for (const minutes of [9, 1, 4, 1]) {
      tenant.server.clock.advance(minutes * minute)
      await tenant.server.runDueTimers()
      found.push(sink.mails.length)
    }
    assert.deepEqual([found, refusals], [[0, 0, 0, 1], []])
    assert.match(
      texts()[0] ?? '',
      /<multimap:Message1><item><school>A<\/school><no>1<\/no><\/item><item><school>A<\/school><no>2<\/no><\/item><\/multimap:Message1>/,
    )
  })
})
