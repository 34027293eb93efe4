import { defineCommand } from './line/command.ts'
import { readInput, readPairs } from './line/input.ts'
import { withProgress } from './line/progress.ts'
import { clientOptions, fetchToken } from './remote/client-token.ts'
import { fetchFrom, readFrom } from './remote/fetch.ts'

export const call = defineCommand({
  name: 'call',
  summary: 'Call an integration flow.',
  description:
    "Fetches a token with the client and calls the flow at an address. The flow's answer goes to standard output, its status and message ID to standard error. Exit code 1 when the status is 400 or above.",
  arguments: {
    address: { doc: "The flow's address as in its HTTPS sender, such as /hello; /http/hello means the same." },
  },
  options: {
    ...clientOptions,
    method: { value: 'verb', short: 'X', doc: 'HTTP method; default POST with a body, else GET.' },
    header: { value: 'name=value', short: 'H', repeatable: true, doc: 'Request header.' },
    body: { value: 'text', short: 'd', doc: 'Request body: the text, @file, or @- for standard input.' },
  },
  examples: [
    { line: 'sluice call /hello', doc: 'Call the flow at /hello.' },
    { line: 'sluice call /orders --body @order.xml --header Content-Type=application/xml', doc: 'Send a file.' },
  ],
  async run({ address }, options, terminal) {
    const body = options.body === undefined ? undefined : Buffer.from(await readInput(options.body, terminal))
    const headers = new Headers(readPairs('header', options.header))
    const response = await withProgress(terminal, `Calling ${address}`, async () => {
      headers.set('authorization', `Bearer ${(await fetchToken(options, 'opaque', terminal)).access_token}`)
      const received = await fetchFrom(options.url, pathOf(address), {
        method: (options.method ?? (body ? 'POST' : 'GET')).toUpperCase(),
        headers,
        signal: terminal.interrupted,
        ...(body ? { body } : {}),
      })
      return {
        received,
        content: Buffer.from(await readFrom(options.url, received.arrayBuffer(), terminal.interrupted)),
      }
    })
    const { received, content } = response
    if (options.json) {
      const { status } = received
      terminal.out(
        `${JSON.stringify({ status, headers: Object.fromEntries(received.headers), body: content.toString() })}\n`,
      )
    } else {
      terminal.out(content)
      terminal.err(statusLine(received, content))
    }
    if (received.status < 400) return 0
    const advice = advise(received.status, options['client-id'] ?? '')
    if (advice && !options.json) terminal.err(`${advice}\n`)
    return 1
  },
})

function pathOf(address: string): string {
  const path = address.startsWith('/') ? address : `/${address}`
  return path.startsWith('/http/') ? path : `/http${path}`
}

function statusLine(received: Response, content: Buffer): string {
  const id = received.headers.get('sap_messageprocessinglogid')
  const separator = content.length > 0 && content.at(-1) !== 0x0a ? '\n' : ''
  return `${separator}HTTP ${received.status} ${received.statusText}${id ? `, message ${id}` : ''}\n`
}

function advise(status: number, clientId: string): string | undefined {
  if (status === 401)
    return 'The token was not accepted: the client must be subscribed to the runtime application (iflmap).'
  if (status === 403)
    return `The client lacks the role of this flow: sluice role assign oauth_client_${clientId} ESBMessaging.send`
  if (status === 404) return 'No flow is deployed at this address: "sluice status" lists those that are.'
  if (status >= 500) return 'The flow failed: "sluice logs <message>" says why.'
  return undefined
}
