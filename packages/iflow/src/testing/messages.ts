import type { HttpRequest } from '../compile/entry-point.ts'
import type { ExampleMessage } from '../compile/step.ts'
import { Exchange } from '../run/exchange.ts'

/** A message from plain objects. */
export function message({ body, headers = {}, properties = {} }: ExampleMessage = {}): Exchange {
  return new Exchange({
    body: body ?? null,
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
