import type { Gauge } from '../http/metrics.ts'
import type { ClientSecret, Store } from '../store/store.ts'

/** `expiring`: within the days that are set for warnings. */
export type ExpiryState = 'valid' | 'expiring' | 'expired'

const dayMs = 86_400_000

/** What there is to say about an expiry in milliseconds since 1970; undefined never comes. */
export function expiryState(expiresAt: number | undefined, now: number, warningDays: number): ExpiryState {
  if (expiresAt === undefined) return 'valid'
  if (now >= expiresAt) return 'expired'
  return expiresAt - now <= warningDays * dayMs ? 'expiring' : 'valid'
}

/**
 * When somebody has to do something about the secrets of a client: the next one of them expires, or the last one has. Expired
 * ones beside a valid one do not count.
 */
export function nextExpiry(secrets: readonly ClientSecret[], now: number): number | undefined {
  const times = secrets.map(({ expiresAt = Number.POSITIVE_INFINITY }) => expiresAt)
  const coming = times.filter(time => now < time)
  const next = coming.length > 0 ? Math.min(...coming) : Math.max(...times)
  return Number.isFinite(next) ? next : undefined
}

/** How many clients there is something to say about. */
export async function secretGauges(
  { clientSecrets }: Pick<Store, 'clientSecrets'>,
  clock: { now(): number },
  warningDays: number,
): Promise<readonly Gauge[]> {
  const now = clock.now()
  const secrets = [...(await clientSecrets.listAll()).values()]
  const states = secrets.map(ofClient => expiryState(nextExpiry(ofClient, now), now, warningDays))
  const count = (state: ExpiryState) => states.filter(found => found === state).length
  return [
    {
      name: 'sluice_clients_secret_expiring',
      help: 'Clients with a secret that expires within the days set for warnings.',
      value: count('expiring'),
    },
    { name: 'sluice_clients_secret_expired', help: 'Clients whose last secret has expired.', value: count('expired') },
  ]
}
