import {
  type AuthorizationRequest,
  type AuthorizationVerdict,
  allowAuthorization,
  denyAuthorization,
  oauthPaths,
  readAuthorizationRequest,
} from '@sluice/oauth'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { contentSecurityPolicy } from '../http/app.ts'
import { sessionIdOf } from '../http/csrf.ts'
import { consentPage, problemPage, signInPage } from './authorize-pages.ts'
import { isOfThisSite } from './form.ts'
import type { EndUserOptions } from './options.ts'
import { fill, type Texts, textsFor } from './texts.ts'

type Asked = Extract<AuthorizationVerdict, { kind: 'ask' }>

/**
 * The authorization endpoint (RFC 6749 §3.1): signs the user in, asks whether the client may act in the user's name unless
 * it was registered to skip that, and sends the browser back to the client.
 */
export function registerAuthorize(app: FastifyInstance, options: EndUserOptions): void {
  const { oauth, csrf } = options
  app.get(oauthPaths.authorize, async (request, reply) => {
    const asked = await judge(request, reply, options)
    if (!asked) return reply
    const user = await signedIn(request, options)
    const texts = textsFor(request.headers['accept-language'])
    if (user === undefined) return send(reply, signInPage(texts, asked), asked)
    if (asked.client.skipConsent) return reply.redirect(await allowAuthorization(asked, user, oauth), 302)
    const csrfToken = csrf.grant(sessionIdOf(request.raw) ?? '').token
    return send(reply, consentPage(texts, asked, { user, csrfToken }), asked)
  })

  app.post<{ Body: URLSearchParams }>(oauthPaths.authorize, async (request, reply) => {
    const asked = await judge(request, reply, options)
    if (!asked) return reply
    const texts = textsFor(request.headers['accept-language'])
    if (!isOfThisSite(request.raw)) return refuse(reply, texts, 'foreign-form')
    const { body } = request
    const decision = body.get('decision')
    if (decision === null) return signIn({ request, reply, texts, asked }, options)
    const user = await signedIn(request, options)
    if (user === undefined || !csrf.isToken(request.raw, body.get('csrf_token') ?? '')) {
      return refuse(reply, texts, 'stale-form')
    }
    if (decision === 'sign-out') return signOut(request, reply, options)
    const isAllowed = decision === 'allow'
    options.accessLog.note(request.raw, { user })
    return reply.redirect(
      isAllowed ? await allowAuthorization(asked, user, oauth) : denyAuthorization(asked, oauth),
      303,
    )
  })
}

/** The request, if it is one that the user has to answer; otherwise it is answered. */
async function judge(
  request: FastifyRequest,
  reply: FastifyReply,
  { oauth, accessLog }: EndUserOptions,
): Promise<AuthorizationRequest | undefined> {
  const question = request.url.indexOf('?')
  const verdict = await readAuthorizationRequest(question < 0 ? '' : request.url.slice(question + 1), oauth)
  if (verdict.kind === 'ask') return (verdict satisfies Asked).request
  accessLog.note(request.raw, { reason: verdict.reason })
  if (verdict.kind === 'redirect') reply.redirect(verdict.location, request.method === 'GET' ? 302 : 303)
  else refuse(reply, textsFor(request.headers['accept-language']), verdict.problem)
  return undefined
}

async function signedIn({ raw }: FastifyRequest, { sessions }: EndUserOptions): Promise<string | undefined> {
  const id = sessionIdOf(raw)
  const session = id === undefined ? undefined : await sessions.find(id)
  return session?.user
}

interface SignIn {
  readonly request: FastifyRequest<{ Body: URLSearchParams }>
  readonly reply: FastifyReply
  readonly texts: Texts
  readonly asked: AuthorizationRequest
}

async function signIn({ request, reply, texts, asked }: SignIn, options: EndUserOptions): Promise<FastifyReply> {
  const { sessions, csrf, accessLog, verifyPassword } = options
  const user = request.body.get('user') ?? ''
  const verdict = await verifyPassword(user, request.body.get('password') ?? '', request.ip)
  if (!verdict.accepted) {
    accessLog.note(request.raw, { reason: verdict.reason })
    const { retryAfter, mustChange } = verdict
    const isFlood = retryAfter !== undefined
    const refused = mustChange === undefined ? texts.wrongPassword : texts.changePassword
    const problem = isFlood ? fill(texts.tooManyAttempts, { seconds: String(retryAfter) }) : refused
    reply.code(isFlood ? 429 : 401)
    if (isFlood) reply.header('retry-after', String(retryAfter))
    return send(reply, signInPage(texts, asked, { user: user.slice(0, 255), problem }), asked)
  }
  const before = sessionIdOf(request.raw)
  // A session that was there before sign-in may be known to somebody else.
  if (before !== undefined) await sessions.end(before)
  const { cookie } = csrf.grant(await sessions.begin(verdict.user))
  return reply.header('set-cookie', cookie).redirect(request.url, 303)
}

async function signOut(request: FastifyRequest, reply: FastifyReply, { sessions, csrf }: EndUserOptions) {
  await sessions.end(sessionIdOf(request.raw) ?? '')
  return reply.header('set-cookie', csrf.endOfCookie()).redirect(request.url, 303)
}

function refuse(reply: FastifyReply, texts: Texts, problem: keyof Texts['problems']): FastifyReply {
  return send(reply.code(problem === 'foreign-form' ? 403 : 400), problemPage(texts, problem))
}

/** Browsers apply `form-action` to where a form's answer redirects to, too: the client's address has to be in it. */
function send(reply: FastifyReply, text: string, asked?: AuthorizationRequest): FastifyReply {
  return (
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', contentSecurityPolicy(asked ? [formTarget(asked.redirectUri)] : []))
      // With no-referrer browsers send `Origin: null` with forms, and nothing would tell them from those of other sites.
      .header('referrer-policy', 'same-origin')
      .send(text)
  )
}

/** The address as a policy can name it: apps have no host, and a policy cannot hold an IPv6 address. */
function formTarget(redirectUri: string): string {
  const { origin, protocol, hostname } = new URL(redirectUri)
  return origin === 'null' || hostname.startsWith('[') ? protocol : origin
}
