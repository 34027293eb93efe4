import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { addressOf } from '../http/client-address.ts'
import { sessionIdOf } from '../http/csrf.ts'
import { signInMsMax } from '../identity/oidc/oidc-sign-in.ts'
import { type SignInProblem, SignInRefusal } from '../identity/oidc/sign-in-problem.ts'
import { externalSignInPaths, localPath, startPath } from './external-sign-in-paths.ts'
import { html } from './html.ts'
import type { EndUserOptions } from './options.ts'
import { frameOf, page, sendPage } from './page.ts'
import { fill } from './texts.ts'

interface StartQuery {
  readonly provider?: string | string[]
  readonly return_to?: string | string[]
}

const statuses: Readonly<Record<SignInProblem, number>> = {
  'unknown-provider': 404,
  'provider-away': 502,
  'sign-in-lost': 400,
  'provider-refused': 403,
  'untrusted-answer': 400,
  'no-user-name': 403,
  'taken-name': 403,
  'other-account': 403,
}

/** Sign-in at trusted OpenID providers, and what comes after signing out of a session that began there. */
export function registerExternalSignIn(app: FastifyInstance, options: EndUserOptions): void {
  const { oidc, accessLog, publicUrl } = options

  app.get<{ Querystring: StartQuery }>(externalSignInPaths.start, async (request, reply) => {
    const { provider, return_to } = request.query
    const returnTo = localPath(return_to, publicUrl())
    try {
      // Another site could have its visitors change who they are here.
      if (request.headers['sec-fetch-site'] === 'cross-site') {
        throw new SignInRefusal('sign-in-lost', 'another site began it')
      }
      const { state, sealed, location } = await oidc.begin(textOf(provider), returnTo)
      return reply.header('set-cookie', cookie(state, sealed, options)).redirect(location, 303)
    } catch (error) {
      return refuse(request, reply, options, { error, provider: textOf(provider), returnTo })
    }
  })

  app.get<{ Params: { provider: string } }>(externalSignInPaths.callback, async (request, reply) => {
    const { provider } = request.params
    const query = request.url.slice(request.url.indexOf('?') + 1)
    const state = new URLSearchParams(query).get('state') ?? ''
    const ended = cookie(state, '', options)
    try {
      const { user, sessionId, returnTo } = await oidc.finish(provider, {
        query,
        sealed: pendingOf(request.raw, state),
        address: addressOf(request.raw),
      })
      accessLog.note(request.raw, { user })
      const before = sessionIdOf(request.raw)
      // A session that was there before sign-in may be known to somebody else.
      if (before !== undefined) await options.sessions.end(before, addressOf(request.raw))
      const session = options.csrf.grant(sessionId).cookie
      return reply.header('set-cookie', [session, ended]).redirect(returnTo, 303)
    } catch (error) {
      return refuse(request, reply.header('set-cookie', ended), options, { error, provider, returnTo: '/' })
    }
  })

  app.get<{ Querystring: StartQuery }>(externalSignInPaths.ended, async (request, reply) => {
    const name = textOf(request.query.provider)
    const returnTo = localPath(request.query.return_to, publicUrl())
    const left = await oidc.leaving(name, `${publicUrl()}/`).catch((error: unknown) => {
      if (error instanceof SignInRefusal) return undefined
      throw error
    })
    if (!left) return reply.redirect(returnTo, 303)
    const { provider, url } = left
    const frame = await frameOf(request, options)
    const { texts } = frame
    const content = html`<p>${fill(texts.signedOut, { provider })}</p>
<div class="actions">
${url !== undefined && html`<a class="button" href="${url}">${fill(texts.signOutAt, { provider })}</a>`}
<a class="button primary" href="${returnTo}">${texts.signInAgain}</a>
</div>`
    return sendPage(reply, page(frame, texts.signOut, content))
  })
}

async function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  options: EndUserOptions,
  failed: { readonly error: unknown; readonly provider: string; readonly returnTo: string },
): Promise<FastifyReply> {
  const { error, provider, returnTo } = failed
  if (!(error instanceof SignInRefusal)) throw error
  options.accessLog.note(request.raw, { reason: `sign-in at ${provider.slice(0, 100)}: ${error.message}` })
  const attempt = { user: undefined, address: addressOf(request.raw), method: 'openid-connect' } as const
  // Without what callers choose, so that repetitions are counted and not written.
  options.audit.record({ object: 'user-session', action: 'sign-in', ...attempt, reason: error.message })
  const frame = await frameOf(request, options)
  const { texts } = frame
  const content = html`<p class="problem" role="alert">${fill(texts.signInProblems[error.problem], { provider })}</p>
<div class="actions"><a class="button primary" href="${returnTo}">${texts.backToSignIn}</a></div>`
  return sendPage(reply.code(statuses[error.problem]), page(frame, texts.cannotSignIn, content))
}

/** One cookie for each sign-in, so that two tabs do not get in each other's way. */
function cookieName(state: string): string {
  return `sign-in-${/^[\w-]{43}$/.test(state) ? state.slice(0, 8) : 'none'}`
}

/** `sealed` empty: has the browser forget it. Lax, as the browser comes back from another site. */
function cookie(state: string, sealed: string, { csrf }: EndUserOptions): string {
  const seconds = sealed === '' ? 0 : signInMsMax / 1000
  const secure = csrf.isSecure ? '; Secure' : ''
  const attributes = `Path=${startPath}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`
  return `${cookieName(state)}=${sealed}; ${attributes}`
}

function pendingOf({ headers }: IncomingMessage, state: string): string | undefined {
  const prefix = `${cookieName(state)}=`
  const found = (headers.cookie ?? '').split(/;\s*/).find(pair => pair.startsWith(prefix))
  return found?.slice(prefix.length)
}

/** Of a parameter that is given once. */
function textOf(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value : ''
}
