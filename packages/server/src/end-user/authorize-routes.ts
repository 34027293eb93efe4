import {
  type AuthorizationRequest,
  type AuthorizationVerdict,
  allowAuthorization,
  denyAuthorization,
  oauthPaths,
  readAuthorizationRequest,
} from '@sluice/oauth'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { addressOf } from '../http/client-address.ts'
import { consentKey, consentPage } from './consent-page.ts'
import { isOfThisSite, ownEvents } from './form.ts'
import type { EndUserOptions } from './options.ts'
import { type Frame, frameOf, sendPage, sendProblem } from './page.ts'
import {
  askToSignIn,
  type FormRequest,
  type SignedIn,
  type SignInPage,
  senderOf,
  signedIn,
  signIn,
  signOut,
} from './sign-in.ts'
import { fill } from './texts.ts'

/**
 * The authorization endpoint (RFC 6749 §3.1): signs the user in, asks whether the client may act in the user's name unless
 * it was registered to skip that, and sends the browser back to the client.
 */
export function registerAuthorize(app: FastifyInstance, options: EndUserOptions): void {
  app.get(oauthPaths.authorize, async (request, reply) => {
    const frame = await frameOf(request, options)
    const verdict = await judge(request, reply, frame, options)
    if (!verdict) return reply
    const session = await signedIn(request, options)
    if (!session) return askToSignIn(request, reply, signInPage(frame, verdict), options)
    if (verdict.kind === 'redirect') return reply.redirect(verdict.location, 302)
    const { request: asked } = verdict
    if (asked.client.skipConsent) return allow(request, reply, { frame, asked, session }, options)
    return ask(reply, { frame, asked, session }, options)
  })

  app.post<{ Body: URLSearchParams }>(oauthPaths.authorize, { config: ownEvents }, async (request, reply) => {
    const frame = await frameOf(request, options)
    const verdict = await judge(request, reply, frame, options)
    if (!verdict) return reply
    if (!isOfThisSite(request.raw, options.oauth.settings.issuer)) return sendProblem(reply, frame, 'foreign-form')
    if (!request.body.has('decision')) return signIn(request, reply, signInPage(frame, verdict), options)
    return decide(request, reply, { frame, verdict }, options)
  })
}

async function decide(
  request: FormRequest,
  reply: FastifyReply,
  { frame, verdict }: { readonly frame: Frame; readonly verdict: Judged },
  options: EndUserOptions,
): Promise<FastifyReply> {
  const { oauth, accessLog } = options
  const sender = await senderOf(request, options)
  if (!sender) return sendProblem(reply, frame, 'stale-form')
  const decision = request.body.get('decision')
  if (decision === 'sign-out') return signOut(request, reply, options)
  accessLog.note(request.raw, { user: sender.user })
  if (verdict.kind === 'redirect') return reply.redirect(verdict.location, 303)
  const { request: asked } = verdict
  const question = { frame, asked, session: sender }
  if (decision !== 'allow') {
    const endUser = { user: sender.user, address: addressOf(request.raw) }
    return reply.redirect(await denyAuthorization(asked, endUser, oauth), 303)
  }
  const isAsShown = request.body.get('shown') === consentKey(asked, oauth.digests)
  return isAsShown ? allow(request, reply, question, options) : ask(reply, question, options, true)
}

/** Somebody who is signed in, and what a client asks of them. */
interface Question {
  readonly frame: Frame
  readonly asked: AuthorizationRequest
  readonly session: SignedIn
}

function ask(
  reply: FastifyReply,
  { frame, asked, session }: Question,
  { oauth }: EndUserOptions,
  hasChanged = false,
): FastifyReply {
  const key = consentKey(asked, oauth.digests)
  return sendPage(reply, consentPage(frame, asked, { ...session, key, hasChanged }), [formTarget(asked.redirectUri)])
}

async function allow(
  request: FastifyRequest,
  reply: FastifyReply,
  { frame, asked, session: { user, session } }: Question,
  { oauth }: EndUserOptions,
): Promise<FastifyReply> {
  const location = await allowAuthorization(asked, { user, session, address: addressOf(request.raw) }, oauth)
  if (location !== undefined) return reply.redirect(location, request.method === 'GET' ? 302 : 303)
  const isClientGone = (await oauth.findClient(asked.client.id)) === undefined
  return sendProblem(reply, frame, isClientGone ? 'unknown-client' : 'stale-form')
}

type Judged = Exclude<AuthorizationVerdict, { kind: 'refuse' }>

/**
 * The verdict, if it is one that somebody who has signed in is to learn of; otherwise the request is answered. Errors wait for
 * the sign-in, too: nobody is sent to a client's address by a link alone (RFC 9700 §4.11.2).
 */
async function judge(
  request: FastifyRequest,
  reply: FastifyReply,
  frame: Frame,
  { oauth, accessLog }: EndUserOptions,
): Promise<Judged | undefined> {
  const question = request.url.indexOf('?')
  const verdict = await readAuthorizationRequest(question < 0 ? '' : request.url.slice(question + 1), oauth)
  if (verdict.kind === 'ask') return verdict
  const { reason } = verdict
  accessLog.note(request.raw, { reason })
  oauth.audit.record({ object: 'authorization-code', action: 'issue', address: addressOf(request.raw), reason })
  if (verdict.kind === 'redirect') return verdict
  sendProblem(reply, frame, verdict.problem)
  return undefined
}

function signInPage(frame: Frame, verdict: Judged): SignInPage {
  const [client, address] =
    verdict.kind === 'ask' ? [verdict.request.client, verdict.request.redirectUri] : [verdict.client, verdict.location]
  return { frame, purpose: fill(frame.texts.signInTo, { client: client.name }), formTargets: [formTarget(address)] }
}

/** No host: browsers hold the policy against every redirection, also those from the client's address to where it goes on. */
function formTarget(address: string): string {
  return new URL(address).protocol
}
