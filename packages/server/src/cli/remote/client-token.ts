import type { OptionValues } from '../line/command.ts'
import { CommandError, UsageError } from '../line/errors.ts'
import type { Terminal } from '../line/terminal.ts'
import { fetchApi, messageOf, readFrom, readJson } from './fetch.ts'

/** Options of the commands that act as an OAuth client. */
export const clientOptions = {
  url: { value: 'url', env: 'SLUICE_URL', default: 'http://localhost:8080', doc: 'Where the server is.' },
  'client-id': { value: 'id', env: 'SLUICE_CLIENT_ID', doc: 'The OAuth client.' },
  'client-secret': { value: 'text', env: 'SLUICE_CLIENT_SECRET', doc: "The client's secret." },
  json: { doc: 'Print JSON.' },
} as const

/** What the token endpoint answers. */
export interface TokenReply {
  readonly access_token: string
  readonly token_type: string
  readonly expires_in: number
}

/** Fetches a token by client credentials. Throws `CommandError`, or `UsageError` when ID or secret are missing. */
export async function fetchToken(
  options: OptionValues<typeof clientOptions>,
  format: 'opaque' | 'jwt' | 'jwtrfc',
  terminal: Terminal,
): Promise<TokenReply> {
  const { 'client-id': id, 'client-secret': secret } = options
  if (id === undefined || secret === undefined) {
    const missing = id === undefined ? 'SLUICE_CLIENT_ID or --client-id' : 'SLUICE_CLIENT_SECRET or --client-secret'
    throw new UsageError(`Expected ${missing}, found nothing; register a client with "sluice client create"`)
  }
  const query = format === 'opaque' ? '' : `&token_format=${format}`
  const response = await fetchApi(options.url, `/oauth2/api/v1/token?grant_type=client_credentials${query}`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    signal: terminal.interrupted,
  })
  const body = await readFrom(options.url, response.text(), terminal.interrupted)
  if (response.ok) return readJson<TokenReply>(options.url, body)
  if (response.status === 401) {
    throw new CommandError(
      `Expected the ID and secret of a registered client, found client "${id}" not accepted (401); check SLUICE_CLIENT_ID and SLUICE_CLIENT_SECRET, or --client-id and --client-secret`,
    )
  }
  throw new CommandError(`${messageOf(body) ?? 'no explanation'} (the token endpoint answered ${response.status})`)
}
