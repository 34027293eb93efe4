import { type ApplicationScope, authorizationCodeSeconds, type Client, issueCode } from '@sluice/oauth'
import type { FastifyInstance, FastifyReply } from 'fastify'
import qrcode from 'qrcode-generator'
import { addressOf } from '../http/client-address.ts'
import { clientIn } from './client-text.ts'
import { describeScope } from './consent-page.ts'
import { isOfThisSite, ownEvents } from './form.ts'
import { Html, html } from './html.ts'
import type { EndUserOptions } from './options.ts'
import { type Frame, frameOf, page, sendPage, sendProblem } from './page.ts'
import { askToSignIn, type FormRequest, senderOf, signedIn, signIn } from './sign-in.ts'
import { fill, type Texts } from './texts.ts'
import { tokensPath } from './token-routes.ts'

const codePath = `${tokensPath}/code`

/**
 * Where users get an authorization code for a client on another device (documented: "Code"): choose the client, choose
 * scopes, and read the code as text or QR code.
 */
export function registerCodePage(app: FastifyInstance, options: EndUserOptions): void {
  app.get<{ Querystring: { client_id?: string | string[] } }>(codePath, async (request, reply) => {
    const frame = await frameOf(request, options)
    const session = await signedIn(request, options)
    if (!session) {
      return askToSignIn(request, reply, { frame, purpose: frame.texts.signInForTokens }, options)
    }
    const clients = await clientsWithCodes(options)
    const chosen = clients.find(({ id }) => id === request.query.client_id)
    if (!chosen) return sendPage(reply, clientPage(frame, clients))
    const scopes = await options.oauth.scopes.ofApplication(chosen.subscription)
    return sendPage(reply, scopePage(frame, { client: chosen, scopes, csrfToken: session.csrfToken }))
  })

  app.post<{ Body: URLSearchParams }>(codePath, { config: ownEvents }, async (request, reply) => {
    const frame = await frameOf(request, options)
    if (!isOfThisSite(request.raw, options.oauth.settings.issuer)) return sendProblem(reply, frame, 'foreign-form')
    if (request.body.has('user')) {
      return signIn(request, reply, { frame, purpose: frame.texts.signInForTokens }, options)
    }
    return issue(request, reply, frame, options)
  })
}

async function issue(
  request: FormRequest,
  reply: FastifyReply,
  frame: Frame,
  options: EndUserOptions,
): Promise<FastifyReply> {
  const { oauth, accessLog } = options
  const { body } = request
  const sender = await senderOf(request, options)
  const client = (await clientsWithCodes(options)).find(({ id }) => id === body.get('client_id'))
  if (!sender || !client) return sendProblem(reply, frame, 'stale-form')
  accessLog.note(request.raw, { user: sender.user })
  const wanted = new Set(body.getAll('scope'))
  const scopes = (await oauth.scopes.ofApplication(client.subscription)).filter(({ id }) => wanted.has(id))
  const none = { redirectUri: undefined, codeChallenge: undefined, dpopJkt: undefined }
  const endUser = { user: sender.user, session: sender.session, address: addressOf(request.raw) }
  const code = await issueCode({ client, ...endUser, scopes, ...none }, oauth)
  if (code === undefined) return sendProblem(reply, frame, 'stale-form')
  return sendPage(reply, codePage(frame, client, code))
}

async function clientsWithCodes({ clients }: EndUserOptions): Promise<Client[]> {
  const all = await clients.list()
  return all.filter(client => client.grant === 'authorization_code' && !client.requirePushedAuthorizationRequests)
}

function clientPage(frame: Frame, clients: readonly Client[]): string {
  const { texts } = frame
  if (clients.length === 0) return page(frame, texts.codeTitle, html`<p>${texts.noClients}</p>${back(frame)}`)
  const content = html`<p>${texts.codeFor}</p>
<form method="get">
<label for="client">${texts.client}</label>
<select id="client" name="client_id">${clients.map(client => html`<option value="${client.id}">${clientIn(client, texts).name}</option>`)}</select>
<div class="actions"><button class="primary">${texts.goOn}</button></div>
</form>${back(frame)}`
  return page(frame, texts.codeTitle, content)
}

interface ScopeChoice {
  readonly client: Client
  readonly scopes: readonly ApplicationScope[]
  readonly csrfToken: string
}

function scopePage(frame: Frame, { client, scopes, csrfToken }: ScopeChoice): string {
  const { texts } = frame
  const names = { client: clientIn(client, texts).name }
  const boxes = scopes.map(
    scope =>
      html`<label class="box"><input type="checkbox" name="scope" value="${scope.id}"> ${describeScope(scope, texts)}</label>`,
  )
  const choice =
    boxes.length === 0
      ? html`<p>${fill(texts.onlyIdentify, names)}</p>`
      : html`<fieldset><legend>${fill(texts.willBeAble, names)}</legend>${boxes}</fieldset>`
  const content = html`<form method="post" action="${codePath}">
<input type="hidden" name="csrf_token" value="${csrfToken}"><input type="hidden" name="client_id" value="${client.id}">
${choice}
<div class="actions"><button class="primary">${texts.generateCode}</button></div>
</form>${back(frame)}`
  return page(frame, texts.codeTitle, content)
}

function codePage(frame: Frame, client: Client, code: string): string {
  const { texts } = frame
  const content = html`<p>${fill(texts.codeHint, { client: clientIn(client, texts).name, time: timeToEnter(client, texts) })}</p>
<p class="code">${code}</p>
${qrCode(code, texts.qrCode)}
${back(frame)}`
  return page(frame, texts.codeTitle, content)
}

/** How long a code of the client is good: lifetimes are whole minutes. */
function timeToEnter({ tokenLifetimeSeconds }: Client, { language }: Texts): string {
  const minutes = Math.min(tokenLifetimeSeconds, authorizationCodeSeconds) / 60
  return new Intl.NumberFormat(language, { style: 'unit', unit: 'minute', unitDisplay: 'long' }).format(minutes)
}

function back({ texts }: Frame): Html {
  return html`<p class="note"><a href="${tokensPath}">${texts.tokenManagement}</a></p>`
}

/** Modules of the quiet zone around a QR code (ISO/IEC 18004). */
const quiet = 4

function qrCode(text: string, name: string): Html {
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  const count = code.getModuleCount()
  let path = ''
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) if (code.isDark(row, column)) path += `M${column},${row}h1v1h-1z`
  }
  const box = `-${quiet} -${quiet} ${count + 2 * quiet} ${count + 2 * quiet}`
  return html`<svg class="qr" role="img" aria-label="${name}" viewBox="${box}"><path d="${new Html(path)}"/></svg>`
}
