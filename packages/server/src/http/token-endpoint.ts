import type { IncomingMessage, ServerResponse } from 'node:http'
import { type ClientKind, type OAuthContext, oauthPaths, tokenEndpoint, tokenRequestLimits } from '@sluice/oauth'
import type { Logger } from 'pino'
import { peerCertificateOf } from '../identity/peer-certificates.ts'
import type { AccessLog } from './access-log.ts'
import { pathOf } from './app.ts'
import { readBody } from './body.ts'
import { addressOf } from './client-address.ts'
import { endOfTurn } from './end-of-turn.ts'
import type { Metrics } from './metrics.ts'
import { problemReply } from './problem-reply.ts'

export interface TokenEndpointOptions {
  readonly oauth: OAuthContext
  readonly accessLog: AccessLog
  readonly metrics: Metrics
  readonly log: Logger
}

/** Lower-case, without a trailing slash. The third is what older clients of the original call. */
const kinds: ReadonlyMap<string, ClientKind> = new Map([
  [oauthPaths.token, 'application'],
  [oauthPaths.platformToken, 'platform'],
  ['/oauth2/api/v1/apitoken', 'platform'],
  [oauthPaths.cloudFoundryToken, 'application'],
])

/** The token endpoints, directly on `node:http`. Paths are compared without regard to case, as clients in the field need it. */
export class TokenEndpoint {
  readonly #options: TokenEndpointOptions

  constructor(options: TokenEndpointOptions) {
    this.#options = options
  }

  /** Which clients this URL serves; undefined when it is no token endpoint. */
  static kindOf(url: string): ClientKind | undefined {
    const path = pathOf(url)
    return kinds.get(path) ?? kinds.get(plain(path))
  }

  handle(request: IncomingMessage, response: ServerResponse, kind: ClientKind): void {
    this.#respond(request, response, kind).catch((bug: unknown) => {
      this.#options.log.error({ err: bug }, 'unexpected error while a token request was answered')
      response.destroy()
    })
  }

  async #respond(request: IncomingMessage, response: ServerResponse, kind: ClientKind): Promise<void> {
    const { accessLog, metrics, log } = this.#options
    const time = Date.now()
    const startedAt = performance.now()
    const answer = await this.#answer(request, kind).catch((error: unknown) => ({
      ...problemReply(error, log),
      clientId: undefined,
    }))
    const { status, headers, body, reason, clientId } = answer
    const bytes = Buffer.byteLength(body)
    response.writeHead(status, { ...headers, 'Content-Length': bytes })
    // As many bytes as characters: ASCII, which Latin-1 writes as it is.
    response.end(body, bytes === body.length ? 'latin1' : 'utf8')
    metrics.token(status)
    accessLog.write({
      time,
      address: addressOf(request),
      user: clientId,
      method: request.method ?? '',
      path: pathOf(request.url ?? ''),
      status,
      durationMs: performance.now() - startedAt,
      bytes,
      reason,
    })
  }

  async #answer(request: IncomingMessage, kind: ClientKind) {
    const url = request.url ?? ''
    const { authorization, 'content-type': contentType, dpop } = request.headers
    const turn = endOfTurn()
    const body = await readBody(request, tokenRequestLimits.body)
    await turn
    const path = pathOf(url)
    const query = url.slice(path.length + 1)
    const message = {
      method: request.method ?? '',
      query,
      contentType,
      body: body.toString('utf8'),
      authorization,
      address: addressOf(request),
      path,
      dpop: typeof dpop === 'string' ? dpop : undefined,
      certificate: () => peerCertificateOf(request.socket),
      form: formOf(path),
    }
    return tokenEndpoint(message, kind, this.#options.oauth)
  }
}

function formOf(path: string): 'neo' | 'cloud-foundry' {
  return path !== oauthPaths.token && plain(path) === oauthPaths.cloudFoundryToken ? 'cloud-foundry' : 'neo'
}

function plain(path: string): string {
  return path.toLowerCase().replace(/\/$/, '')
}
