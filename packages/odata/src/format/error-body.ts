import { xmlContentType } from './atom.ts'
import { jsonContentType } from './json.ts'
import type { Format } from './negotiate.ts'
import { attributes, escapeText, xmlDeclaration, xmlNamespaces } from './xml.ts'

/** The public half of an error. */
export interface ErrorBody {
  /** The HTTP reason phrase, as the original has it. */
  readonly phrase: string
  readonly message: string
  /** Stable code for programs; travels as `innererror.code`, where the protocol leaves room for it. */
  readonly code: string
}

/** A rendered body and its `Content-Type`. */
export interface Rendered {
  readonly contentType: string
  readonly body: string
}

/** The error document of OData V2 in the format that the caller reads. */
export function renderError({ phrase, message, code }: ErrorBody, format: Format): Rendered {
  if (format === 'json') {
    const error = { code: phrase, message: { lang: 'en', value: message }, innererror: { code } }
    return { contentType: jsonContentType, body: JSON.stringify({ error }) }
  }
  const body = [
    `<error${attributes({ xmlns: xmlNamespaces.metadata })}><code>${escapeText(phrase)}</code>`,
    `<message xml:lang="en">${escapeText(message)}</message>`,
    `<innererror><code>${escapeText(code)}</code></innererror></error>`,
  ].join('')
  return { contentType: xmlContentType, body: `${xmlDeclaration}\n${body}` }
}
