import {
  Failure,
  type FailureCode,
  type MailSender,
  type MailServer,
  type OutgoingMail,
  type SentMail,
} from '@sluice/iflow'
import type { NodemailerError, SMTPPoolOptions, SMTPPoolSentMessageInfo, Transporter } from 'nodemailer'
import type { KeystoreStore } from '../store/store.ts'
import { type Trust, trustOf } from './trust.ts'

/** Limits of outgoing mail. */
export interface MailLimits {
  /** Largest mail in bytes: text and attachments, before they are encoded. */
  readonly bytesMax: number
  /** Longest time in milliseconds from waiting for a connection to the server's last word. */
  readonly sendMsMax: number
}

/** Connections to one server with one login; mails beyond that wait, and their time runs. */
const connectionsMax = 5
/** Servers may close a connection that is idle for five minutes (RFC 5321 section 4.5.3.2.7). */
const idleMs = 60_000
/** Servers whose connections are kept at the same time. */
const poolsMax = 100

type Pool = Transporter<SMTPPoolSentMessageInfo, SMTPPoolOptions>

/**
 * Mail of flows over SMTP, through connections that are kept and used again. Certificates are verified, see `trustOf`. No
 * proxy is used, and no mail is sent twice: one whose connection is cut fails.
 */
export class OutgoingMailSender implements MailSender {
  readonly #limits: MailLimits
  /** The one used longest ago first. */
  readonly #pools = new Map<string, Pool>()
  readonly #keystore: Pick<KeystoreStore, 'list'>
  #trust: Promise<Trust | undefined> | undefined
  /** How often the keystore has changed: connections of before are not used any more. */
  #changes = 0

  constructor(limits: MailLimits, keystore: Pick<KeystoreStore, 'list'>) {
    this.#limits = limits
    this.#keystore = keystore
  }

  async send(mail: OutgoingMail, server: MailServer): Promise<SentMail> {
    const { bytesMax, sendMsMax } = this.#limits
    const size = mail.attachments.reduce((sum, { content }) => sum + content.length, mail.body.content.length)
    if (size > bytesMax) {
      throw new Failure(`Expected a mail of at most ${bytesMax} bytes, found ${size}.`, { code: 'size-limit' })
    }
    const { mimeOf } = await import('./mail-message.ts')
    const mime = await mimeOf(mail)
    const pool = await this.#poolOf(server)
    const signal = AbortSignal.timeout(sendMsMax)
    const sent = await pool
      .sendMail({ envelope: mime.getEnvelope(), raw: mime.createReadStream(), signal })
      .catch((error: NodemailerError) => {
        throw failureOf(error, server)
      })
    if (sent.rejected.length > 0) throw refusedRecipients(sent, server)
    return { messageId: mime.messageId() }
  }

  /** The keystore has changed. */
  keystoreChanged(): void {
    this.#changes += 1
    this.#trust = undefined
  }

  /** Cuts what is still under way. */
  close(): void {
    for (const pool of this.#pools.values()) pool.close({ force: true })
    this.#pools.clear()
  }

  async #poolOf(server: MailServer): Promise<Pool> {
    const { createTransport } = await import('nodemailer')
    this.#trust ??= trustOf(this.#keystore)
    const trust = await this.#trust
    const key = JSON.stringify([this.#changes, server])
    const pool = this.#pools.get(key) ?? createTransport({ ...optionsOf(server, trust), pool: true })
    this.#pools.delete(key)
    this.#pools.set(key, pool)
    const [oldest = key] = this.#pools.keys()
    if (this.#pools.size > poolsMax) {
      this.#pools.get(oldest)?.close()
      this.#pools.delete(oldest)
    }
    return pool
  }
}

function optionsOf(
  { host, port, protection, login, timeoutMs }: MailServer,
  trust: Trust | undefined,
): SMTPPoolOptions {
  return {
    host,
    port,
    secure: protection === 'smtps',
    ignoreTLS: protection === 'off',
    requireTLS: protection === 'starttls-mandatory',
    tls: { rejectUnauthorized: true, ...trust },
    ...(login && {
      auth: {
        user: login.user,
        pass: login.password,
        ...(login.method === 'encrypted' && { method: 'CRAM-MD5' }),
      },
    }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    maxConnections: connectionsMax,
    maxRequeues: 0,
    idleTimeout: idleMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

function failureOf(error: NodemailerError, server: MailServer): Failure {
  const { code, responseCode, response } = error
  if (error.name === 'AbortError' || code === 'ETIMEDOUT') {
    return failure(server, 'receiver-timeout', 'none in time', { retry: 'later', cause: error })
  }
  if (code === 'ETLS') {
    return failure(server, 'connection', `no encryption (${oneLine(error.message)})`, { retry: 'later', cause: error })
  }
  if (code === 'EAUTH') {
    return failure(server, 'credential', `a refusal of the user (${oneLine(response ?? error.message)})`, {
      retry: isTemporary(responseCode) ? 'later' : 'never',
      cause: error,
    })
  }
  if (response !== undefined && responseCode !== undefined && responseCode >= 400) {
    return failure(server, 'receiver-status', `a refusal (${oneLine(response)})`, {
      retry: isTemporary(responseCode) ? 'later' : 'never',
      cause: error,
    })
  }
  if (code === 'EENVELOPE') return failure(server, 'receiver', oneLine(error.message), { retry: 'never', cause: error })
  const found = `no connection, or one that was cut (${oneLine(error.message)})`
  return failure(server, 'connection', found, { retry: 'later', cause: error })
}

/** The others have got the mail by now: SMTP has no way back. */
function refusedRecipients({ rejected, rejectedErrors = [] }: SMTPPoolSentMessageInfo, server: MailServer): Failure {
  const reasons = rejected.map(
    (recipient, index) => `${recipient} (${oneLine(rejectedErrors[index]?.response ?? 'no reason')})`,
  )
  const found = `a refusal of recipients, while the others get the mail: ${reasons.join(', ')}`
  return failure(server, 'receiver-status', found, { retry: 'never', cause: rejectedErrors[0] })
}

function failure(
  { host, port }: MailServer,
  code: FailureCode,
  found: string,
  rest: { readonly retry: 'never' | 'later'; readonly cause: unknown },
): Failure {
  return new Failure(`Expected mail server ${host}:${port} to take the mail, found ${found}.`, { code, ...rest })
}

/** RFC 5321 section 4.2.1: 4yz says that the same may succeed later. */
function isTemporary(status: number | undefined): boolean {
  return status !== undefined && status >= 400 && status < 500
}

/** What servers say may be long, and its lines are many. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 300)
}
