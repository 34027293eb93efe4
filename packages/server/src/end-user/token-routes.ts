import { authorizationEnd, type Client } from '@sluice/oauth'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { addressOf } from '../http/client-address.ts'
import { clientsOf } from '../identity/clients-of.ts'
import { clientIn } from './client-text.ts'
import { isOfThisSite, ownEvents } from './form.ts'
import { type Html, html } from './html.ts'
import type { EndUserOptions } from './options.ts'
import { type Frame, frameOf, page, sendPage, sendProblem } from './page.ts'
import { askToSignIn, type FormRequest, type SignInPage, senderOf, signedIn, signIn, signOut } from './sign-in.ts'
import type { Texts } from './texts.ts'

/** Where users manage their tokens (documented: "End User UI"). */
export const tokensPath = '/oauth2'

/** The most authorizations, and the most tokens beside them, that the page lists. */
const listedMax = 500

/**
 * What a user allowed clients, to look at and to revoke: also where only a refresh token is left, which can be used for longer
 * than any access token. Tokens that came of no authorization, but of a word of an identity provider, stand beside them.
 */
export function registerTokenManagement(app: FastifyInstance, options: EndUserOptions): void {
  app.get(tokensPath, async (request, reply) => {
    const frame = await frameOf(request, options)
    const session = await signedIn(request, options)
    if (!session) return askToSignIn(request, reply, signInPage(frame), options)
    const given = await givenBy(session.user, options)
    return sendPage(reply, tokensPage(frame, session, given))
  })

  app.post<{ Body: URLSearchParams }>(tokensPath, { config: ownEvents }, async (request, reply) => {
    const frame = await frameOf(request, options)
    if (!isOfThisSite(request.raw, options.oauth.settings.issuer)) return sendProblem(reply, frame, 'foreign-form')
    if (request.body.has('user')) return signIn(request, reply, signInPage(frame), options)
    return change(request, reply, frame, options)
  })
}

async function change(
  request: FormRequest,
  reply: FastifyReply,
  frame: Frame,
  options: EndUserOptions,
): Promise<FastifyReply> {
  const sender = await senderOf(request, options)
  if (!sender) return sendProblem(reply, frame, 'stale-form')
  const revoked = request.body.get('revoke')
  if (revoked === null) return signOut(request, reply, options)
  options.accessLog.note(request.raw, { user: sender.user })
  const own = await givenBy(sender.user, options)
  const found = own.find(({ id }) => id === revoked)
  if (found) {
    const by = { user: sender.user, clientId: found.client.id, address: addressOf(request.raw) }
    await options.audit.change({ object: found.object, action: 'revoke', ...by }, () => found.end())
  }
  return reply.redirect(tokensPath, 303)
}

interface Listed {
  readonly id: string
  readonly object: 'authorization' | 'access-token'
  readonly client: Client
  readonly issuedAt: number
  readonly validUntil: number
  end(): Promise<unknown>
}

async function givenBy(user: string, { authorizations, tokens, clients, oauth }: EndUserOptions): Promise<Listed[]> {
  const allowed = await authorizations.list({ user, limit: listedMax })
  const lone = await tokens.list({ user, isAlone: true, limit: listedMax })
  const byId = await clientsOf([...allowed, ...lone], clients)
  const now = oauth.clock.now()
  const listed = (
    { clientId, issuedAt }: { readonly clientId: string; readonly issuedAt: number },
    expiry: (client: Client) => number,
    what: Pick<Listed, 'id' | 'object' | 'end'>,
  ): Listed[] => {
    const client = byId.get(clientId)
    const validUntil = client ? expiry(client) : 0
    return client && now < validUntil ? [{ ...what, client, issuedAt, validUntil }] : []
  }
  const given = allowed.flatMap(authorization => {
    const { id } = authorization
    const end = () => oauth.authorizations.end(id)
    const expiry = (client: Client) => authorizationEnd(authorization, client, oauth.settings)
    return listed(authorization, expiry, { id: String(id), object: 'authorization', end })
  })
  const alone = lone.flatMap(token => {
    const { key, issuedAt } = token
    const end = () => oauth.tokens.delete(key)
    const expiry = (client: Client) => issuedAt + client.tokenLifetimeSeconds * 1000
    return listed(token, expiry, { id: Buffer.from(key).toString('hex'), object: 'access-token', end })
  })
  return [...given, ...alone]
}

function signInPage(frame: Frame): SignInPage {
  return { frame, purpose: frame.texts.signInForTokens }
}

function tokensPage(
  frame: Frame,
  { user, csrfToken }: { readonly user: string; readonly csrfToken: string },
  given: readonly Listed[],
): string {
  const { texts } = frame
  const content = html`<form method="post">
<input type="hidden" name="csrf_token" value="${csrfToken}">
${given.length === 0 ? html`<p>${texts.noTokens}</p>` : tokenTable(texts, given)}
<p class="note"><a href="${tokensPath}/code">${texts.getCode}</a></p>
<p class="note">${texts.signedInAs.replace('{user}', () => user)} <button class="link">${texts.signOut}</button></p>
</form>`
  return page(frame, texts.tokenManagement, content, 'wide')
}

function tokenTable(texts: Texts, given: readonly Listed[]): Html {
  const headings = [texts.client, texts.application, texts.issuedAt, texts.validUntil]
  const row = ({ id, issuedAt, client, validUntil }: Listed) => {
    const { name, subscription } = clientIn(client, texts)
    return html`<tr>
<td>${name}</td><td>${subscription}</td>
<td>${moment(issuedAt, texts)}</td><td>${moment(validUntil, texts)}</td>
<td><button name="revoke" value="${id}" aria-label="${texts.revokeOf.replace('{client}', () => name)}">${texts.revoke}</button></td>
</tr>`
  }
  return html`<div class="scrolling"><table>
<thead><tr>${headings.map(heading => html`<th scope="col">${heading}</th>`)}<td></td></tr></thead>
<tbody>${given.map(row)}</tbody>
</table></div>`
}

/** Without a script nobody knows the user's zone. */
function moment(time: number, { language }: Texts): Html {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })
  return html`<time datetime="${new Date(time).toISOString()}">${format.format(time)} UTC</time>`
}
