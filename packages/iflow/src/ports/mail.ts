/** Mail that flows send. */
export interface MailSender {
  /**
   * Hands a mail to a mail server; resolves when the server has taken it for all recipients. Rejects with a `Failure`:
   * `connection` (none, one that was cut, or one that cannot be encrypted as it must be), `receiver-timeout`, `credential`
   * (the server refuses the user), `receiver-status` (the server refuses the mail or one of its recipients) or `size-limit`.
   */
  send(mail: OutgoingMail, server: MailServer): Promise<SentMail>
}

/** A mail server (RFC 5321) and how to speak with it. */
export interface MailServer {
  readonly host: string
  readonly port: number
  /** `starttls-optional`: encrypted when the server offers it. `smtps`: TLS from the start (RFC 8314 section 3.3). */
  readonly protection: 'off' | 'starttls-optional' | 'starttls-mandatory' | 'smtps'
  /** Undefined: nobody logs in. */
  readonly login: MailLogin | undefined
  /** Longest silence of the server, also until there is a connection. */
  readonly timeoutMs: number
}

/** Who sends. */
export interface MailLogin {
  /** `plain`: the server reads the password. `encrypted`: by challenge and response (CRAM-MD5, RFC 2195). */
  readonly method: 'plain' | 'encrypted'
  readonly user: string
  readonly password: string
}

/** A mail (RFC 5322). Texts are one line, without control characters. */
export interface OutgoingMail {
  readonly from: MailAddress
  readonly to: readonly MailAddress[]
  readonly cc: readonly MailAddress[]
  /** Get the mail; nobody sees that they do. */
  readonly bcc: readonly MailAddress[]
  readonly subject: string
  readonly body: MailContent
  readonly attachments: readonly MailAttachment[]
  /** Milliseconds since 1970. */
  readonly sentAt: number
}

/** Somebody's address, with a name that mail programs show. */
export interface MailAddress {
  /** Empty: none. */
  readonly name: string
  /** `local@domain`, either of which may be in any script (RFC 6531). */
  readonly address: string
}

/** One part of a mail. */
export interface MailContent {
  /** Media type with parameters, for text also `charset`. */
  readonly contentType: string
  readonly content: Uint8Array
}

/** A file that goes with a mail. */
export interface MailAttachment extends MailContent {
  readonly name: string
  /** How the content is written (RFC 2045 section 6); all but the last two where the content allows it, else as `base64`. */
  readonly transferEncoding: '7bit' | '8bit' | 'binary' | 'base64' | 'quoted-printable'
}

/** What the mail server was told. */
export interface SentMail {
  /** As in the mail's header, in angle brackets. */
  readonly messageId: string
}
