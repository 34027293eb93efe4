import type { IncomingMessage } from 'node:http'
import type { CertificateUserMappings, Changes, Users } from '../store/store.ts'
import { certificateThumbprint, peerCertificateOf } from './peer-certificates.ts'

export interface ClientCertificatesOptions {
  readonly mappings: Pick<CertificateUserMappings, 'list'>
  readonly users: Pick<Users, 'listDisabled'>
  readonly changes: Changes
  readonly clock: { now(): number }
}

/** Who callers are by their TLS client certificates. */
export interface ClientCertificates {
  /**
   * Undefined without a certificate, with one that is not valid now, and with one that is mapped to nobody or to a local user
   * who is disabled. A name that no local user has is let in: certificates are what such a user has.
   */
  userOf(request: IncomingMessage): string | undefined | Promise<string | undefined>
  /** Stops listening for changes. */
  close(): void
}

/**
 * A certificate counts as it is mapped, byte by byte: TLS has proved that the caller has its private key, and whoever
 * mapped it vouches for it, so that no authority need be trusted for it.
 */
export function createClientCertificates(options: ClientCertificatesOptions): ClientCertificates {
  const { mappings, changes, clock } = options
  let users: Promise<ReadonlyMap<string, string>> | undefined
  const load = async () => {
    const disabled = new Set(await options.users.listDisabled())
    const all = (await mappings.list({})).filter(({ user }) => !disabled.has(user.toLowerCase()))
    return new Map(all.map(({ certificate, user }) => [certificateThumbprint(certificate), user]))
  }
  const forget = () => {
    users = undefined
  }
  const subscriptions = [changes.on('certificate-user-mappings', forget), changes.on('users', forget)]
  return {
    userOf({ socket }) {
      const peer = peerCertificateOf(socket)
      const now = clock.now()
      if (!peer || now < peer.validFrom || now > peer.validTo) return undefined
      users ??= load()
      return users.then(
        known => known.get(peer.thumbprint),
        error => {
          forget()
          throw error
        },
      )
    },
    close() {
      for (const unsubscribe of subscriptions) unsubscribe()
    },
  }
}
