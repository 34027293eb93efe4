import type { IncomingMessage } from 'node:http'
import type { CertificateUserMappings, Changes } from '../store/store.ts'
import { certificateThumbprint, peerCertificateOf } from './peer-certificates.ts'

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

/**
 * A certificate counts as it is mapped, byte by byte: TLS has proved that the caller has its private key, and whoever
 * mapped it vouches for it, so that no authority need be trusted for it.
 */
export function createClientCertificates({ mappings, changes, clock }: ClientCertificatesOptions): ClientCertificates {
  let users: Promise<ReadonlyMap<string, string>> | undefined
  const load = async () => {
    const all = await mappings.list({})
    return new Map(all.map(({ certificate, user }) => [certificateThumbprint(certificate), user]))
  }
  const close = changes.on('certificate-user-mappings', () => {
    users = undefined
  })
  return {
    userOf({ socket }) {
      const peer = peerCertificateOf(socket)
      const now = clock.now()
      if (!peer || now < peer.validFrom || now > peer.validTo) return undefined
      users ??= load()
      return users.then(
        known => known.get(peer.thumbprint),
        error => {
          users = undefined
          throw error
        },
      )
    },
    close,
  }
}
