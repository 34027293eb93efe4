import { authenticateClient } from '../client-auth/authenticate-client.ts'
import { jwtLifetimeSecondsMax } from '../clients/lifetime.ts'
import type { OAuthContext } from '../context.ts'
import { OAuthError } from '../errors.ts'
import type { Authorization, Grant } from '../grants/grant.ts'
import type { OAuthRequest, OAuthResponse } from '../message.ts'
import type { Client, ClientKind, Confirmation, OpaqueToken } from '../ports.ts'
import { createOpaqueToken, opaqueTokenKey } from '../tokens/opaque-token.ts'
import { prefixOf } from '../tokens/prefix.ts'
import { bindingOf } from '../tokens/token-binding.ts'
import { parseTokenFormat, type RequestedFormat } from '../tokens/token-format.ts'
import { createUserSecret } from '../tokens/user-secret.ts'
import { answerPost, noStoreHeaders } from './answer.ts'
import { parseParameters } from './parameters.ts'

/** How many requests one for a JWT weighs: they have higher thresholds (documented behaviour), as nothing is stored. */
const jwtCost = 0.5

/**
 * The token endpoint (RFC 6749 §3.2) of application clients or of platform clients; each sees only clients of its kind.
 * Every refusal is an answer. Rejects only when a store or key fails; a token is durable before it is answered.
 */
export function tokenEndpoint(request: OAuthRequest, kind: ClientKind, context: OAuthContext): Promise<OAuthResponse> {
  return answerPost(request, { object: 'access-token', action: 'issue' }, context, () => answer(request, kind, context))
}

async function answer(request: OAuthRequest, kind: ClientKind, context: OAuthContext): Promise<OAuthResponse> {
  const parameters = parseParameters(request, context.parameterNames)
  const grant = findGrant(parameters.get('grant_type'), context.grants)
  const format = parseTokenFormat(parameters.get('token_format'))
  const client = await authenticateClient(request, parameters, kind, context)
  if (!grant.allowedFor.includes(client.grant)) {
    throw new OAuthError('grant_not_allowed', `the client is registered for ${client.grant}`, { clientId: client.id })
  }
  if (!grant.tokenFormats.includes(format)) {
    throw new OAuthError('format_not_allowed', `${grant.type} gives no ${format} tokens`, { clientId: client.id })
  }
  const binding = bindingOf(request, client, context)
  const key = { id: client.id, address: request.address }
  const admit = () => context.requests.admit(key, format === 'opaque' ? 1 : jwtCost)
  // A public client proves something only with its code or refresh token.
  if (client.confidential) await admit()
  const authorization = await grant.authorize(client, parameters, context, binding?.confirmation)
  if (!client.confidential) await admit()
  if (binding) await binding.spend()
  const bound = binding === undefined ? authorization : { ...authorization, confirmation: binding.confirmation }
  const issued = await issue(client, bound, format, context)
  if (authorization.confirm) await confirmed(issued, authorization.confirm, context)
  tellOf(issued, { grant, client, authorization, address: request.address }, context)
  return success(client, issued, request.form)
}

function findGrant(type: string | undefined, grants: readonly Grant[]): Grant {
  if (type === undefined) throw new OAuthError('missing_grant_type', 'grant_type is missing')
  const grant = grants.find(candidate => candidate.type === type || candidate.aliases?.includes(type))
  if (!grant) throw new OAuthError('unsupported_grant_type', 'grant_type is not offered')
  return grant
}

interface IssuedToken {
  readonly object: 'access-token' | 'jwt-access-token'
  readonly token: string
  /** What the audit log may say of it. */
  readonly id: string
  readonly lifetimeSeconds: number
  readonly scopes: Authorization['scopes']
  readonly refreshToken?: string
  readonly confirmation?: Confirmation
}

async function issue(
  client: Client,
  authorization: Authorization,
  format: RequestedFormat,
  context: OAuthContext,
): Promise<IssuedToken> {
  const { scopes, family, confirmation } = authorization
  const bound = confirmation && { confirmation }
  const now = context.clock.now()
  if (format === 'opaque') {
    const { text: token, row } = createOpaqueToken(client, authorization, now, context)
    const issued = {
      ...({ object: 'access-token', token, id: prefixOf(token) } as const),
      ...{ lifetimeSeconds: client.tokenLifetimeSeconds, scopes, ...bound },
    }
    if (!family) {
      await store(row, context)
      return issued
    }
    const refreshToken = createUserSecret(context.random)
    const tokens = { accessToken: row, refreshToken: context.digests.sha256(refreshToken) }
    // Whoever has no secret shows the same key or certificate again (RFC 9449 §5, RFC 8705 §4).
    await family.store(confirmation && !client.confidential ? { ...tokens, refreshBinding: confirmation } : tokens)
    return { ...issued, refreshToken }
  }
  const lifetimeSeconds = Math.min(client.tokenLifetimeSeconds, jwtLifetimeSecondsMax)
  const { text, id } = context.jwtIssuer.issue(client, authorization, format, Math.floor(now / 1000), lifetimeSeconds)
  return { object: 'jwt-access-token', token: text, id: prefixOf(id), lifetimeSeconds, scopes, ...bound }
}

async function confirmed(
  { object, token }: IssuedToken,
  confirm: () => Promise<void>,
  context: OAuthContext,
): Promise<void> {
  try {
    await confirm()
  } catch (error) {
    if (object === 'access-token') await context.tokens.delete(opaqueTokenKey(token, context))
    throw error
  }
}

interface Issue {
  readonly grant: Grant
  readonly client: Client
  readonly authorization: Authorization
  readonly address: string
}

function tellOf(
  { object, id, refreshToken }: IssuedToken,
  { grant, client, authorization: { user, family }, address }: Issue,
  { audit }: OAuthContext,
): void {
  const event = { user, clientId: client.id, address, method: grant.type }
  if (family)
    audit.record({ object: family.presented.object, action: 'redeem', id: prefixOf(family.presented.text), ...event })
  audit.record({ object, action: 'issue', id, ...event })
  if (refreshToken !== undefined)
    audit.record({ object: 'refresh-token', action: 'issue', id: prefixOf(refreshToken), ...event })
}

/** A client that was deleted while its request was answered is told what it would be told now. */
async function store(token: OpaqueToken, { tokens, findClient }: OAuthContext): Promise<void> {
  try {
    await tokens.insert(token)
  } catch (error) {
    if (await findClient(token.clientId)) throw error
    throw new OAuthError('invalid_client', 'the client was deleted meanwhile', { clientId: token.clientId })
  }
}

/**
 * Application clients get `scopes`, an array, and platform clients `scope`, a string (documented behaviour). The token
 * service of Cloud Foundry writes `bearer`, which cpilint insists on, and `scope`.
 */
function success(
  client: Client,
  { token, lifetimeSeconds, scopes, refreshToken, confirmation }: IssuedToken,
  form: OAuthRequest['form'],
): OAuthResponse {
  const isCloudFoundry = form === 'cloud-foundry'
  const granted =
    isCloudFoundry || client.kind === 'platform'
      ? `"scope":${JSON.stringify(scopes.join(' '))}`
      : `"scopes":${JSON.stringify(scopes)}`
  const plainType = isCloudFoundry ? 'bearer' : 'Bearer'
  const type = confirmation?.jkt === undefined ? plainType : 'DPoP'
  const refresh = refreshToken === undefined ? '' : `"refresh_token":"${refreshToken}",`
  return {
    status: 200,
    headers: noStoreHeaders,
    body: `{"access_token":"${token}","token_type":"${type}","expires_in":${lifetimeSeconds},${refresh}${granted}}`,
    reason: undefined,
    clientId: client.id,
  }
}
