import type { AddressInfo } from 'node:net'
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** A mail that a server took: who it was for, and what it says. */
export interface CaughtMail {
  readonly from: string
  /** Of the envelope: blind copies, too. */
  readonly recipients: readonly string[]
  readonly mail: ParsedMail
  /** The mail as it came. */
  readonly source: string
}

/** A real mail server that keeps what it gets, for tests. */
export interface MailSink {
  readonly port: number
  readonly mails: CaughtMail[]
  /** How many connections were opened. */
  connections(): number
  /** Resolves when this many mails have come. */
  arrived(count: number): Promise<readonly CaughtMail[]>
  close(): Promise<void>
}

/** Starts a mail server on a free port of this machine. Without options nobody needs to log in, and STARTTLS is not offered. */
export async function startMailSink(options: SMTPServerOptions = {}): Promise<MailSink> {
  const mails: CaughtMail[] = []
  const waiting = new Set<() => void>()
  let connections = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.key === undefined ? ['STARTTLS'] : [],
    onConnect: (_, done) => {
      connections += 1
      done()
    },
    onData: async (stream, { envelope }, done) => {
      const source = Buffer.concat(await stream.toArray()).toString('utf8')
      mails.push({
        from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
        recipients: envelope.rcptTo.map(({ address }) => address),
        mail: await simpleParser(source),
        source,
      })
      done()
      for (const look of waiting) look()
    },
    ...options,
  })
  // Clients that break off are what some tests are about.
  server.on('error', () => {})
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    connections: () => connections,
    arrived: count =>
      new Promise(resolve => {
        const look = () => {
          if (mails.length < count) return
          waiting.delete(look)
          resolve(mails)
        }
        waiting.add(look)
        look()
      }),
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}

/** The addresses of a head field. */
export function addressesOf(field: AddressObject | AddressObject[] | undefined): readonly string[] {
  return [field ?? []]
    .flat()
    .flatMap(({ value }) => value.map(({ name, address = '' }) => (name ? `${name} <${address}>` : address)))
}
