import type { CachedClient, ClientCache, KnownSecret } from '../clients/client-cache.ts'
import { isClientId } from '../clients/client-id.ts'
import { OAuthError } from '../errors.ts'
import type { Client, ClientKind, ClientStore, Digests, SecretHasher } from '../ports.ts'
import { encodeHex } from '../text/encoding.ts'
import type { ClientCredentials } from './client-authentication.ts'
import type { FailureThrottle } from './failure-throttle.ts'

/** Credentials with what they are used for and where they come from. */
export interface AuthenticationAttempt extends ClientCredentials {
  readonly kind: ClientKind
  readonly address: string
}

/**
 * Checks client secrets. Secrets are stored under a slow hash, those of one client with one salt: one computation checks a
 * secret against both, so that clients with one and with two cannot be told apart by time. The first use of a right secret
 * leaves a fast keyed digest in memory, so that repeats are cheap; and so is every wrong one when each right one was used.
 * Failures are slowed per client and address, and take the same time for unknown clients and wrong secrets. A right secret is
 * neither slowed nor locked out.
 */
export interface SecretVerifier {
  /** Throws `invalid_client` or `too_many_failures`. */
  authenticate(attempt: AuthenticationAttempt): Promise<Client>
}

interface SecretVerifierOptions {
  readonly clients: ClientStore
  readonly cache: ClientCache
  readonly hasher: SecretHasher
  readonly digests: Digests
  readonly throttle: FailureThrottle
}

const secretCharactersMax = 512

/** How exact the store knows when a secret was last used, in milliseconds. */
const usesNotedEveryMs = 300_000

export function createSecretVerifier(options: SecretVerifierOptions): SecretVerifier {
  const { clients, cache, hasher, digests, throttle } = options

  /** The secret of the client that was presented, also when it has expired; undefined when it is none. */
  async function recognise(
    found: CachedClient,
    secret: string,
    attempt: AuthenticationAttempt,
  ): Promise<KnownSecret | undefined> {
    if (secret.length > secretCharactersMax) return undefined
    const digest = digests.keyed(secret)
    const recalled = recall(found, digest)
    if (recalled) return recalled.secret
    // By address, too: a check that waits among many wrong ones of one address must keep nobody elsewhere waiting.
    const name = `${attempt.address} ${encodeHex(digest)}`
    return found.secretVerdicts.get(name) ?? startCheck(found, { secret, digest, name }, attempt)
  }

  /** What memory knows of a secret; undefined where only the slow hash can tell. */
  function recall(found: CachedClient, digest: Uint8Array): { readonly secret: KnownSecret | undefined } | undefined {
    let secret: KnownSecret | undefined
    for (const candidate of found.secrets) if (digests.equal(candidate.digest, digest)) secret = candidate
    return secret || found.secrets.length === found.secretCount ? { secret } : undefined
  }

  function startCheck(
    found: CachedClient,
    { secret, digest, name }: { readonly secret: string; readonly digest: Uint8Array; readonly name: string },
    attempt: AuthenticationAttempt,
  ): Promise<KnownSecret | undefined> {
    const started = throttle.check(attempt, async () => {
      // Somebody may have had the right one while this one waited.
      const recalled = recall(found, digest)
      if (recalled) return recalled.secret
      const stored = await clients.findSecrets(found.client.id)
      found.secretCount = stored.length
      const right =
        stored[
          await hasher.find(
            secret,
            stored.map(({ hash }) => hash),
          )
        ]
      if (!right) return undefined
      const { id, expiresAt = Number.POSITIVE_INFINITY } = right
      const before = found.secrets.find(candidate => candidate.id === id)
      if (before) return before
      const known = { id, digest, expiresAt, usedAt: Number.NEGATIVE_INFINITY }
      found.secrets.push(known)
      return known
    })
    void found.secretVerdicts.set(name, started)
    // A refusal to check, or an outage, is no verdict.
    started.catch(() => found.secretVerdicts.delete(name))
    return started
  }

  function noteUse(secret: KnownSecret, now: number): void {
    if (now - secret.usedAt < usesNotedEveryMs) return
    secret.usedAt = now
    clients.secretUsed(secret.id, now)
  }

  return {
    async authenticate(attempt) {
      const arrival = throttle.arrive()
      const looked = isClientId(attempt.id) ? cache.find(attempt.id) : undefined
      const found = looked instanceof Promise ? await looked : looked
      let problem = found ? problemOf(found.client, attempt.kind) : 'no such client is registered'
      if (found && !problem) {
        problem = 'wrong client secret'
        for (const secret of attempt.secrets) {
          const known = await recognise(found, secret, attempt)
          if (!known) continue
          if (arrival.at < known.expiresAt) {
            noteUse(known, arrival.at)
            return found.client
          }
          problem = 'the client secret has expired'
        }
      }
      // The store was asked about a client that there is not: without this, its refusals came a millisecond later.
      if (looked === found) await clients.find(attempt.id)
      const refusal = new OAuthError('invalid_client', problem ?? '', { clientId: attempt.id })
      throw await throttle.fail(attempt, arrival, refusal)
    },
  }
}

function problemOf(client: Client, kind: ClientKind): string | undefined {
  if (client.kind !== kind) return `the client is of kind ${client.kind} and used the endpoint for kind ${kind}`
  if (!client.confidential) return 'the client is public and has no secret'
  if (client.keyAuthentication) return `the client authenticates by ${client.keyAuthentication.method}`
  return undefined
}
