import {
  type Client,
  type Lifetime,
  lifetimeSeconds,
  type OAuthSettings,
  platformTokenLifetimeSeconds,
} from '@sluice/oauth'
import { Problem } from '../../http/problem.ts'
import { readKeyAuthentication } from './key-authentication.ts'
import type { OAuthApiOptions } from './options.ts'
import type { ClientCreation, ClientUpdate } from './schemas.ts'

const defaultLifetime: Lifetime = { value: 60, unit: 'minutes' }
const defaultRefreshLifetime: Lifetime = { value: 30, unit: 'days' }

/** What an application client has been from the start, whatever is edited. */
type Origin = Pick<Client, 'id' | 'createdAt'>

/** An application client as an administrator states it. Throws `Problem` 400 that lists everything that is wrong. */
export function applicationClient(
  body: ClientUpdate,
  origin: Origin,
  { catalogue, oauth }: Pick<OAuthApiOptions, 'catalogue' | 'oauth'>,
): Client {
  const { name = '', subscription = '', grant = 'client_credentials', tokenEndpointAuthMethod: method } = body
  const confidential = body.confidential ?? method !== 'none'
  const { keyAuthentication, problems } = readKeyAuthentication(body)
  const seconds = lifetimeSeconds(body.tokenLifetime ?? defaultLifetime)
  const refreshSeconds = lifetimeSeconds(body.refreshTokenLifetime ?? defaultRefreshLifetime)
  refuseIfAny([
    name === '' && 'Expected a field "name", found none.',
    subscription !== catalogue.runtime &&
      subscription !== catalogue.api &&
      `Expected "subscription" to be "${catalogue.runtime}" (flows) or "${catalogue.api}" (API), found "${subscription}".`,
    seconds === undefined && 'Expected "tokenLifetime" to be at most 180 days.',
    refreshSeconds === undefined && 'Expected "refreshTokenLifetime" to be at most 180 days.',
    ...confidentialityProblems(grant, confidential, body),
    ...problems,
    ...offerProblems(body, oauth.settings),
    ...redirectProblems(grant, body),
  ])
  return {
    id: origin.id,
    createdAt: origin.createdAt,
    kind: 'application',
    name,
    description: body.description ?? '',
    subscription,
    grant,
    confidential,
    scopes: [],
    tokenLifetimeSeconds: seconds ?? 0,
    refreshTokenLifetimeSeconds: refreshSeconds ?? 0,
    redirectUri: body.redirectUri,
    skipConsent: body.skipConsent ?? false,
    translations: body.translations ?? {},
    ...(keyAuthentication && { keyAuthentication }),
    ...(body.dpopBoundAccessTokens && { tokenBinding: 'dpop' }),
    ...(body.tlsClientCertificateBoundAccessTokens && { tokenBinding: 'certificate' }),
    ...(body.requirePushedAuthorizationRequests && { requirePushedAuthorizationRequests: true }),
  }
}

const extensionFields = [
  'requirePushedAuthorizationRequests',
  'dpopBoundAccessTokens',
  'tlsClientCertificateBoundAccessTokens',
] as const

/** What a server is not started for, its clients would ask for in vain. */
function offerProblems(body: ClientUpdate, { extensions, certificateMethods }: OAuthSettings) {
  const {
    tokenEndpointAuthMethod: method = 'none',
    dpopBoundAccessTokens,
    tlsClientCertificateBoundAccessTokens,
  } = body
  const isSecret = method === 'client_secret_basic' || method === 'none'
  if (!extensions) {
    return [
      ...extensionFields.map(field => body[field] === true && `Expected no "${field}" with --oauth-extensions off.`),
      !isSecret && `Expected another "tokenEndpointAuthMethod" than ${method} with --oauth-extensions off.`,
    ]
  }
  return [
    dpopBoundAccessTokens === true &&
      tlsClientCertificateBoundAccessTokens === true &&
      'Expected either "dpopBoundAccessTokens" or "tlsClientCertificateBoundAccessTokens", found both.',
    tlsClientCertificateBoundAccessTokens === true &&
      certificateMethods.length === 0 &&
      'Expected "tlsClientCertificateBoundAccessTokens" only with --tls-client-certificates request.',
    (method === 'tls_client_auth' || method === 'self_signed_tls_client_auth') &&
      !certificateMethods.includes(method) &&
      `Expected "tokenEndpointAuthMethod" ${method} only with --tls-client-certificates request${method === 'tls_client_auth' ? ' and --tls-client-ca' : ''}.`,
  ]
}

/** As in the original: client credentials need a secret, and only the code grant can do without. */
function confidentialityProblems(
  grant: Client['grant'],
  confidential: boolean,
  { secret, tokenEndpointAuthMethod: method }: ClientUpdate,
) {
  return [
    grant === 'client_credentials' &&
      !confidential &&
      'Expected "confidential" to be true, as the grant client_credentials needs a secret.',
    !confidential && secret !== undefined && 'Expected no "secret", as the client is not confidential.',
    method !== undefined &&
      (method === 'none') === confidential &&
      `Expected a "tokenEndpointAuthMethod" ${confidential ? 'other than none, as the client is' : 'of none, as the client is not'} confidential.`,
    confidential &&
      secret !== undefined &&
      method !== undefined &&
      method !== 'client_secret_basic' &&
      `Expected no "secret", as the client authenticates by ${method}.`,
  ]
}

function redirectProblems(
  grant: Client['grant'],
  { redirectUri, skipConsent, refreshTokenLifetime, requirePushedAuthorizationRequests }: ClientUpdate,
) {
  if (grant === 'authorization_code') {
    return [
      redirectUri !== undefined &&
        !isRedirectUri(redirectUri) &&
        'Expected "redirectUri" to be an absolute URI without a fragment: https, a scheme of an app, or http on localhost.',
    ]
  }
  return [
    requirePushedAuthorizationRequests === true &&
      'Expected "requirePushedAuthorizationRequests" only with the grant authorization_code.',
    redirectUri !== undefined && 'Expected "redirectUri" only with the grant authorization_code.',
    refreshTokenLifetime !== undefined && 'Expected "refreshTokenLifetime" only with the grant authorization_code.',
    skipConsent === true && 'Expected "skipConsent" only with the grant authorization_code.',
  ]
}

/** Schemes that run code in a browser, or lead to what is no client. */
const noClients = new Set(['javascript:', 'data:', 'vbscript:', 'blob:', 'filesystem:', 'file:', 'about:'])
const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]'])

/** RFC 6749 §3.1.2; http to this machine only (RFC 9700 §2.6, RFC 8252 §7.3). Mobile clients have schemes of their own. */
function isRedirectUri(text: string): boolean {
  if (!/^[\x21-\x7e]+$/.test(text) || text.includes('#') || !URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'http:' ? loopbackHosts.has(hostname) : !noClients.has(protocol)
}

const platformFields: readonly string[] = ['kind', 'name', 'description', 'scopes']

/** A platform client: ID, secret and lifetime are not the administrator's to choose. Throws `Problem` 400. */
export function platformClient(body: ClientCreation, origin: Origin): Client {
  const { name = origin.id, description = '', scopes = [] } = body
  const given = Object.keys(body).filter(field => !platformFields.includes(field))
  refuseIfAny([
    ...given.map(field => `Expected no field "${field}" for a platform client.`),
    scopes.length === 0 && 'Expected at least one of "scopes" for a platform client.',
  ])
  return {
    ...origin,
    kind: 'platform',
    name,
    description,
    subscription: '',
    grant: 'client_credentials',
    confidential: true,
    scopes,
    tokenLifetimeSeconds: platformTokenLifetimeSeconds,
    refreshTokenLifetimeSeconds: 0,
    redirectUri: undefined,
    skipConsent: false,
    translations: {},
  }
}

/** The one thing about a platform client that can be edited is its description. Throws `Problem` 400. */
export function editedPlatformClient(body: ClientUpdate, client: Client): Client {
  const given = Object.keys(body).filter(field => field !== 'description')
  refuseIfAny(
    given.map(field => `Expected only "description", as a platform client cannot be edited, found "${field}".`),
  )
  return { ...client, description: body.description ?? '' }
}

function refuseIfAny(problems: readonly (string | false)[]): void {
  const found = problems.filter(problem => problem !== false)
  if (found.length > 0) throw new Problem(400, 'invalid-client', found.join(' '))
}
