import type { AuthMethod, Client, ClientProofs, ClientUpdate } from '../api/oauth.ts'

/** How confidential clients authenticate. */
export const authMethods = [
  'client_secret_basic',
  'private_key_jwt',
  'self_signed_tls_client_auth',
  'tls_client_auth',
] as const satisfies readonly AuthMethod[]

/** The fields that name a certificate, one of which a client of `tls_client_auth` has. */
export const certificateNames = [
  'tlsClientAuthSubjectDn',
  'tlsClientAuthSanDns',
  'tlsClientAuthSanUri',
  'tlsClientAuthSanIp',
  'tlsClientAuthSanEmail',
] as const

/** What tokens are bound to: nothing, or what the client has to show. */
export const tokenBindings = ['none', 'dpop', 'certificate'] as const

/** What a client has to show, as it is typed. */
export interface ProofDraft {
  readonly method: (typeof authMethods)[number]
  /** PEM or a JWKS. */
  readonly keys: string
  /** PEM. */
  readonly certificate: string
  readonly nameKind: (typeof certificateNames)[number]
  readonly name: string
  readonly binding: (typeof tokenBindings)[number]
  /** Authorization code only. */
  readonly requirePushed: boolean
}

/** A client with a secret. */
export const emptyProofs: ProofDraft = {
  method: 'client_secret_basic',
  keys: '',
  certificate: '',
  nameKind: 'tlsClientAuthSubjectDn',
  name: '',
  binding: 'none',
  requirePushed: false,
}

export function proofDraftOf(client: Client): ProofDraft {
  const { tokenEndpointAuthMethod, jwks, certificate = '', requirePushedAuthorizationRequests = false } = client
  const nameKind = certificateNames.find(field => client[field] !== undefined) ?? emptyProofs.nameKind
  return {
    method: authMethods.find(method => method === tokenEndpointAuthMethod) ?? emptyProofs.method,
    keys: jwks === undefined ? '' : JSON.stringify(jwks, null, 2),
    certificate,
    nameKind,
    name: client[nameKind] ?? '',
    binding: bindingOf(client),
    requirePushed: requirePushedAuthorizationRequests,
  }
}

/** What the tokens of a client are bound to. */
export function bindingOf(client: ClientProofs): ProofDraft['binding'] {
  if (client.dpopBoundAccessTokens) return 'dpop'
  return client.tlsClientCertificateBoundAccessTokens ? 'certificate' : 'none'
}

/** The fields of a confidential client that are needed and empty. */
export function wrongProofs({ method, keys, certificate, name }: ProofDraft) {
  return [
    method === 'private_key_jwt' && keys.trim() === '' && ('jwks' as const),
    method === 'self_signed_tls_client_auth' && certificate.trim() === '' && ('certificate' as const),
    method === 'tls_client_auth' && name.trim() === '' && ('tlsClientAuthSubjectDn' as const),
  ].filter(field => field !== false)
}

/** What is sent. */
export function proofsOf(
  { method, keys, certificate, nameKind, name, binding, requirePushed }: ProofDraft,
  { confidential, isCode }: { readonly confidential: boolean; readonly isCode: boolean },
): ClientProofs & Pick<ClientUpdate, 'tokenEndpointAuthMethod'> {
  return {
    ...(confidential && method !== 'client_secret_basic' && { tokenEndpointAuthMethod: method }),
    ...(confidential && method === 'private_key_jwt' && { jwks: jwksOf(keys) }),
    ...(confidential && method === 'self_signed_tls_client_auth' && { certificate }),
    ...(confidential && method === 'tls_client_auth' && { [nameKind]: name.trim() }),
    ...(binding === 'dpop' && { dpopBoundAccessTokens: true }),
    ...(binding === 'certificate' && { tlsClientCertificateBoundAccessTokens: true }),
    ...(isCode && requirePushed && { requirePushedAuthorizationRequests: true }),
  }
}

/** What is broken is left to the server to refuse. */
function jwksOf(text: string): object | string {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : text
  } catch {
    return text
  }
}
