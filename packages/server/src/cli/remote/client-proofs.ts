import { UsageError } from '../line/errors.ts'
import { readInput } from '../line/input.ts'
import type { Terminal } from '../line/terminal.ts'

/** Options about how a client authenticates without a secret, and what it and its users have to show. */
export const proofOptions = {
  'public-key': {
    value: 'file',
    doc: 'Its public keys, PEM or JWKS: it authenticates by private_key_jwt and has no secret.',
  },
  certificate: {
    value: 'file',
    doc: 'Its TLS client certificates, PEM: it authenticates by self_signed_tls_client_auth and has no secret.',
  },
  'certificate-name': {
    value: 'kind=name',
    doc: 'A name in its TLS client certificate, for which an authority vouches: subject-dn=…, san-dns=…, san-uri=…, san-ip=… or san-email=…; it authenticates by tls_client_auth and has no secret.',
  },
  'require-par': { doc: 'It pushes its authorization requests (RFC 9126).' },
  'dpop-bound': { doc: 'Its tokens are bound to a DPoP key (RFC 9449).' },
  'certificate-bound': { doc: 'Its tokens are bound to its TLS client certificate (RFC 8705).' },
} as const

/** What was given for `proofOptions`. */
export interface ProofValues {
  readonly 'public-key'?: string | undefined
  readonly certificate?: string | undefined
  readonly 'certificate-name'?: string | undefined
  readonly 'require-par': boolean
  readonly 'dpop-bound': boolean
  readonly 'certificate-bound': boolean
}

const nameFields: Readonly<Record<string, string>> = {
  'subject-dn': 'tlsClientAuthSubjectDn',
  'san-dns': 'tlsClientAuthSanDns',
  'san-uri': 'tlsClientAuthSanUri',
  'san-ip': 'tlsClientAuthSanIp',
  'san-email': 'tlsClientAuthSanEmail',
}

/** The fields of the client that the options stand for. Throws `UsageError`. */
export async function readProofs(options: ProofValues, terminal: Terminal): Promise<Readonly<Record<string, unknown>>> {
  const { 'public-key': publicKey, certificate, 'certificate-name': name } = options
  if ([publicKey, certificate, name].filter(given => given !== undefined).length > 1) {
    throw new UsageError('Expected one of --public-key, --certificate and --certificate-name, found more')
  }
  const textOf = async (path: string) => Buffer.from(await readInput(`@${path}`, terminal)).toString('utf8')
  return {
    ...(publicKey !== undefined && {
      tokenEndpointAuthMethod: 'private_key_jwt',
      jwks: keysOf(await textOf(publicKey)),
    }),
    ...(certificate !== undefined && {
      tokenEndpointAuthMethod: 'self_signed_tls_client_auth',
      certificate: await textOf(certificate),
    }),
    ...(name !== undefined && { tokenEndpointAuthMethod: 'tls_client_auth', ...certificateName(name) }),
    ...(options['require-par'] && { requirePushedAuthorizationRequests: true }),
    ...(options['dpop-bound'] && { dpopBoundAccessTokens: true }),
    ...(options['certificate-bound'] && { tlsClientCertificateBoundAccessTokens: true }),
  }
}

function keysOf(text: string): unknown {
  if (!text.trimStart().startsWith('{')) return text
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError('Expected --public-key as a file with PEM or a JWKS, found broken JSON')
  }
}

function certificateName(text: string): Readonly<Record<string, string>> {
  const equals = text.indexOf('=')
  const field = nameFields[text.slice(0, Math.max(equals, 0))]
  if (field === undefined) {
    throw new UsageError(`Expected --certificate-name as ${Object.keys(nameFields).join('=…, ')}=…, found "${text}"`)
  }
  return { [field]: text.slice(equals + 1) }
}
