import { flag, tab, text, when } from '../compile/props.ts'
import { defineStep, type StepContext } from '../compile/step.ts'
import { concatenate } from '../formats/concatenate.ts'
import { parseMediaType } from '../formats/media-type.ts'
import { type Part, sentPart, writeHeaders, writeMultipart, writeMultipartTask } from '../formats/multipart.ts'
import { Body } from '../run/body.ts'
import type { Exchange } from '../run/exchange.ts'
import { HeaderMap } from '../run/header-map.ts'
import { heavyCopyFrom } from '../run/heavy-work.ts'
import type { RunScope } from '../run/scope.ts'
import { asText } from '../run/value.ts'

export const mimeMultipartEncode = defineStep({
  type: 'MIME Multipart Message Encode',
  label: 'MIME Multipart Encoder',
  doc: [
    'Puts body and attachments together as a MIME multipart message: the body first, in the media type that header',
    '`Content-Type` says, then the attachments in Base64. The message then has no attachments.',
  ].join(' '),
  versions: { from: '1.0', to: '1.2' },
  group: 'Transformation',
  element: { version: '1.2.0', properties: { activityType: 'Encoder', encoderType: 'MIME Multipart Message Encode' } },
  leaves: 'one',
  props: tab('Processing', {
    MultipartSubtype: text('Multipart Subtype', 'What stands behind `multipart/`.', {
      default: 'mixed',
      fresh: 'Mixed',
    }),
    MultipartAddHeadersInline: flag(
      'Add Multipart Headers Inline',
      'Whether the multipart headers go to the start of the body. If not, they become headers of the message, and a message without attachments stays as it is.',
      { default: false },
    ),
    ...when('MultipartAddHeadersInline', ['true', '1'], {
      IncludeHeaders: text(
        'Include Headers',
        'Inline only: a regular expression for whole names of headers that go there too.',
        { default: '' },
      ),
    }),
    ...when('MultipartAddHeadersInline', ['false', '0'], {
      FoldLongHeaders: flag(
        'Fold Long Headers',
        'Not inline: whether header `Content-Type` may go over several lines.',
        { default: false },
      ),
    }),
  }),
  examples: [
    {
      title: 'Headers in the body',
      properties: { MultipartAddHeadersInline: 'true', IncludeHeaders: 'x-.*' },
      input: { body: 'Hello', headers: { 'Content-Type': 'text/plain', 'X-Trace': '1' } },
      output: {
        body: 'Message-ID: <ca16810c0b4193639d9a84fe34bc5ca6>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="----=_Part_f3c9ebfd2b30f05c70710a2ebd22e0b2"\r\nX-Trace: 1\r\n\r\n------=_Part_f3c9ebfd2b30f05c70710a2ebd22e0b2\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: 8bit\r\n\r\nHello\r\n------=_Part_f3c9ebfd2b30f05c70710a2ebd22e0b2--\r\n',
      },
    },
  ],
  compile: (props, context) => {
    const included = includedHeaders(props.IncludeHeaders.trim(), context)
    const subtype = props.MultipartSubtype.trim().toLowerCase() || 'mixed'
    if (included === undefined) return undefined
    return (exchange, scope) => {
      if (!props.MultipartAddHeadersInline && exchange.attachments.size === 0) return undefined
      const boundary = `----=_Part_${randomHex(scope)}`
      const gap = props.FoldLongHeaders && !props.MultipartAddHeadersInline ? '\r\n\t' : ' '
      const headers = new HeaderMap([
        ['Message-ID', `<${randomHex(scope)}>`],
        ['MIME-Version', '1.0'],
        ['Content-Type', `multipart/${subtype};${gap}boundary="${boundary}"`],
      ])
      const replace = (content: Uint8Array): undefined => {
        exchange.attachments.clear()
        exchange.headers.delete('Content-Type')
        if (!props.MultipartAddHeadersInline) {
          for (const [name, value] of headers) exchange.headers.set(name, value)
          exchange.body = Body.of(content)
          return
        }
        for (const [name, value] of exchange.headers) if (included.test(name)) headers.set(name, asText(value))
        exchange.body = Body.of(concatenate([new TextEncoder().encode(`${writeHeaders(headers)}\r\n`), content]))
      }
      const parts = partsOf(exchange)
      if (parts.reduce((sum, { content }) => sum + content.length, 0) <= heavyCopyFrom) {
        return replace(writeMultipart(parts, boundary))
      }
      const work = { parts: parts.map(sentPart), boundary }
      return scope.ports.heavyWork.run(writeMultipartTask, work).then(replace)
    }
  },
})

function includedHeaders(pattern: string, context: StepContext): RegExp | undefined {
  if (pattern === '') return /^(?!)/
  try {
    return new RegExp(`^(?:${pattern})$`, 'i')
  } catch {
    context.report('invalid-value', `Expected IncludeHeaders to be a regular expression, found "${pattern}".`)
    return undefined
  }
}

function partsOf(exchange: Exchange): Part[] {
  const contentType = asText(exchange.headers.get('Content-Type')) || 'application/octet-stream'
  const body: Part = {
    headers: new HeaderMap([
      ['Content-Type', contentType],
      ['Content-Transfer-Encoding', contentType.toLowerCase().startsWith('text/') ? '8bit' : 'binary'],
    ]),
    // A text is written as its part says that it is.
    content: exchange.body.bytes(parseMediaType(contentType).parameters.get('charset') ?? exchange.charset),
  }
  const attachments = Array.from(exchange.attachments, ([name, { body: file, contentType: type }]): Part => {
    const disposition = `attachment; filename="${name.replace(/["\\]/g, '\\$&')}"`
    const headers = new HeaderMap([
      ['Content-Type', type],
      ['Content-Transfer-Encoding', 'base64'],
      ['Content-Disposition', disposition],
    ])
    return { headers, content: file.bytes() }
  })
  return [body, ...attachments]
}

function randomHex({ ports }: RunScope): string {
  return Array.from(ports.random.bytes(16), byte => byte.toString(16).padStart(2, '0')).join('')
}
