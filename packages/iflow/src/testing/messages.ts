import type { HttpRequest } from '../compile/entry-point.ts'
import type { ExampleMessage } from '../compile/step.ts'
import { decodeBase64 } from '../formats/base64.ts'
import { Body } from '../run/body.ts'
import { Exchange } from '../run/exchange.ts'

/** A message from plain objects. */
export function message({
  body,
  bytes,
  attachments = {},
  headers = {},
  properties = {},
}: ExampleMessage = {}): Exchange {
  return new Exchange({
    body: bytes === undefined ? (body ?? null) : decodeBase64(bytes),
    attachments: Object.entries(attachments).map(([name, text]) => [
      name,
      { body: Body.of(text), contentType: 'text/plain' },
    ]),
    headers: Object.entries(headers),
    properties: Object.entries(properties),
  })
}

/** A `POST` to `/http/orders` by user `tester`, with what is given different. The body is UTF-8 text. */
export function request({
  body = '',
  ...parts
}: Partial<Omit<HttpRequest, 'body'>> & { body?: string } = {}): HttpRequest {
  const path = parts.path ?? '/orders'
  return {
    method: 'POST',
    url: `http://localhost:8080/http${path}`,
    contextPath: '/http',
    path,
    query: '',
    headers: {},
    user: 'tester',
    ...parts,
    body: new TextEncoder().encode(body),
  }
}
