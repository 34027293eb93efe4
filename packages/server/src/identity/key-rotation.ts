import { jwtLifetimeSecondsMax } from '@sluice/oauth'
import type { SigningKeyRow } from '../store/store.ts'

/** `next` is published and does not sign yet; `current` signs; `previous` verifies what it has signed. */
export type SigningKeyState = 'next' | 'current' | 'previous'

type Keys = readonly SigningKeyRow[]

/** What a new key starts from. */
export type FreshKey = Pick<SigningKeyRow, 'kid' | 'privateKey'>

/**
 * How long a key is in the key set before it signs, in milliseconds: twice as long as the key set may be cached
 * (`Cache-Control`), and as long as clients that do not look at that keep it by default. Servers on one store hear of a key
 * within a minute.
 */
export const publishedAheadMs = 600_000

const dayMs = 86_400_000

/** How long a key verifies after it has signed for the last time: the longest JWT, and how far clocks of servers may differ. */
const verifiesMs = jwtLifetimeSecondsMax * 1000 + 300_000

/** What a key does at `now`. */
export function stateOf({ signsFrom, signsUntil }: SigningKeyRow, now: number): SigningKeyState {
  if (signsFrom === undefined || now < signsFrom) return 'next'
  return signsUntil !== undefined && now >= signsUntil ? 'previous' : 'current'
}

/** When what a key has signed is over; undefined while it is not known when it signs for the last time. */
export function verifiesUntil({ signsUntil }: SigningKeyRow): number | undefined {
  return signsUntil === undefined ? undefined : signsUntil + verifiesMs
}

/**
 * The key that signs; the first one that is to, where the clock was set back before that. Throws when there is none, which no
 * change of the keys leads to.
 */
export function currentKey(keys: Keys, now: number): SigningKeyRow {
  const current =
    keys.find(key => stateOf(key, now) === 'current') ?? keys.find(({ signsFrom }) => signsFrom !== undefined)
  if (!current) throw new Error('Expected a signing key in the store, found none that signs')
  return current
}

/** When the next key takes over by itself, `days` after the current one did, or as it is decided already. */
export function rotationTime(keys: Keys, days: number, now: number): number {
  const { signsFrom = now, signsUntil } = currentKey(keys, now)
  return signsUntil ?? signsFrom + days * dayMs
}

/** The key that takes over at a time that is decided and has not come; undefined when no rotation is under way. */
export function pendingKey(keys: Keys, now: number): SigningKeyRow | undefined {
  return keys.find(({ signsFrom }) => signsFrom !== undefined && now < signsFrom)
}

/** The keys of a store that has none: one signs, one is published, and those that signed before verify. */
export function firstKeys(older: readonly FreshKey[], current: FreshKey, next: FreshKey, now: number): Keys {
  const [signs, ...verifying] = [current, ...older].map((key, index) => ({
    ...begun(key, older.length + 1 - index, now),
    signsFrom: now,
  }))
  return [
    ...verifying.map(key => ({ ...key, signsUntil: now })).reverse(),
    signs as SigningKeyRow,
    begun(next, older.length + 2, now),
  ]
}

/** The next key takes over as soon as it was published long enough, and `fresh` is the next one. Unchanged while a rotation is under way. */
export function rotated(keys: Keys, fresh: FreshKey, now: number): Keys {
  const next = keys.find(({ signsFrom }) => signsFrom === undefined)
  if (!next || pendingKey(keys, now)) return keys
  const at = Math.max(now, next.createdAt + publishedAheadMs)
  const current = currentKey(keys, now)
  const moved = keys.map(key => {
    if (key === current) return { ...key, signsUntil: at }
    return key === next ? { ...key, signsFrom: at } : key
  })
  return [...moved, begun(fresh, next.number + 1, now)]
}

/**
 * Without one key. The one after it takes over at once from the key that signs; one that was about to sign leaves the current
 * one in office. `fresh` is the next key where there is no other.
 */
export function revoked(keys: Keys, kid: string, fresh: FreshKey, now: number): Keys {
  const gone = keys.find(key => key.kid === kid)
  if (!gone) return keys
  const state = stateOf(gone, now)
  const successor = keys.find(({ number }) => number > gone.number)
  const kept = keys
    .filter(key => key !== gone)
    .map(key => {
      if (state === 'current' && key === successor) return { ...key, signsFrom: now }
      return state === 'next' && key.signsUntil === gone.signsFrom ? { ...key, signsUntil: undefined } : key
    })
  if (kept.some(({ signsFrom }) => signsFrom === undefined)) return kept
  return [...kept, begun(fresh, Math.max(...kept.map(({ number }) => number)) + 1, now)]
}

/** Without keys that nothing valid is signed with any more. The same list when there are none. */
export function withoutOver(keys: Keys, now: number): Keys {
  const kept = keys.filter(key => now < (verifiesUntil(key) ?? Number.POSITIVE_INFINITY))
  return kept.length === keys.length ? keys : kept
}

function begun(key: FreshKey, number: number, now: number): SigningKeyRow {
  return { ...key, number, createdAt: now, signsFrom: undefined, signsUntil: undefined }
}
