import type { Client, OpaqueToken } from '@sluice/oauth'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { clientIn } from './client-text.ts'
import { isOfThisSite } from './form.ts'
import { type Html, html } from './html.ts'
import type { EndUserOptions } from './options.ts'
import { type Frame, frameOf, page, sendPage, sendProblem } from './page.ts'
import { askToSignIn, type FormRequest, type SignInPage, signedIn, signIn, signOut } from './sign-in.ts'
import type { Texts } from './texts.ts'

/** Where users manage their tokens (documented: "End User UI"). */
export const tokensPath = '/oauth2'

/** The most tokens that the page lists. */
const tokensMax = 500

/** A user's own tokens, to look at and to revoke. */
export function registerTokenManagement(app: FastifyInstance, options: EndUserOptions): void {
  app.get(tokensPath, async (request, reply) => {
    const frame = await frameOf(request, options)
    const session = await signedIn(request, options)
    if (!session) return askToSignIn(reply, signInPage(frame))
    const tokens = await tokensOf(session.user, options)
    return sendPage(reply, tokensPage(frame, session, tokens))
  })

  app.post<{ Body: URLSearchParams }>(tokensPath, async (request, reply) => {
    const frame = await frameOf(request, options)
    if (!isOfThisSite(request.raw)) return sendProblem(reply, frame, 'foreign-form')
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
  const session = await signedIn(request, options)
  if (!session || !options.csrf.isToken(request.raw, request.body.get('csrf_token') ?? '')) {
    return sendProblem(reply, frame, 'stale-form')
  }
  const revoked = request.body.get('revoke')
  if (revoked === null) return signOut(request, reply, options)
  options.accessLog.note(request.raw, { user: session.user })
  const own = await tokensOf(session.user, options)
  const found = own.find(({ token }) => idOf(token) === revoked)
  if (found) await options.tokens.delete(found.token.key)
  return reply.redirect(tokensPath, 303)
}

interface OwnToken {
  readonly token: OpaqueToken
  readonly client: Client
  readonly validUntil: number
}

async function tokensOf(user: string, { tokens, clients, oauth }: EndUserOptions): Promise<OwnToken[]> {
  const byId = new Map((await clients.list()).map(client => [client.id, client]))
  const now = oauth.clock.now()
  return (await tokens.list({ user, limit: tokensMax })).flatMap(token => {
    const client = byId.get(token.clientId)
    if (!client) return []
    const validUntil = token.issuedAt + client.tokenLifetimeSeconds * 1000
    return now < validUntil ? [{ token, client, validUntil }] : []
  })
}

function idOf({ key }: OpaqueToken): string {
  return Buffer.from(key).toString('hex')
}

function signInPage(frame: Frame): SignInPage {
  return { frame, purpose: frame.texts.signInForTokens }
}

function tokensPage(
  frame: Frame,
  { user, csrfToken }: { readonly user: string; readonly csrfToken: string },
  tokens: readonly OwnToken[],
): string {
  const { texts } = frame
  const content = html`<form method="post">
<input type="hidden" name="csrf_token" value="${csrfToken}">
${tokens.length === 0 ? html`<p>${texts.noTokens}</p>` : tokenTable(texts, tokens)}
<p class="note"><a href="${tokensPath}/code">${texts.getCode}</a></p>
<p class="note">${texts.signedInAs.replace('{user}', () => user)} <button class="link">${texts.signOut}</button></p>
</form>`
  return page(frame, texts.tokenManagement, content, 'wide')
}

function tokenTable(texts: Texts, tokens: readonly OwnToken[]): Html {
  const headings = [texts.client, texts.application, texts.issuedAt, texts.validUntil]
  const row = ({ token, client, validUntil }: OwnToken) => {
    const { name, subscription } = clientIn(client, texts)
    return html`<tr>
<td>${name}</td><td>${subscription}</td>
<td>${moment(token.issuedAt, texts)}</td><td>${moment(validUntil, texts)}</td>
<td><button name="revoke" value="${idOf(token)}" aria-label="${texts.revokeOf.replace('{client}', () => name)}">${texts.revoke}</button></td>
</tr>`
  }
  return html`<div class="scrolling"><table>
<thead><tr>${headings.map(heading => html`<th scope="col">${heading}</th>`)}<td></td></tr></thead>
<tbody>${tokens.map(row)}</tbody>
</table></div>`
}

/** Without a script nobody knows the user's zone. */
function moment(time: number, { language }: Texts): Html {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })
  return html`<time datetime="${new Date(time).toISOString()}">${format.format(time)} UTC</time>`
}
