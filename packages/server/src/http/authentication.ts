import type { IncomingMessage } from 'node:http'
import {
  type AcceptedToken,
  jwsAlgorithms,
  type PossessionProblem,
  type TokenUse,
  type TokenVerdict,
} from '@sluice/oauth'
import type { AuditLog } from '../audit/audit-log.ts'
import type { Authorizer } from '../identity/authorizer.ts'
import type { ClientCertificates } from '../identity/client-certificates.ts'
import type { EndpointClients } from '../identity/endpoint-clients.ts'
import { peerCertificateOf } from '../identity/peer-certificates.ts'
import type { Sessions } from '../identity/sessions.ts'
import { type Access, type PlatformScope, type Principal, rememberPrincipal } from './access.ts'
import { pathOf } from './app.ts'
import { addressOf } from './client-address.ts'
import { type Csrf, isOfOtherSite, sessionIdOf } from './csrf.ts'
import { Problem } from './problem.ts'

/** Why a request may not pass: what the caller reads and, apart from it, what the access log says. */
export interface Refusal {
  readonly status: 401 | 403 | 429
  readonly code: string
  readonly detail: string
  readonly reason: string
  /** Values of the `WWW-Authenticate` headers. */
  readonly challenges: readonly string[]
  /** Seconds after which another try makes sense. */
  readonly retryAfter?: number
}

/** `principal` or `refusal`, never both. */
export type Verdict =
  | { readonly principal: Principal; readonly refusal?: undefined }
  | { readonly principal?: undefined; readonly refusal: Refusal }

export interface AuthenticationOptions {
  /** Protection space of the challenges: the subaccount. */
  readonly realm: string
  readonly validateToken: (token: string, application: string) => TokenVerdict | Promise<TokenVerdict>
  /** Whether callers have what their tokens are bound to. Without it such tokens, and the scheme `DPoP`, are refused. */
  readonly boundTokens?: {
    readonly check: (token: AcceptedToken, use: TokenUse) => Promise<PossessionProblem | undefined>
    readonly publicUrl: () => string
  }
  readonly verifyPassword: (name: string, password: string, address: string) => Promise<PasswordVerdict>
  readonly audit: Pick<AuditLog, 'record'>
  readonly authorizer: Authorizer
  readonly sessions: Pick<Sessions, 'find'>
  readonly csrf: Pick<Csrf, 'isValid' | 'refusal'>
  /** Who callers of one application are by their client certificates. */
  readonly certificates?: Pick<ClientCertificates, 'userOf'> & { readonly application: string }
  /** Who calls one application with the ID and secret of a client. */
  readonly clients?: EndpointClients
}

/** Outcome of checking a user's password. */
export type PasswordVerdict =
  | {
      readonly accepted: true
      readonly user: string
      /** Of a local user: of the password that was accepted. */
      readonly passwordHash?: string
    }
  | {
      readonly accepted: false
      readonly reason: string
      readonly retryAfter?: number | undefined
      /** The user whose password is right, and lets in only when it was changed. */
      readonly mustChange?: string
      /** Of that password. */
      readonly passwordHash?: string
    }

/** Platform tokens are issued for no application. */
const platform = ''

const bearerPattern = /^bearer +(\S+)$/i
const basicPattern = /^basic +(\S+)$/i
const dpopPattern = /^dpop +(\S+)$/i

/**
 * Finds out who is calling. Login methods are stacked as in the original: a token of a client subscribed to the application, as
 * Bearer or with a DPoP proof (RFC 9449), Basic with a user of the local identity provider or, where it is allowed, a client, or a client certificate that
 * is mapped to a user. Tokens are taken from the header only (RFC 9700 §4.3.2).
 */
export class Authentication implements Access {
  readonly #options: AuthenticationOptions

  constructor(options: AuthenticationOptions) {
    this.#options = options
  }

  /** By credentials, not by a session: messages are none of a browser's. Answers at once for a token that it has seen before. */
  check(request: IncomingMessage, application: string): Verdict | Promise<Verdict> {
    const authorization = request.headers.authorization
    if (authorization === undefined) return this.#ofCertificate(request, application)
    const bearer = bearerPattern.exec(authorization)
    if (bearer) {
      const token = bearer[1] ?? ''
      const verdict = this.#options.validateToken(token, application)
      return verdict instanceof Promise
        ? verdict.then(value => this.#ofBearer(value, token, request))
        : this.#ofBearer(verdict, token, request)
    }
    const basic = basicPattern.exec(authorization)
    if (basic) return this.#ofPassword(basic[1] ?? '', request, application)
    const dpop = this.#options.boundTokens ? dpopPattern.exec(authorization) : null
    if (dpop) return this.#ofDpop(dpop[1] ?? '', request, application)
    return this.#refuse(
      'the Authorization header is not one "Bearer <token>" or "Basic <credentials>"',
      'invalid_request',
    )
  }

  /** The refusal for a principal who lacks a role or scope (RFC 6750 §3.1, RFC 9449 §7.1). */
  forbidden(principal: Principal, needed: string, request: IncomingMessage): Refusal {
    const isOfDpop = dpopPattern.test(request.headers.authorization ?? '')
    return {
      status: 403,
      code: 'forbidden',
      detail: 'The caller is known but not allowed to do this.',
      reason: `${principal.user} lacks ${needed}`,
      challenges: [
        isOfDpop
          ? this.#dpop('insufficient_scope')
          : `Bearer realm="${this.#options.realm}", error="insufficient_scope"`,
      ],
    }
  }

  async authenticate(request: IncomingMessage, application: string): Promise<Principal> {
    const signedIn = request.headers.authorization === undefined ? await this.#ofSession(request) : undefined
    const { principal, refusal } = signedIn ? { principal: signedIn } : await this.check(request, application)
    if (refusal) throw asProblem(refusal)
    // A browser that once asked its user for them sends them along.
    if (principal.method === 'basic' && !isRead(request) && isOfOtherSite(request)) throw this.#options.csrf.refusal()
    rememberPrincipal(request, principal)
    return principal
  }

  async hasRole(principal: Principal, application: string, ...roles: string[]): Promise<boolean> {
    return this.#options.authorizer.hasRole(principal.user, application, ...roles)
  }

  async requirePlatformScope(request: IncomingMessage, ...scopes: PlatformScope[]): Promise<Principal> {
    const principal = await this.authenticate(request, platform)
    const allowed =
      principal.method === 'bearer'
        ? scopes.some(scope => principal.scopes.includes(`hcp.${scope}`))
        : await this.hasRole(principal, 'cockpit', 'Administrator')
    if (allowed) return principal
    const needed = scopes.map(scope => `hcp.${scope}`).join(' or ')
    const either = `role Administrator of application cockpit or, of a client, scope ${needed}`
    throw asProblem({
      ...this.forbidden(principal, either, request),
      detail: `Expected ${either}, found that it is missing.`,
    })
  }

  async #ofSession(request: IncomingMessage): Promise<Principal | undefined> {
    const id = sessionIdOf(request)
    const session = id && (await this.#options.sessions.find(id))
    if (!session) return undefined
    if (!isRead(request) && !this.#options.csrf.isValid(request)) throw this.#options.csrf.refusal()
    return { user: session.user, clientId: undefined, scopes: [], method: 'session' }
  }

  #ofCertificate(request: IncomingMessage, application: string): Verdict | Promise<Verdict> {
    const { certificates } = this.#options
    const found = certificates?.application === application ? certificates.userOf(request) : undefined
    const verdict = (user: string | undefined): Verdict =>
      user === undefined
        ? this.#refuse('no credentials were sent', undefined, request)
        : { principal: { user, clientId: undefined, scopes: [], method: 'certificate' } }
    return found instanceof Promise ? found.then(verdict) : verdict(found)
  }

  #ofBearer(verdict: TokenVerdict, token: string, request: IncomingMessage): Verdict | Promise<Verdict> {
    if (!verdict.accepted) return this.#refuseToken(verdict.reason, request)
    return verdict.confirmation ? this.#ofBound(verdict, 'Bearer', token, request) : principalOf(verdict)
  }

  async #ofDpop(token: string, request: IncomingMessage, application: string): Promise<Verdict> {
    const verdict = await this.#options.validateToken(token, application)
    if (verdict.accepted) return this.#ofBound(verdict, 'DPoP', token, request)
    return this.#refuseDpop({ error: 'invalid_token', reason: verdict.reason }, request)
  }

  async #ofBound(
    verdict: AcceptedToken,
    scheme: TokenUse['scheme'],
    token: string,
    request: IncomingMessage,
  ): Promise<Verdict> {
    const { boundTokens } = this.#options
    if (!boundTokens) return this.#refuseToken('bound tokens are not offered', request)
    const { dpop } = request.headers
    const problem = await boundTokens.check(verdict, {
      ...{ scheme, token, method: request.method ?? '' },
      url: `${boundTokens.publicUrl()}${pathOf(request.url ?? '')}`,
      proof: typeof dpop === 'string' ? dpop : undefined,
      certificate: () => peerCertificateOf(request.socket),
    })
    if (!problem) return principalOf(verdict)
    const isOfDpop = scheme === 'DPoP' || verdict.confirmation?.jkt !== undefined
    return isOfDpop ? this.#refuseDpop(problem, request) : this.#refuseToken(problem.reason, request)
  }

  #refuseToken(reason: string, request: IncomingMessage): { refusal: Refusal } {
    const event = { object: 'access-token', action: 'authenticate' } as const
    this.#options.audit.record({ ...event, address: addressOf(request), reason })
    return this.#refuse(reason, 'invalid_token')
  }

  #refuseDpop({ error, reason }: PossessionProblem, request: IncomingMessage): { refusal: Refusal } {
    const { refusal } = this.#refuseToken(reason, request)
    return { refusal: { ...refusal, challenges: [this.#dpop(error)] } }
  }

  /** The challenge of RFC 9449 §7.1. */
  #dpop(error: string): string {
    return `DPoP realm="${this.#options.realm}", error="${error}", algs="${jwsAlgorithms.join(' ')}"`
  }

  async #ofPassword(encoded: string, request: IncomingMessage, application: string): Promise<Verdict> {
    const credentials = Buffer.from(encoded, 'base64').toString('utf8')
    const colon = credentials.indexOf(':')
    if (colon < 1) return this.#refuse('the Basic credentials are not base64 of "user:password"', undefined)
    const name = credentials.slice(0, colon)
    const address = addressOf(request)
    const password = credentials.slice(colon + 1)
    const { clients, verifyPassword } = this.#options
    const ofClient = clients?.application === application ? await clients.verify(name, password, address) : undefined
    const verdict = ofClient ?? (await verifyPassword(name, password, address))
    if (verdict.accepted) {
      return { principal: { user: verdict.user, clientId: undefined, scopes: [], method: 'basic' } }
    }
    const { reason } = verdict
    if (ofClient) {
      const event = { object: 'client-authentication', action: 'authenticate' } as const
      this.#options.audit.record({ ...event, clientId: name, address, reason })
    }
    const { refusal } = this.#refuse(reason, undefined)
    if (verdict.retryAfter === undefined) return { refusal }
    return { refusal: { ...refusal, status: 429, code: 'too-many-attempts', retryAfter: verdict.retryAfter } }
  }

  #refuse(
    reason: string,
    error: 'invalid_request' | 'invalid_token' | undefined,
    request?: IncomingMessage,
  ): { refusal: Refusal } {
    const bearer = `Bearer realm="${this.#options.realm}"${error ? `, error="${error}"` : ''}`
    return {
      refusal: {
        status: 401,
        code: 'unauthorized',
        detail: error === 'invalid_token' ? 'The access token was not accepted.' : 'Authentication is needed.',
        reason,
        // Of a page that asks in the background, a browser would show its own dialog.
        challenges:
          error || request?.headers['x-requested-with']
            ? [bearer]
            : [bearer, `Basic realm="${this.#options.realm}", charset="UTF-8"`],
      },
    }
  }
}

function principalOf({ user, clientId, scopes }: AcceptedToken): { readonly principal: Principal } {
  return { principal: { user, clientId, scopes, method: 'bearer' } }
}

function isRead({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** The `Problem` that renders a refusal on the JSON APIs. */
export function asProblem(refusal: Refusal): Problem {
  const headers: Record<string, string> = { 'www-authenticate': refusal.challenges.join(', ') }
  if (refusal.retryAfter !== undefined) headers['retry-after'] = String(refusal.retryAfter)
  return new Problem(refusal.status, refusal.code, refusal.detail, { reason: refusal.reason, headers })
}
