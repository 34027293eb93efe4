import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { MailAttachment, MailContent, OutgoingMail } from '@sluice/iflow'
import type MimeNode from 'nodemailer/lib/mime-node'

/** Content is written in pieces of this size, with a turn for other messages after each. */
const pieceBytes = 128 * 1024
/** RFC 5322 section 2.1.1: longest line without its end. */
const lineBytesMax = 998

/**
 * Writes a mail as MIME (RFC 2045 and following), with `Date` and `Message-ID`. Names and texts in any script are encoded;
 * nothing in them can end a line of the head, and nothing is read from files or addresses that they name.
 */
export async function mimeOf(mail: OutgoingMail): Promise<MimeNode> {
  const { default: Node } = await import('nodemailer/lib/mime-node')
  const options = { disableFileAccess: true, disableUrlAccess: true }
  const hasFiles = mail.attachments.length > 0
  const root = new Node(hasFiles ? 'multipart/mixed' : mail.body.contentType, options)
  fill(hasFiles ? root.createChild(mail.body.contentType, options) : root, mail.body, bodyEncoding(mail.body))
  for (const attachment of mail.attachments) {
    const child = root.createChild(attachment.contentType, { ...options, filename: attachment.name })
    fill(child, attachment, attachmentEncoding(attachment))
  }
  root.setHeader('From', mail.from)
  for (const [name, list] of [
    ['To', mail.to],
    ['Cc', mail.cc],
  ] as const)
    if (list.length > 0) root.setHeader(name, [...list])
  root.setHeader('Subject', mail.subject)
  root.setHeader('Date', new Date(mail.sentAt).toUTCString().replace('GMT', '+0000'))
  root.setEnvelope({ from: mail.from.address, to: [...mail.to, ...mail.cc, ...mail.bcc].map(({ address }) => address) })
  return root
}

type Encoding = '7bit' | 'base64' | 'quoted-printable'

function fill(node: MimeNode, { content }: MailContent, encoding: Encoding): void {
  node.setHeader('Content-Transfer-Encoding', encoding)
  node.setContent(Readable.from(piecesOf(content), { objectMode: false }))
}

async function* piecesOf(content: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < content.length; start += pieceBytes) {
    yield content.subarray(start, start + pieceBytes)
    await setImmediate()
  }
}

/** Quoted-printable for what people read in the source of a mail, and only as long as it costs little. */
function bodyEncoding({ contentType, content }: MailContent): Encoding {
  return contentType.startsWith('text/') && content.length <= pieceBytes ? 'quoted-printable' : 'base64'
}

function attachmentEncoding({ transferEncoding, content }: MailAttachment): Encoding {
  if (transferEncoding === 'base64' || transferEncoding === 'quoted-printable') return transferEncoding
  return content.length <= pieceBytes && isSevenBit(content) ? '7bit' : 'base64'
}

/** Whether the content, which is not large, survives as it is: ASCII in lines that are not too long, each with CRLF at its end. */
function isSevenBit(content: Uint8Array): boolean {
  let lineStart = 0
  for (const [index, byte] of content.entries()) {
    if (byte === 0 || byte > 0x7e || index - lineStart > lineBytesMax) return false
    if (byte === 0x0d && content[index + 1] !== 0x0a) return false
    if (byte !== 0x0a) continue
    if (content[index - 1] !== 0x0d) return false
    lineStart = index + 1
  }
  return true
}
