import { createHash, type X509Certificate } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { CertificateUserMappings, Changes } from '../store/store.ts'

export interface ClientCertificatesOptions {
  readonly mappings: Pick<CertificateUserMappings, 'list'>
  readonly changes: Changes
  readonly clock: { now(): number }
}

/** Who callers are by their TLS client certificates. */
export interface ClientCertificates {
  /** Undefined without a certificate, with one that is mapped to nobody, and with one that is not valid now. */
  userOf(request: IncomingMessage): string | undefined | Promise<string | undefined>
  /** Stops listening for changes. */
  close(): void
}

interface Peer {
  readonly digest: string
  readonly validFrom: number
  readonly validTo: number
}

/**
 * A certificate counts as it is mapped, byte by byte: TLS has proved that the caller has its private key, and whoever
 * mapped it vouches for it, so that no authority need be trusted for it.
 */
export function createClientCertificates({ mappings, changes, clock }: ClientCertificatesOptions): ClientCertificates {
  const peers = new WeakMap<Socket, Peer>()
  let users: Promise<ReadonlyMap<string, string>> | undefined
  const load = async () => {
    const all = await mappings.list({})
    return new Map(all.map(({ certificate, user }) => [digestOf(certificate), user]))
  }
  const close = changes.on('certificate-user-mappings', () => {
    users = undefined
  })
  const peerOf = (socket: Socket): Peer | undefined => {
    const known = peers.get(socket)
    if (known) return known
    const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined
    if (!certificate) return undefined
    const peer = describe(certificate)
    peers.set(socket, peer)
    return peer
  }
  return {
    userOf({ socket }) {
      const peer = peerOf(socket)
      const now = clock.now()
      if (!peer || now < peer.validFrom || now > peer.validTo) return undefined
      users ??= load()
      return users.then(
        known => known.get(peer.digest),
        error => {
          users = undefined
          throw error
        },
      )
    },
    close,
  }
}

function describe(certificate: X509Certificate): Peer {
  return {
    digest: digestOf(certificate.raw),
    validFrom: certificate.validFromDate.getTime(),
    validTo: certificate.validToDate.getTime(),
  }
}

function digestOf(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex')
}
