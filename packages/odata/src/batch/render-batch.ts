/** An answer inside a batch. */
export interface BatchAnswer {
  readonly status: number
  /** The reason phrase. */
  readonly phrase: string
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
  /** What the request was called. */
  readonly contentId: string | undefined
}

/** The answer to one thing that a batch asked for; a changeset that failed has a single answer instead of a list. */
export type BatchItemAnswer = BatchAnswer | { readonly changeset: readonly BatchAnswer[] }

/**
 * Writes the answer to a batch (OData V2, "Batch Processing", section 2.3) in pieces to be joined: texts are UTF-8. The
 * boundary must not occur in any answer; those of changesets are made from it and do not begin with it, because the SAP Cloud
 * SDK would end the changeset there.
 */
export function renderBatch(items: readonly BatchItemAnswer[], boundary: string): (string | Uint8Array)[] {
  const pieces = items.flatMap((item, index) => {
    if (!('changeset' in item)) return [`--${boundary}\r\n`, ...renderAnswer(item)]
    const inner = `changeset_${index}_${boundary}`
    return [
      `--${boundary}\r\nContent-Type: multipart/mixed; boundary=${inner}\r\n\r\n`,
      ...item.changeset.flatMap(answer => [`--${inner}\r\n`, ...renderAnswer(answer)]),
      `--${inner}--\r\n`,
    ]
  })
  return [...pieces, `--${boundary}--\r\n`]
}

function renderAnswer({ status, phrase, headers, body, contentId }: BatchAnswer): (string | Uint8Array)[] {
  const lines = [
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    ...(contentId === undefined ? [] : [`Content-ID: ${contentId}`]),
    '',
    `HTTP/1.1 ${status} ${phrase}`,
    ...Object.entries(headers).map(([name, value]) => `${fieldName(name)}: ${value}`),
    ...(status === 204 ? [] : [`Content-Length: ${typeof body === 'string' ? utf8Length(body) : body.length}`]),
    '',
    '',
  ]
  return [lines.join('\r\n'), body, '\r\n']
}

function fieldName(name: string): string {
  if (name === 'dataserviceversion') return 'DataServiceVersion'
  return name.replace(/(?:^|-)[a-z]/g, start => start.toUpperCase())
}

/** How many bytes a text takes in UTF-8; a lone surrogate takes those of U+FFFD, as encoders write it. */
function utf8Length(text: string): number {
  let length = text.length
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x80) continue
    const isHigh = unit >= 0xd800 && unit < 0xdc00
    const isPair = isHigh && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00
    length += unit < 0x800 ? 1 : 2
    // Two units that take four bytes.
    if (isPair) at++
  }
  return length
}
