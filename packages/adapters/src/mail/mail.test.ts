import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expressions, type MailServer, type OutgoingMail, steps } from '@sluice/iflow'
import {
  compileSource,
  type FakeWorld,
  fakePorts,
  flowText,
  message,
  runFlow,
  testInstant,
} from '@sluice/iflow/testing'
import { adapters } from '../index.ts'

const registry = { steps, adapters, expressions }
type Texts = Readonly<Record<string, string>>

function flowOf(channel: Texts): string {
  return flowText({
    processes: [
      {
        id: 'Main',
        nodes: [
          { id: 'Start', type: 'MessageStartEvent' },
          { id: 'Mail', type: 'ExternalCall' },
          { id: 'End', type: 'MessageEndEvent' },
        ],
        flows: [
          { from: 'Start', to: 'Mail' },
          { from: 'Mail', to: 'End' },
        ],
      },
    ],
    channels: [
      {
        step: 'Mail',
        direction: 'Receiver',
        properties: {
          ComponentType: 'Mail',
          server: 'mail.example',
          from: 'me@a.example',
          to: 'you@b.example',
          ...channel,
        },
      },
    ],
  })
}

interface Given {
  readonly channel?: Texts
  readonly message?: Parameters<typeof message>[0]
  readonly world?: FakeWorld
}

async function send({ channel = {}, message: parts = { body: 'in' }, world }: Given = {}) {
  const mails: { mail: OutgoingMail; server: MailServer }[] = []
  const ports = fakePorts({ ...world, mails })
  const { result } = await runFlow(flowOf(channel), { registry, message: message(parts), ports })
  return { ...result, ...mails[0], count: mails.length }
}

const text = ({ content }: { readonly content: Uint8Array }) => new TextDecoder().decode(content)

test('the mail is made of the channel and the message, which stays as it is', async () => {
  const { mail, exchange, status, log } = await send({
    channel: {
      from: 'Sluice <${property.me}>',
      to: '${header.To}; c@b.example',
      cc: 'd@b.example',
      bcc: 'e@b.example',
      subject: 'Order ${header.id}\nof today',
      body: 'See:\n${in.body}',
    },
    message: { body: 'für', headers: { To: 'you@b.example', id: 7 }, properties: { me: 'me@a.example' } },
  })
  assert.ok(mail)
  assert.deepEqual(
    { ...mail, body: text(mail.body) },
    {
      from: { name: 'Sluice', address: 'me@a.example' },
      to: [
        { name: '', address: 'you@b.example' },
        { name: '', address: 'c@b.example' },
      ],
      cc: [{ name: '', address: 'd@b.example' }],
      bcc: [{ name: '', address: 'e@b.example' }],
      subject: 'Order 7 of today',
      body: 'See:\nfür',
      attachments: [],
      sentAt: testInstant,
    },
  )
  assert.deepEqual(
    [status, exchange.text(), exchange.headers.get('CamelMailMessageId')],
    ['COMPLETED', 'für', '<mail-1@test>'],
  )
  const recipients = 'you@b.example, c@b.example, d@b.example'
  assert.deepEqual(log.adapterAttributes, [
    { adapterId: 'Mail', adapterMessageId: '<mail-1@test>', name: 'Recipients', value: recipients },
  ])
})

test('headers of the message do not choose who gets the mail', async () => {
  const { mail } = await send({ message: { headers: { To: 'x@y.example', Cc: 'x@y.example', Subject: 'x' } } })
  assert.deepEqual([mail?.to.length, mail?.cc.length, mail?.subject], [1, 0, ''])
})

const bodies: readonly [channel: Texts, body: Parameters<typeof message>[0], contentType: string, bytes: string][] = [
  [{}, { body: 'ü' }, 'text/plain; charset=UTF-8', 'c3bc'],
  [
    { content_type: 'Text/HTML', content_encoding: 'ISO-8859-1' },
    { body: 'ü€' },
    'text/html; charset=ISO-8859-1',
    'fc3f',
  ],
  [{ content_encoding: 'UTF-ASCII' }, { body: 'ü' }, 'text/plain; charset=US-ASCII', '3f'],
  [{ content_encoding: 'windows-1252' }, { body: '€' }, 'text/plain; charset=windows-1252', '80'],
  [{ content_type: 'application/zip', content_encoding: 'ISO-8859-1' }, { bytes: 'UP8=' }, 'application/zip', '50ff'],
  [
    { content_type: 'application/octet-stream', body: 'a${in.body}' },
    { body: 'b' },
    'application/octet-stream',
    '6162',
  ],
]

for (const [channel, body, contentType, bytes] of bodies) {
  test(`a body of ${JSON.stringify(channel)} is ${contentType} ${bytes}`, async () => {
    const { mail } = await send({ channel, message: body ?? {} })
    assert.ok(mail)
    assert.deepEqual([mail.body.contentType, Buffer.from(mail.body.content).toString('hex')], [contentType, bytes])
  })
}

function row(name: string, type: string, source: string, header = ''): string {
  const cells = {
    'attachment.name': name,
    'attachment.type': type,
    'attachment.source': source,
    'attachment.value': header,
  }
  return `<row>${Object.entries(cells)
    .map(([id, value]) => `<cell id='${id}'>${value}</cell>`)
    .join('')}</row>`
}

test('attachments are the configured ones, then those of the message', async () => {
  const { mail } = await send({
    channel: {
      attachments: row('${header.id}.csv', 'text/csv', 'Body') + row('', 'application/json', 'Header', 'data'),
      keep_attachments: '1',
      attachmentTransferEncoding: 'quoted-printable',
    },
    message: {
      body: 'a;b',
      headers: { id: 'x', data: '{}' },
      attachments: { 'logo\n.png': 'png' },
    },
  })
  assert.deepEqual(
    mail?.attachments.map(attachment => ({ ...attachment, content: text(attachment) })),
    [
      { name: 'x.csv', contentType: 'text/csv; charset=UTF-8', content: 'a;b' },
      { name: 'attachment-2', contentType: 'application/json; charset=UTF-8', content: '{}' },
      { name: 'logo .png', contentType: 'text/plain', content: 'png' },
    ].map(attachment => ({ ...attachment, transferEncoding: 'quoted-printable' })),
  )
})

test("the message's attachments stay behind unless the channel takes them", async () => {
  const { mail } = await send({ message: { attachments: { a: 'b' } } })
  assert.deepEqual(mail?.attachments, [])
})

const servers: readonly [channel: Texts, server: Partial<MailServer>][] = [
  [{}, { host: 'mail.example', port: 25, protection: 'off', login: undefined, timeoutMs: 30_000 }],
  [
    { server: 'm.example:587', ssl: 'starttls_mandatory', timeout: '3000' },
    { port: 587, protection: 'starttls-mandatory', timeoutMs: 3_000 },
  ],
  [
    { server: '[::1]:2525', ssl: 'starttls_optional' },
    { host: '::1', port: 2525, protection: 'starttls-optional' },
  ],
  [{ ssl: 'smtps' }, { port: 465, protection: 'smtps' }],
  [{ auth: 'loginPlain', user: 'bot', ssl: 'smtps' }, { login: { method: 'plain', user: 'u', password: 'p' } }],
  [{ auth: 'loginEncrypted', user: 'bot' }, { login: { method: 'encrypted', user: 'u', password: 'p' } }],
]

for (const [channel, expected] of servers) {
  test(`the server of ${JSON.stringify(channel)}`, async () => {
    const credentials = { bot: { kind: 'user', user: 'u', password: 'p' } } as const
    const { server } = await send({ channel, world: { credentials } })
    assert.deepEqual({ ...server, ...expected }, server)
  })
}

const failing: readonly [name: string, given: Given, code: string][] = [
  ['no credentials', { channel: { auth: 'loginPlain', user: 'none' } }, 'credential'],
  ['no server', { channel: { server: '' } }, 'receiver'],
  ['no sender', { channel: { from: '' } }, 'receiver'],
  ['no recipient', { channel: { to: '${header.none}' } }, 'receiver'],
  ['a recipient that is none', { channel: { to: '${in.body}' } }, 'receiver'],
  ['too many recipients', { channel: { to: 'a@b.example,'.repeat(101) } }, 'receiver'],
]

for (const [name, given, code] of failing) {
  test(`${name}: no mail, ${code}`, async () => {
    const { failure, count } = await send(given)
    assert.deepEqual([failure?.code, failure?.stepId, count], [code, 'Mail', 0])
  })
}

const reported: readonly [channel: Texts, severity: string, code: string][] = [
  [{ 'encrypt.type': 'smime' }, 'error', 'unsupported-value'],
  [{ auth: 'oauth2' }, 'error', 'unsupported-value'],
  [{ proxyType: 'manual' }, 'error', 'unsupported-value'],
  [{ timeout: '300001' }, 'error', 'invalid-value'],
  [{ subject: '${' }, 'error', 'unsupported-expression'],
  [{ attachments: row('a', 'text/plain', 'Header') }, 'error', 'invalid-value'],
  [{ server: '<host>' }, 'warning', 'incomplete-address'],
  [{ to: 'somebody' }, 'warning', 'invalid-value'],
  [{ auth: 'loginEncrypted' }, 'warning', 'missing-credential'],
  [{ auth: 'loginPlain', user: 'u' }, 'warning', 'unprotected-password'],
  [{ proxyType: 'sapcc' }, 'warning', 'no-cloud-connector'],
]

for (const [channel, severity, code] of reported) {
  test(`${JSON.stringify(channel)} is reported: ${severity} ${code}`, async () => {
    const { plan, diagnostics } = await compileSource(flowOf(channel), { registry })
    const found = diagnostics.filter(({ at }) => at.elementId === 'Channel-Mail')
    assert.deepEqual(
      found.map(diagnostic => [diagnostic.severity, diagnostic.code]),
      [[severity, code]],
    )
    assert.equal(plan === undefined, severity === 'error')
  })
}
