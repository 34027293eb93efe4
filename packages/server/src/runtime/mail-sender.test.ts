import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { Failure, type MailAttachment, type MailServer, type OutgoingMail } from '@sluice/iflow'
import type { SMTPServerOptions } from 'smtp-server'
import { addressesOf, type MailSink, startMailSink } from '../../test/mail-sink.ts'
import { readCertificate } from '../keystore/certificate.ts'
import { flowsKeyPem, flowsPem, issuingPem, rootPem } from '../keystore/testing/example-material.ts'
import type { KeystoreEntry } from '../store/store.ts'
import { selfSigned } from '../testing/self-signed.ts'
import { OutgoingMailSender } from './mail-sender.ts'

const ada = { name: '', address: 'ada@example.com' }
const bob = { name: '', address: 'bob@example.com' }

function mailOf(
  parts: Partial<Omit<OutgoingMail, 'body'>> & { readonly body?: string | Uint8Array } = {},
): OutgoingMail {
  const { body = 'Hello', ...rest } = parts
  return {
    from: { name: '', address: 'sluice@example.com' },
    to: [ada],
    cc: [],
    bcc: [],
    subject: 'Test',
    attachments: [],
    sentAt: Date.UTC(2025, 2, 14, 15, 9, 26),
    ...rest,
    body: { contentType: 'text/plain; charset=UTF-8', content: typeof body === 'string' ? Buffer.from(body) : body },
  }
}

const noKeystore = { list: async () => [] }

const login = { method: 'plain', user: 'flow', password: 'pass wörd' } as const

describe('outgoing mail', () => {
  const limits = { bytesMax: 4 * 1024 * 1024, sendMsMax: 600_000 }
  const sender = new OutgoingMailSender(limits, noKeystore)
  let sink: MailSink
  const sinks: MailSink[] = []
  const sockets = new Set<Socket>()
  const servers: Server[] = []
  before(async () => {
    sink = await startSink()
  })
  after(async () => {
    sender.close()
    for (const socket of sockets) socket.destroy()
    for (const server of servers) server.close()
    await Promise.all(sinks.map(started => started.close()))
  })

  async function startSink(options?: SMTPServerOptions): Promise<MailSink> {
    const started = await startMailSink(options)
    sinks.push(started)
    return started
  }

  /** A server that is none: what it says to whoever connects. */
  async function startImpostor(speak: (socket: Socket) => void): Promise<number> {
    const server = createServer(socket => {
      sockets.add(socket.on('error', () => {}))
      speak(socket)
    })
    servers.push(server)
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    return (server.address() as AddressInfo).port
  }

  const at = (port: number, parts: Partial<MailServer> = {}): MailServer => ({
    host: 'localhost',
    port,
    protection: 'off',
    login: undefined,
    timeoutMs: 60_000,
    ...parts,
  })

  const failureOf = async (sent: Promise<unknown>): Promise<Failure> => {
    const outcome = await sent.then(
      () => undefined,
      (error: unknown) => error,
    )
    assert.ok(outcome instanceof Failure, String(outcome))
    return outcome
  }
  const outcomeOf = async (sent: Promise<unknown>) => {
    const { code, retry } = await failureOf(sent)
    return `${code}, ${retry}`
  }

  async function caught(mail: OutgoingMail) {
    const { messageId } = await sender.send(mail, at(sink.port))
    const found = sink.mails.at(-1)
    assert.equal(found?.mail.messageId, messageId)
    return found
  }

  test('a mail arrives as it was made, and only the envelope knows of blind copies', async () => {
    const found = await caught(
      mailOf({
        from: { name: 'Sluice, the "tenant"', address: 'sluice@example.com' },
        to: [ada, bob],
        cc: [{ name: 'Čeněk', address: 'cenek@example.com' }],
        bcc: [{ name: '', address: 'dora@example.com' }],
        subject: 'Bestellung für Łódź 🛒',
        body: 'Grüße,\n.\nSluice=',
      }),
    )
    const { mail, recipients, source } = found
    assert.deepEqual(recipients, ['ada@example.com', 'bob@example.com', 'cenek@example.com', 'dora@example.com'])
    assert.equal(source.includes('dora'), false)
    assert.deepEqual(addressesOf(mail.from), ['Sluice, the "tenant" <sluice@example.com>'])
    assert.deepEqual(addressesOf(mail.to), ['ada@example.com', 'bob@example.com'])
    assert.deepEqual(addressesOf(mail.cc), ['Čeněk <cenek@example.com>'])
    assert.deepEqual([mail.subject, mail.text], ['Bestellung für Łódź 🛒', 'Grüße,\n.\nSluice=\n'])
    assert.equal(mail.date?.toISOString(), '2025-03-14T15:09:26.000Z')
  })

  test('addresses in other scripts arrive at a server that takes them', async () => {
    const { recipients } = await caught(mailOf({ to: [{ name: '', address: 'jürgen@bücher.example' }] }))
    assert.deepEqual(recipients, ['jürgen@bücher.example'])
  })

  test('what a message holds cannot write a line of the head', async () => {
    const subject = 'Hi\r\nBcc: eve@example.com\r\n\r\nGotcha'
    const to = [{ name: 'A\r\nX-Evil: 1', address: 'ada@example.com' }]
    const { mail, recipients } = await caught(mailOf({ subject, to }))
    assert.deepEqual(
      [recipients, mail.headers.has('x-evil'), mail.headers.has('bcc')],
      [['ada@example.com'], false, false],
    )
    assert.equal(mail.text, 'Hello\n')
  })

  test('a text in another charset says so', async () => {
    const body = { contentType: 'text/html; charset=ISO-8859-1', content: Buffer.from('<b>für</b>', 'latin1') }
    const { mail } = await caught({ ...mailOf(), body })
    assert.equal(mail.html, '<b>für</b>\n')
  })

  test('attachments arrive byte by byte, however they are written', async () => {
    const bytes = Buffer.from(Array.from({ length: 1_000 }, (_, index) => index % 256))
    const files: Readonly<Record<string, Pick<MailAttachment, 'content' | 'transferEncoding' | 'contentType'>>> = {
      'räksmörgås.bin': { content: bytes, transferEncoding: 'base64', contentType: 'application/octet-stream' },
      'binary.bin': { content: bytes, transferEncoding: 'binary', contentType: 'application/octet-stream' },
      'quoted.csv': { content: Buffer.from('a;ü\r\n'), transferEncoding: 'quoted-printable', contentType: 'text/csv' },
      'lines.xml': { content: Buffer.from('<a>\n</a>'), transferEncoding: '7bit', contentType: 'application/xml' },
      'short.json': { content: Buffer.from('{"a":1}\r\n'), transferEncoding: '7bit', contentType: 'application/json' },
    }
    const attachments = Object.entries(files).map(([name, file]) => ({ name, ...file }))
    const { mail, source } = await caught(mailOf({ attachments }))
    assert.deepEqual(
      mail.attachments.map(({ filename, content, contentType }) => [filename, content.toString('hex'), contentType]),
      attachments.map(({ name, content, contentType }) => [name, Buffer.from(content).toString('hex'), contentType]),
    )
    assert.match(source, /\{"a":1\}/)
    assert.equal(mail.text, 'Hello')
  })

  test('a large mail arrives whole, one that is too large is not sent', async () => {
    const text = 'Zeile für Zeile\n'.repeat(100_000)
    assert.equal((await caught(mailOf({ body: text }))).mail.text, text)
    const count = sink.mails.length
    const failure = await failureOf(sender.send(mailOf({ body: new Uint8Array(limits.bytesMax + 1) }), at(sink.port)))
    assert.deepEqual([failure.code, sink.mails.length], ['size-limit', count])
  })

  test('connections are used again, and are few', async () => {
    const own = await startSink()
    await Promise.all(Array.from({ length: 40 }, () => sender.send(mailOf(), at(own.port))))
    assert.equal(own.mails.length, 40)
    assert.ok(own.connections() <= 5, `${own.connections()} connections`)
  })

  const protections: readonly [protection: MailServer['protection'], offered: boolean, outcome: string][] = [
    ['starttls-mandatory', true, 'encrypted'],
    ['starttls-optional', true, 'encrypted'],
    ['starttls-optional', false, 'plain'],
    ['off', true, 'plain'],
    ['starttls-mandatory', false, 'connection, later'],
  ]
  for (const [protection, offered, outcome] of protections) {
    test(`${protection}, server ${offered ? 'with' : 'without'} STARTTLS: ${outcome}`, async () => {
      await trusting(async () => {
        let isSecure = false
        const onMailFrom: SMTPServerOptions['onMailFrom'] = (_, session, done) => {
          isSecure = session.secure
          done()
        }
        const own = await startSink({ onMailFrom, ...(offered && selfSigned) })
        const sent = sender.send(mailOf(), at(own.port, { protection }))
        const found = await sent.then(
          () => (isSecure ? 'encrypted' : 'plain'),
          () => outcomeOf(sent),
        )
        assert.equal(found, outcome)
      })
    })
  }

  test('SMTPS is encrypted from the start, and a certificate that nobody vouches for is refused', async () => {
    const own = await startSink({ secure: true, ...selfSigned })
    const server = at(own.port, { protection: 'smtps' })
    const failure = await failureOf(sender.send(mailOf(), server))
    assert.deepEqual([failure.code, /self-signed certificate/.test(failure.message)], ['connection', true])
    await trusting(() => sender.send(mailOf(), server))
    assert.equal(own.mails.length, 1)
  })

  test('a certificate of the keystore is trusted once it is there', async () => {
    const own = await startSink({ secure: true, key: flowsKeyPem, cert: flowsPem + issuingPem })
    const entries: KeystoreEntry[] = []
    const knowing = new OutgoingMailSender(limits, { list: async () => entries })
    const server = at(own.port, { protection: 'smtps' })
    assert.equal((await failureOf(knowing.send(mailOf(), server))).code, 'connection')
    const audit = { createdBy: '', createdAt: 0, modifiedBy: '', modifiedAt: 0 }
    const certificates = [readCertificate(Buffer.from(rootPem))]
    entries.push({ alias: 'root', kind: 'certificate', certificates, ...audit })
    knowing.keystoreChanged()
    await knowing.send(mailOf(), server)
    knowing.close()
  })

  for (const method of ['plain', 'encrypted'] as const) {
    test(`a user logs in (${method}), and one with another password does not`, async () => {
      const methods: string[] = []
      const own = await startSink({
        authOptional: false,
        allowInsecureAuth: true,
        authMethods: ['PLAIN', 'LOGIN', 'CRAM-MD5'],
        onAuth: (auth, _, done) => {
          methods.push(auth.method)
          const isRight =
            auth.username === login.user &&
            (auth.method === 'CRAM-MD5' ? auth.validatePassword(login.password) : auth.password === login.password)
          done(isRight ? null : new Error('Wrong password'), { user: auth.username })
        },
      })
      await sender.send(mailOf(), at(own.port, { login: { ...login, method } }))
      const wrong = at(own.port, { login: { ...login, method, password: 'other' } })
      assert.equal(await outcomeOf(sender.send(mailOf(), wrong)), 'credential, never')
      const expected = method === 'plain' ? 'PLAIN' : 'CRAM-MD5'
      assert.deepEqual([methods, own.mails.length], [[expected, expected], 1])
    })
  }

  test('a refused recipient fails the mail, for good or for a while as the server says', async () => {
    const own = await startSink({
      onRcptTo: ({ address }, _, done) => {
        const status = { 'gone@example.com': 550, 'full@example.com': 452 }[address]
        done(status === undefined ? null : Object.assign(new Error('not here'), { responseCode: status }))
      },
    })
    const to = (...addresses: string[]) => mailOf({ to: addresses.map(address => ({ name: '', address })) })
    const send = (mail: OutgoingMail) => sender.send(mail, at(own.port))
    assert.equal(await outcomeOf(send(to('gone@example.com'))), 'receiver-status, never')
    assert.equal(await outcomeOf(send(to('full@example.com'))), 'receiver-status, later')
    assert.equal(own.mails.length, 0)
    const failure = await failureOf(send(to('ada@example.com', 'gone@example.com')))
    assert.match(failure.message, /gone@example\.com \(550 not here\)/)
    assert.deepEqual([failure.retry, own.mails.map(({ recipients }) => recipients)], ['never', [['ada@example.com']]])
  })

  test('a server that refuses the mail itself fails it, and takes the next one', async () => {
    let isOver = true
    const own = await startSink({
      onMailFrom: (_, __, done) => done(isOver ? Object.assign(new Error('quota'), { responseCode: 552 }) : null),
    })
    assert.equal(await outcomeOf(sender.send(mailOf(), at(own.port))), 'receiver-status, never')
    isOver = false
    await sender.send(mailOf(), at(own.port))
    assert.equal(own.mails.length, 1)
  })

  const hasty = { timeoutMs: 200 }
  const impostors: readonly [what: string, speak: (socket: Socket) => void, outcome: string, parts?: typeof hasty][] = [
    ['says nothing', () => {}, 'receiver-timeout, later', hasty],
    ['falls silent', socket => void socket.write('220 hello\r\n'), 'receiver-timeout, later', hasty],
    ['cuts the connection', socket => void socket.destroy(), 'connection, later'],
    ['cuts it after its greeting', socket => void socket.end('220 hello\r\n'), 'connection, later'],
    ['is something else', socket => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), 'connection, later'],
  ]
  for (const [what, speak, outcome, parts] of impostors) {
    test(`a server that ${what} fails the mail`, async () => {
      const port = await startImpostor(speak)
      assert.equal(await outcomeOf(sender.send(mailOf(), at(port, parts))), outcome)
    })
  }

  test('a server that trickles its answer for ever is given up', async () => {
    const port = await startImpostor(socket => {
      const timer = setInterval(() => socket.write('220-still thinking\r\n'), 20)
      socket.on('close', () => clearInterval(timer))
    })
    const impatient = new OutgoingMailSender({ ...limits, sendMsMax: 200 }, noKeystore)
    assert.equal(await outcomeOf(impatient.send(mailOf(), at(port))), 'receiver-timeout, later')
    impatient.close()
  })

  test('nothing listens', async () => {
    const port = await startImpostor(() => {})
    servers.at(-1)?.close()
    assert.equal(await outcomeOf(sender.send(mailOf(), at(port))), 'connection, later')
  })
})

/** Lets this process trust the test's certificate meanwhile. */
async function trusting<T>(run: () => Promise<T>): Promise<T> {
  const before = getCACertificates('default')
  setDefaultCACertificates([...before, selfSigned.cert])
  try {
    return await run()
  } finally {
    setDefaultCACertificates(before)
  }
}
