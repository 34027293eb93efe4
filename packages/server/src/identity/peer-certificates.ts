import { createHash, type X509Certificate } from 'node:crypto'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { CertificateNameKind, ClientCertificate } from '@sluice/oauth'
import { isSameDistinguishedName } from './distinguished-name.ts'

/** The TLS client certificate of a connection; undefined where none came. Read once for each connection. */
export function peerCertificateOf(socket: Socket): ClientCertificate | undefined {
  if (!(socket instanceof TLSSocket)) return undefined
  const known = certificates.get(socket)
  if (known) return known
  const certificate = socket.getPeerX509Certificate()
  if (!certificate) return undefined
  const described = describe(certificate, socket.authorized)
  certificates.set(socket, described)
  return described
}

const certificates = new WeakMap<Socket, ClientCertificate>()

/** SHA-256 of a certificate in DER, in base64url (RFC 8705 §3.1). */
export function certificateThumbprint(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('base64url')
}

function describe(certificate: X509Certificate, isTrusted: boolean): ClientCertificate {
  return {
    thumbprint: certificateThumbprint(certificate.raw),
    isTrusted,
    validFrom: certificate.validFromDate.getTime(),
    validTo: certificate.validToDate.getTime(),
    hasName: (kind, value) => hasName(certificate, kind, value),
  }
}

/** How node:crypto writes the kinds of alternative names. */
const kindLabels: Readonly<Record<Exclude<CertificateNameKind, 'subject_dn'>, string>> = {
  san_dns: 'DNS',
  san_uri: 'URI',
  san_ip: 'IP Address',
  san_email: 'email',
}

/** Whether a certificate has a name (RFC 8705 §2.1.2). Names of hosts are compared without regard to case, and as they are: `*` is none. */
export function hasName(
  { subject, subjectAltName = '' }: Pick<X509Certificate, 'subject' | 'subjectAltName'>,
  kind: CertificateNameKind,
  value: string,
): boolean {
  // node:crypto writes one relative name a line, from the country down, with the escapes of RFC 4514.
  if (kind === 'subject_dn') return isSameDistinguishedName(subject.split('\n').reverse().join(','), value)
  const isSame = (name: string) =>
    kind === 'san_dns' ? name.toLowerCase() === value.toLowerCase() : canonical(kind, name) === canonical(kind, value)
  return alternativeNames(subjectAltName).some(([label, name]) => label === kindLabels[kind] && isSame(name))
}

/** IPv6 addresses can be written in several ways. */
function canonical(kind: CertificateNameKind, name: string): string {
  if (kind !== 'san_ip' || !name.includes(':')) return name
  return URL.canParse(`http://[${name}]`) ? new URL(`http://[${name}]`).hostname : name
}

/** Names with a comma or quotation mark are written as JSON. */
function alternativeNames(text: string): (readonly [label: string, name: string])[] {
  return Array.from(
    text.matchAll(/(?:^|, )([^:,"]+):("(?:[^"\\]|\\.)*"|[^,"]*)(?=, |$)/gu),
    ([, label = '', name = '']) => {
      return [label, name.startsWith('"') ? String(JSON.parse(name)) : name] as const
    },
  )
}
