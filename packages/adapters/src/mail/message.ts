import {
  type AdapterContext,
  asText,
  Body,
  type Cells,
  type Evaluate,
  type Exchange,
  Failure,
  type MailAddress,
  type MailAttachment,
  type MailContent,
  type OutgoingMail,
  type RunScope,
} from '@sluice/iflow'
import { readAddresses } from './addresses.ts'

/** What a mail depends on besides the message. */
export interface MessageProps {
  readonly from: string
  readonly to: string
  readonly cc: string
  readonly bcc: string
  readonly subject: string
  readonly body: string
  readonly content_type: string
  readonly content_encoding: string
  readonly attachments: readonly Cells[]
  readonly keep_attachments: boolean
  readonly attachmentTransferEncoding: 'auto' | MailAttachment['transferEncoding']
}

/** Makes the mail of a message. Throws a `Failure` of code `receiver` when the addresses are none. */
export type MailOf = (exchange: Exchange, scope: RunScope) => OutgoingMail

/** RFC 5321 section 4.5.3.1.8: what every server takes. */
const recipientsMax = 100

/** Compiles the expressions of a channel; undefined when something was reported. */
export async function compileMail(props: MessageProps, context: AdapterContext): Promise<MailOf | undefined> {
  const fromOf = await addressesOf('from', props.from, context)
  const toOf = await addressesOf('to', props.to, context)
  const ccOf = await addressesOf('cc', props.cc, context)
  const bccOf = await addressesOf('bcc', props.bcc, context)
  const subjectOf = await context.value('simple', props.subject)
  const bodyOf = await compileBody(props, context)
  const attachmentsOf = await compileAttachments(props, context)
  if (!fromOf || !toOf || !ccOf || !bccOf || !subjectOf || !bodyOf || !attachmentsOf) return undefined
  return (exchange, scope) => {
    const [from] = fromOf(exchange, scope)
    if (from === undefined) throw noAddress(`Expected property "from" to give an e-mail address, found nothing.`)
    const [to, cc, bcc] = [toOf(exchange, scope), ccOf(exchange, scope), bccOf(exchange, scope)]
    const count = to.length + cc.length + bcc.length
    if (count < 1 || count > recipientsMax) {
      throw noAddress(`Expected a mail to have from 1 to ${recipientsMax} recipients, found ${count}.`)
    }
    return {
      from,
      to,
      cc,
      bcc,
      subject: oneLine(asText(subjectOf(exchange, scope))),
      body: bodyOf(exchange, scope),
      attachments: attachmentsOf(exchange, scope),
      sentAt: scope.ports.clock.now(),
    }
  }
}

async function addressesOf(
  property: string,
  source: string,
  context: AdapterContext,
): Promise<Evaluate<readonly MailAddress[]> | undefined> {
  const evaluate = await context.value('simple', source.trim())
  if (!source.includes('${')) {
    const read = readAddresses(source)
    if ('problem' in read)
      context.report('invalid-value', `Expected property "${property}" to be ${read.problem}.`, 'warning')
  }
  return (
    evaluate &&
    ((exchange, scope) => {
      const read = readAddresses(asText(evaluate(exchange, scope)))
      if ('addresses' in read) return read.addresses
      throw noAddress(`Expected property "${property}" to give ${read.problem}.`)
    })
  )
}

async function compileBody(props: MessageProps, context: AdapterContext): Promise<Evaluate<MailContent> | undefined> {
  const type = props.content_type.trim().toLowerCase()
  const charset = props.content_encoding.trim() === 'UTF-ASCII' ? 'US-ASCII' : props.content_encoding.trim()
  const textOf = await context.value('simple', props.body)
  // A file that is the mail's body must not pass through a charset.
  if (isFile(type) && /^\$\{(?:in\.)?body\}$/.test(props.body.trim())) {
    return ({ body, charset: own }) => ({ contentType: type, content: body.bytes(own) })
  }
  return (
    textOf &&
    ((exchange, scope) => ({
      contentType: isFile(type) ? type : `${type}; charset=${charset}`,
      content: Body.of(asText(textOf(exchange, scope))).bytes(charset),
    }))
  )
}

type Attach = (exchange: Exchange, scope: RunScope) => Omit<MailAttachment, 'transferEncoding'>

async function compileAttachments(
  props: MessageProps,
  context: AdapterContext,
): Promise<Evaluate<readonly MailAttachment[]> | undefined> {
  const configured: Attach[] = []
  for (const [index, row] of props.attachments.entries()) {
    const attach = await compileAttachment(row, index, context)
    if (attach === undefined) return undefined
    configured.push(attach)
  }
  const { attachmentTransferEncoding: wanted } = props
  const transferEncoding = wanted === 'auto' ? 'base64' : wanted
  return (exchange, scope) => {
    const attachments = configured.map(attach => attach(exchange, scope))
    if (props.keep_attachments) {
      for (const [name, { body, contentType }] of exchange.attachments) {
        attachments.push({ name: oneLine(name), contentType: oneLine(contentType), content: body.bytes() })
      }
    }
    return attachments.map(attachment => ({ ...attachment, transferEncoding }))
  }
}

async function compileAttachment(row: Cells, index: number, context: AdapterContext): Promise<Attach | undefined> {
  const nameOf = await context.value('simple', row('attachment.name').trim())
  if (nameOf === undefined) return undefined
  const type = row('attachment.type').trim().toLowerCase() || 'application/octet-stream'
  const header = row('attachment.value').trim()
  const isHeader = row('attachment.source').trim().toLowerCase() === 'header'
  if (isHeader && header === '') {
    context.report('invalid-value', 'Expected the attachment to name a header, found nothing.')
    return undefined
  }
  return (exchange, scope) => {
    const { body, charset, headers } = exchange
    return {
      name: oneLine(asText(nameOf(exchange, scope))) || `attachment-${index + 1}`,
      contentType: isFile(type) ? type : `${type}; charset=${charset}`,
      content: (isHeader ? Body.of(asText(headers.get(header))) : body).bytes(charset),
    }
  }
}

/** Whether content of this media type is bytes; of the others, readers must know the charset. */
function isFile(type: string): boolean {
  return !type.startsWith('text/') && type !== 'application/xml' && type !== 'application/json'
}

/** Nothing that a message holds may begin a line of the mail's head. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim()
}

function noAddress(message: string): Failure {
  return new Failure(message, { code: 'receiver' })
}
