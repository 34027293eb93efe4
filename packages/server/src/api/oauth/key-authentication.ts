import { createPublicKey, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import {
  type CertificateNameKind,
  type Client,
  type KeyAuthentication,
  type PublicJwk,
  readPublicJwk,
} from '@sluice/oauth'
import { parseDistinguishedName } from '../../identity/distinguished-name.ts'
import { certificateThumbprint } from '../../identity/peer-certificates.ts'
import { readPemCertificates } from '../../keystore/certificate.ts'
import { KeystoreError } from '../../keystore/keystore-error.ts'
import { pemOf } from '../../keystore/pem.ts'
import type { ClientReply, ClientUpdate } from './schemas.ts'

/** Of one client. */
const keysMax = 10

/** The fields that name a certificate (RFC 8705 §2.1.2). */
const nameFields = {
  tlsClientAuthSubjectDn: 'subject_dn',
  tlsClientAuthSanDns: 'san_dns',
  tlsClientAuthSanUri: 'san_uri',
  tlsClientAuthSanIp: 'san_ip',
  tlsClientAuthSanEmail: 'san_email',
} as const satisfies Partial<Record<keyof ClientUpdate, CertificateNameKind>>

const nameFieldNames = Object.keys(nameFields) as (keyof typeof nameFields)[]

/** How a client is to authenticate instead of with a secret, and what is wrong with that. */
export interface KeyAuthenticationVerdict {
  readonly keyAuthentication?: KeyAuthentication
  readonly problems: readonly string[]
}

/** Reads `tokenEndpointAuthMethod` and the fields that belong to it. */
export function readKeyAuthentication(body: ClientUpdate): KeyAuthenticationVerdict {
  const method = body.tokenEndpointAuthMethod
  const superfluous = [
    body.jwks !== undefined && method !== 'private_key_jwt' && expectedOnly('jwks', 'private_key_jwt'),
    body.certificate !== undefined &&
      method !== 'self_signed_tls_client_auth' &&
      expectedOnly('certificate', 'self_signed_tls_client_auth'),
    ...nameFieldNames.map(
      field => body[field] !== undefined && method !== 'tls_client_auth' && expectedOnly(field, 'tls_client_auth'),
    ),
  ].filter(problem => problem !== false)
  const read = readMethod(body)
  const problem = typeof read === 'string' ? [read] : []
  return {
    problems: [...superfluous, ...problem],
    ...(typeof read === 'object' && { keyAuthentication: read }),
  }
}

function readMethod(body: ClientUpdate): KeyAuthentication | string | undefined {
  switch (body.tokenEndpointAuthMethod) {
    case 'private_key_jwt':
      return readKeys(body.jwks)
    case 'tls_client_auth':
      return readName(body)
    case 'self_signed_tls_client_auth':
      return readCertificates(body.certificate)
    default:
      return undefined
  }
}

function expectedOnly(field: string, method: string): string {
  return `Expected "${field}" only with the tokenEndpointAuthMethod ${method}.`
}

function readKeys(jwks: ClientUpdate['jwks']): KeyAuthentication | string {
  const listed = typeof jwks === 'string' ? keysOfPem(jwks) : jwks?.keys
  if (typeof listed === 'string') return listed
  if (!Array.isArray(listed) || listed.length === 0 || listed.length > keysMax) {
    return `Expected "jwks" to have 1 to ${keysMax} public keys.`
  }
  const keys: PublicJwk[] = []
  for (const value of listed) {
    const key = readPublicJwk(value)
    const problem = typeof key === 'string' ? key : problemOfKey(key)
    if (problem !== undefined || typeof key === 'string') return `Expected other "jwks". ${problem}`
    keys.push(key)
  }
  return { method: 'private_key_jwt', keys }
}

/** Public keys and certificates of a PEM text. */
function keysOfPem(text: string): unknown[] | string {
  const blocks = text.match(/-----BEGIN (?:PUBLIC KEY|CERTIFICATE)-----[^-]+-----END [A-Z ]+-----/g) ?? []
  if (blocks.length === 0 || /PRIVATE KEY-----/.test(text)) {
    return 'Expected "jwks" to be a JWKS, or public keys or certificates in PEM; never a private key.'
  }
  try {
    return blocks.map(block => createPublicKey(block).export({ format: 'jwk' }))
  } catch {
    return 'Expected "jwks" to hold public keys that can be read.'
  }
}

function problemOfKey(key: PublicJwk): string | undefined {
  try {
    createPublicKey({ key: { ...key }, format: 'jwk' })
    return undefined
  } catch {
    return 'One of them is no public key of its kind.'
  }
}

function readName(body: ClientUpdate): KeyAuthentication | string {
  const given = nameFieldNames.filter(field => body[field] !== undefined)
  const [field] = given
  if (field === undefined || given.length > 1) {
    return `Expected exactly one of ${nameFieldNames.map(name => `"${name}"`).join(', ')} for tls_client_auth, found ${given.length}.`
  }
  const value = body[field] ?? ''
  if (field === 'tlsClientAuthSubjectDn' && !parseDistinguishedName(value)) {
    return `Expected "${field}" to be a distinguished name as in RFC 4514, such as CN=orders,O=Example,C=DE.`
  }
  if (field === 'tlsClientAuthSanIp' && isIP(value) === 0) return `Expected "${field}" to be an IP address.`
  return { method: 'tls_client_auth', name: nameFields[field], value }
}

function readCertificates(text: string | undefined): KeyAuthentication | string {
  try {
    const found = readPemCertificates(text ?? '')
    if (found.length === 0 || found.length > keysMax) {
      return `Expected "certificate" to hold 1 to ${keysMax} certificates in PEM for self_signed_tls_client_auth.`
    }
    const certificates = found.map(der => ({
      thumbprint: certificateThumbprint(new X509Certificate(der).raw),
      pem: pemOf('CERTIFICATE', der),
    }))
    return { method: 'self_signed_tls_client_auth', certificates }
  } catch (error) {
    if (error instanceof KeystoreError) return `Expected other text in "certificate". ${error.message}.`
    throw error
  }
}

/** The fields of an answer about how a client authenticates, in the form in which they are taken. */
export function describeKeyAuthentication({
  confidential,
  keyAuthentication,
}: Client): Pick<ClientReply, 'tokenEndpointAuthMethod' | 'jwks' | 'certificate' | keyof typeof nameFields> {
  if (!keyAuthentication) return { tokenEndpointAuthMethod: confidential ? 'client_secret_basic' : 'none' }
  const tokenEndpointAuthMethod = keyAuthentication.method
  if (keyAuthentication.method === 'private_key_jwt') {
    return { tokenEndpointAuthMethod, jwks: { keys: keyAuthentication.keys.map(key => ({ ...key })) } }
  }
  if (keyAuthentication.method === 'self_signed_tls_client_auth') {
    return { tokenEndpointAuthMethod, certificate: keyAuthentication.certificates.map(({ pem }) => pem).join('') }
  }
  const field = nameFieldNames.find(name => nameFields[name] === keyAuthentication.name) ?? 'tlsClientAuthSubjectDn'
  return { tokenEndpointAuthMethod, [field]: keyAuthentication.value }
}
