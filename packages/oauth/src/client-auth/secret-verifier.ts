import type { CachedClient, ClientCache } from '../clients/client-cache.ts'
import { isClientId } from '../clients/client-id.ts'
import { OAuthError } from '../errors.ts'
import type { Client, ClientKind, ClientStore, Clock, Digests, SecretHasher } from '../ports.ts'
import { encodeHex } from '../text/encoding.ts'
import type { ClientCredentials } from './client-authentication.ts'
import type { FailureThrottle } from './failure-throttle.ts'

/** Credentials with what they are used for and where they come from. */
export interface AuthenticationAttempt extends ClientCredentials {
  readonly kind: ClientKind
  readonly address: string
}

/**
 * Checks client secrets. Secrets are stored under a slow hash. The first right one leaves a fast keyed digest in memory,
 * so that repeats are cheap, and so is every wrong one from then on. Failures are slowed per client and address, and
 * take the same time for unknown clients and wrong secrets. A right secret is neither slowed nor locked out.
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
  readonly clock: Clock
  readonly throttle: FailureThrottle
}

const secretCharactersMax = 512

export function createSecretVerifier(options: SecretVerifierOptions): SecretVerifier {
  const { clients, cache, hasher, digests, clock, throttle } = options

  async function isRight(found: CachedClient, secret: string, attempt: AuthenticationAttempt): Promise<boolean> {
    if (secret.length > secretCharactersMax) return false
    const digest = digests.keyed(secret)
    if (found.secretDigest) return digests.equal(found.secretDigest, digest)
    const name = encodeHex(digest)
    const verdict = found.secretVerdicts.get(name) ?? startCheck(found, secret, name, attempt)
    if (!(await verdict)) return false
    found.secretDigest = digest
    return true
  }

  function startCheck(
    found: CachedClient,
    secret: string,
    name: string,
    attempt: AuthenticationAttempt,
  ): Promise<boolean> {
    const started = throttle.check(attempt, async () => {
      const stored = await clients.findSecretHash(found.client.id)
      return stored !== undefined && hasher.verify(secret, stored)
    })
    void found.secretVerdicts.set(name, started)
    // A refusal to check, or an outage, is no verdict.
    started.catch(() => found.secretVerdicts.delete(name))
    return started
  }

  return {
    async authenticate(attempt) {
      const startedAt = clock.now()
      const found = isClientId(attempt.id) ? await cache.find(attempt.id) : undefined
      const problem = found ? problemOf(found.client, attempt.kind) : 'no such client is registered'
      if (found && !problem) {
        for (const secret of attempt.secrets) if (await isRight(found, secret, attempt)) return found.client
      }
      const refusal = new OAuthError('invalid_client', problem ?? 'wrong client secret', { clientId: attempt.id })
      throw await throttle.fail(attempt, startedAt, refusal)
    },
  }
}

function problemOf(client: Client, kind: ClientKind): string | undefined {
  if (client.kind !== kind) return `the client is of kind ${client.kind} and used the endpoint for kind ${kind}`
  if (!client.confidential) return 'the client is public and has no secret'
  if (client.keyAuthentication) return `the client authenticates by ${client.keyAuthentication.method}`
  return undefined
}
