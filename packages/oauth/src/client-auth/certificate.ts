import type { Client, ClientCertificate, KeyAuthentication } from '../ports.ts'

/** Client authentication by a TLS client certificate (RFC 8705 §2). */
export type CertificateMethod = Extract<KeyAuthentication['method'], `${string}tls_client_auth`>

/** Why a certificate does not authenticate a client of such a method; undefined when it does. `now`: milliseconds since 1970. */
export function certificateProblem(
  { keyAuthentication }: Client,
  certificate: ClientCertificate,
  offered: readonly CertificateMethod[],
  now: number,
): string | undefined {
  if (!keyAuthentication || keyAuthentication.method === 'private_key_jwt') {
    return 'the client does not authenticate by a certificate'
  }
  if (!offered.includes(keyAuthentication.method)) return `${keyAuthentication.method} is not offered`
  if (now < certificate.validFrom || now > certificate.validTo) return 'the certificate is not valid now'
  if (keyAuthentication.method === 'self_signed_tls_client_auth') {
    const isRegistered = keyAuthentication.certificates.some(({ thumbprint }) => thumbprint === certificate.thumbprint)
    return isRegistered ? undefined : 'the certificate is not registered for the client'
  }
  if (!certificate.isTrusted) return 'no trusted authority vouches for the certificate'
  const { name, value } = keyAuthentication
  return certificate.hasName(name, value) ? undefined : `the certificate has another ${name} than is registered`
}
