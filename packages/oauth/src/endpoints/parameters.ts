import { OAuthError } from '../errors.ts'
import type { OAuthRequest } from '../message.ts'
import { decodeFormValue } from '../text/encoding.ts'

/** Parameters of a token request. Those without a value count as absent (RFC 6749 §3.2). */
export interface Parameters {
  readonly query: ReadonlyMap<string, string>
  readonly form: ReadonlyMap<string, string>
  /** From the query or the form, which never contradict each other. */
  get(name: string): string | undefined
}

/** Limits of a token request in characters; a parameter counts whether or not its name is known. */
export const tokenRequestLimits = Object.freeze({ query: 8192, body: 65_536, authorization: 4096, parameters: 100 })

/**
 * Merges query and form body; clients in the field use either (documented behaviour). Names not in `known` are ignored.
 * A body of another type is not read: clients send `{}` or nothing with the parameters in the query. Without any
 * `Content-Type` the body is taken for a form. Throws `OAuthError`.
 */
export function parseParameters(request: OAuthRequest, known: ReadonlySet<string>): Parameters {
  const { query, body, contentType } = request
  const limits = tokenRequestLimits
  if (query.length > limits.query || body.length > limits.body) {
    throw new OAuthError('request_too_large', `query of ${query.length} and body of ${body.length} characters`)
  }
  const fromQuery = parseEncoded(query, known, 'query')
  const fromForm = parseEncoded(isForm(contentType) ? body : '', known, 'body')
  for (const [name, value] of fromForm) {
    if ((fromQuery.get(name) ?? value) !== value) throw duplicate(name)
  }
  return { query: fromQuery, form: fromForm, get: name => fromQuery.get(name) ?? fromForm.get(name) }
}

function isForm(contentType: string | undefined): boolean {
  if (!contentType) return true
  return contentType.split(';', 1)[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded'
}

/** The parameters of one place by name; those without a value are left out. Throws `OAuthError`. */
export function parseEncoded(text: string, known: ReadonlySet<string>, place: string): Map<string, string> {
  const found = new Map<string, string>()
  if (text === '') return found
  const pairs = text.split('&', tokenRequestLimits.parameters + 1)
  if (pairs.length > tokenRequestLimits.parameters) {
    throw new OAuthError('request_too_large', `more than ${tokenRequestLimits.parameters} parameters in the ${place}`)
  }
  for (const pair of pairs) {
    const equals = pair.indexOf('=')
    const name = decodeFormValue(equals < 0 ? pair : pair.slice(0, equals))
    if (name === undefined || !known.has(name)) continue
    const value = decodeFormValue(equals < 0 ? '' : pair.slice(equals + 1))
    if (value === undefined) throw new OAuthError('malformed_parameter', `broken escape in ${name} of the ${place}`)
    if (value === '') continue
    if ((found.get(name) ?? value) !== value) throw duplicate(name)
    found.set(name, value)
  }
  return found
}

function duplicate(name: string): OAuthError {
  return new OAuthError('duplicate_parameter', `${name} was sent with different values`)
}
