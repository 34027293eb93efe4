import type { FastifyReply, FastifyRequest } from 'fastify'
import { addressOf } from '../http/client-address.ts'
import { sessionIdOf } from '../http/csrf.ts'
import { endedOf, startOf } from './external-sign-in-paths.ts'
import { html } from './html.ts'
import type { EndUserOptions } from './options.ts'
import { type Frame, page, sendPage } from './page.ts'
import { fill } from './texts.ts'

/** A sign-in page: what it is for, and where its form may lead. */
export interface SignInPage {
  readonly frame: Frame
  readonly purpose: string
  readonly formTargets?: readonly string[]
}

/** A request with a form. */
export type FormRequest = FastifyRequest<{ Body: URLSearchParams }>

/** A user with a session, and the CSRF token of its forms. */
export interface SignedIn {
  readonly user: string
  /** `Session.key`. */
  readonly session: Uint8Array
  readonly csrfToken: string
}

/** Who is signed in, with the CSRF token of the session's forms. */
export async function signedIn(
  { raw }: FastifyRequest,
  { sessions, csrf }: EndUserOptions,
): Promise<SignedIn | undefined> {
  const id = sessionIdOf(raw)
  const session = id === undefined ? undefined : await sessions.find(id)
  if (!session || id === undefined) return undefined
  return { user: session.user, session: session.key, csrfToken: csrf.grant(id).token }
}

/** Whose form it is: undefined when nobody is signed in, or the form lacks the token of the session. */
export async function senderOf(request: FormRequest, options: EndUserOptions): Promise<SignedIn | undefined> {
  const token = request.body.get('csrf_token') ?? ''
  return options.csrf.isToken(request.raw, token) ? signedIn(request, options) : undefined
}

const autofocus = html` autofocus`

/** Asks for user name and password, or to choose an identity provider. `failed`: why the last try did. */
export async function askToSignIn(
  request: FastifyRequest,
  reply: FastifyReply,
  { frame, purpose, formTargets }: SignInPage,
  { oidc }: EndUserOptions,
  failed?: { readonly user: string; readonly problem: string },
): Promise<FastifyReply> {
  const { texts } = frame
  const isNamed = failed !== undefined && failed.user !== ''
  const providers = (await oidc.providers()).map(
    name =>
      html`<a class="button" href="${startOf(name, request.url)}">${fill(texts.signInAt, { provider: name })}</a>`,
  )
  const content = html`${failed && html`<p class="problem" role="alert">${failed.problem}</p>`}
<p>${purpose}</p>
<form method="post">
<label for="user">${texts.user}</label>
<input id="user" name="user" value="${failed?.user}" autocomplete="username" required maxlength="255"${!isNamed && autofocus}>
<label for="password">${texts.password}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="512"${isNamed && autofocus}>
<div class="actions"><button class="primary">${texts.signIn}</button></div>
</form>
${providers.length > 0 && html`<div class="providers">${providers}</div>`}`
  return sendPage(reply, page(frame, texts.signIn, content), formTargets)
}

/** Signs in with the fields `user` and `password`, and opens the same page again; or says why not. */
export async function signIn(
  request: FormRequest,
  reply: FastifyReply,
  signInPage: SignInPage,
  options: EndUserOptions,
): Promise<FastifyReply> {
  const { sessions, csrf, accessLog, verifyPassword } = options
  const user = request.body.get('user') ?? ''
  const verdict = await verifyPassword(user, request.body.get('password') ?? '', addressOf(request.raw))
  if (verdict.accepted) {
    const before = sessionIdOf(request.raw)
    // A session that was there before sign-in may be known to somebody else.
    if (before !== undefined) await sessions.end(before, addressOf(request.raw))
    const { user, passwordHash } = verdict
    const signIn = { user, passwordHash, address: addressOf(request.raw), method: 'password' } as const
    const { cookie } = csrf.grant(await sessions.begin(signIn))
    return reply.header('set-cookie', cookie).redirect(request.url, 303)
  }
  accessLog.note(request.raw, { reason: verdict.reason })
  const { texts } = signInPage.frame
  const { retryAfter, mustChange } = verdict
  const failed = (problem: string) =>
    askToSignIn(request, reply, signInPage, options, { user: user.slice(0, 255), problem })
  if (retryAfter !== undefined) {
    reply.code(429).header('retry-after', String(retryAfter))
    return failed(fill(texts.tooManyAttempts, { seconds: String(retryAfter) }))
  }
  reply.code(401)
  return failed(mustChange === undefined ? texts.wrongPassword : texts.changePassword)
}

/**
 * Ends the session, and opens the same page again; after a session that began at an identity provider, the page that offers to
 * sign out there, too.
 */
export async function signOut(
  request: FormRequest,
  reply: FastifyReply,
  { sessions, csrf }: EndUserOptions,
): Promise<FastifyReply> {
  const id = sessionIdOf(request.raw) ?? ''
  const provider = (await sessions.find(id))?.provider
  await sessions.end(id, addressOf(request.raw))
  const next = provider === undefined ? request.url : endedOf(provider, request.url)
  return reply.header('set-cookie', csrf.endOfCookie()).redirect(next, 303)
}
