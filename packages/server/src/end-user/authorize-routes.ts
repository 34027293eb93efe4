import {
  type AuthorizationRequest,
  allowAuthorization,
  denyAuthorization,
  oauthPaths,
  readAuthorizationRequest,
} from '@sluice/oauth'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { consentPage } from './consent-page.ts'
import { isOfThisSite, ownEvents } from './form.ts'
import type { EndUserOptions } from './options.ts'
import { type Frame, frameOf, sendPage, sendProblem } from './page.ts'
import { askToSignIn, type FormRequest, type SignInPage, senderOf, signedIn, signIn, signOut } from './sign-in.ts'
import { fill } from './texts.ts'

/**
 * The authorization endpoint (RFC 6749 §3.1): signs the user in, asks whether the client may act in the user's name unless
 * it was registered to skip that, and sends the browser back to the client.
 */
export function registerAuthorize(app: FastifyInstance, options: EndUserOptions): void {
  const { oauth } = options
  app.get(oauthPaths.authorize, async (request, reply) => {
    const frame = await frameOf(request, options)
    const asked = await judge(request, reply, frame, options)
    if (!asked) return reply
    const session = await signedIn(request, options)
    if (!session) return askToSignIn(reply, signInPage(frame, asked))
    if (asked.client.skipConsent) {
      const endUser = { user: session.user, address: request.ip }
      return reply.redirect(await allowAuthorization(asked, endUser, oauth), 302)
    }
    return sendPage(reply, consentPage(frame, asked, session), [formTarget(asked)])
  })

  app.post<{ Body: URLSearchParams }>(oauthPaths.authorize, { config: ownEvents }, async (request, reply) => {
    const frame = await frameOf(request, options)
    const asked = await judge(request, reply, frame, options)
    if (!asked) return reply
    if (!isOfThisSite(request.raw)) return sendProblem(reply, frame, 'foreign-form')
    if (!request.body.has('decision')) return signIn(request, reply, signInPage(frame, asked), options)
    return decide(request, reply, { frame, asked }, options)
  })
}

async function decide(
  request: FormRequest,
  reply: FastifyReply,
  { frame, asked }: { readonly frame: Frame; readonly asked: AuthorizationRequest },
  options: EndUserOptions,
): Promise<FastifyReply> {
  const { oauth, accessLog } = options
  const sender = await senderOf(request, options)
  if (!sender) return sendProblem(reply, frame, 'stale-form')
  const decision = request.body.get('decision')
  if (decision === 'sign-out') return signOut(request, reply, options)
  accessLog.note(request.raw, { user: sender.user })
  const endUser = { user: sender.user, address: request.ip }
  const answer = decision === 'allow' ? allowAuthorization : denyAuthorization
  const location = await answer(asked, endUser, oauth)
  return reply.redirect(location, 303)
}

/** The request, if it is one that the user has to answer; otherwise it is answered. */
async function judge(
  request: FastifyRequest,
  reply: FastifyReply,
  frame: Frame,
  { oauth, accessLog }: EndUserOptions,
): Promise<AuthorizationRequest | undefined> {
  const question = request.url.indexOf('?')
  const verdict = await readAuthorizationRequest(question < 0 ? '' : request.url.slice(question + 1), oauth)
  if (verdict.kind === 'ask') return verdict.request
  const { reason } = verdict
  accessLog.note(request.raw, { reason })
  oauth.audit.record({ object: 'authorization-code', action: 'issue', address: request.ip, reason })
  if (verdict.kind === 'redirect') reply.redirect(verdict.location, request.method === 'GET' ? 302 : 303)
  else sendProblem(reply, frame, verdict.problem)
  return undefined
}

function signInPage(frame: Frame, asked: AuthorizationRequest): SignInPage {
  const purpose = fill(frame.texts.signInTo, { client: asked.client.name })
  return { frame, purpose, formTargets: [formTarget(asked)] }
}

/** No host: browsers hold the policy against every redirection, also those from the client's address to where it goes on. */
function formTarget({ redirectUri }: AuthorizationRequest): string {
  return new URL(redirectUri).protocol
}
