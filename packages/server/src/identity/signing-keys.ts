import type { Keys, SigningKey } from '@sluice/oauth'
import type { Changes, SigningKeyRow, SigningKeys as StoredKeys } from '../store/store.ts'
import {
  currentKey,
  type FreshKey,
  firstKeys,
  pendingKey,
  revoked,
  rotated,
  rotationTime,
  type SigningKeyState,
  stateOf,
  verifiesUntil,
  withoutOver,
} from './key-rotation.ts'
import { generateSigningKey, readPemKeys, signingKey } from './signing-key.ts'

/** A signing key as administrators see it; times in milliseconds since 1970. */
export interface SigningKeyFacts {
  readonly kid: string
  readonly alg: string
  readonly state: SigningKeyState
  readonly createdAt: number
  /** Undefined until it is decided. */
  readonly signsFrom: number | undefined
  /** Undefined until it is decided. */
  readonly verifiesUntil: number | undefined
}

/**
 * The keys of JWTs. One signs; the next one is in the key set before it does; previous ones verify until the last JWT they
 * signed is over, and are deleted then. What each does at which time is decided in the store, and every server on it looks
 * at its clock: none signs with a key that the others do not know.
 */
export interface SigningKeys extends Keys {
  /** The newest first. */
  list(): readonly SigningKeyFacts[]
  /** When the next key takes over; undefined when nobody has decided that. */
  rotatesAt(): number | undefined
  /** Lets the next key take over as soon as it was published long enough. False, without effect, when one is about to already. */
  rotate(): Promise<boolean>
  /** Deletes a key: what it has signed is refused from now on. Where it signs, the next one does at once. False when there is none. */
  revoke(kid: string): Promise<boolean>
  /** Rotates when it is time, deletes what is over, hears of what other servers did. To be called every minute. */
  maintain(): Promise<'rotated' | 'kept'>
  close(): void
}

interface SigningKeysOptions {
  readonly store: {
    readonly signingKeys: StoredKeys
    readonly keys: LegacyKeys
    readonly changes: Pick<Changes, 'on'>
  }
  readonly clock: { now(): number }
  /** Days after which the next key takes over; 0: never by itself. */
  readonly rotationDays: number
}

/** Where older versions kept their keys: PKCS #8 PEM, the first of which signed. */
interface LegacyKeys {
  find(name: string): Promise<Uint8Array | undefined>
  delete(name: string): Promise<void>
}

const legacyName = 'token-signing'

type Rows = readonly SigningKeyRow[]

/** Opens the ES256 keys of a store. The first start on it creates them, and takes over those of an older version. */
export async function openSigningKeys({ store, clock, rotationDays }: SigningKeysOptions): Promise<SigningKeys> {
  const { signingKeys, changes } = store
  let view = viewOf([], undefined)
  let started = 0
  let loaded = 0

  /** One that was started later has read the same or newer. */
  async function load(): Promise<void> {
    const number = ++started
    const rows = await signingKeys.list()
    if (number < loaded) return
    loaded = number
    view = viewOf(rows, view)
  }

  async function change(work: (rows: Rows, fresh: FreshKey, now: number) => Rows): Promise<boolean> {
    const fresh = freshKey()
    const isChanged = await signingKeys.change(rows => work(rows, fresh, clock.now()))
    await load()
    return isChanged
  }

  const isDue = (rows: Rows, now: number) => rotationDays > 0 && now >= rotationTime(rows, rotationDays, now)

  await ensureKeys(store, clock.now())
  await load()
  // Where it fails, the next `maintain` reads them.
  const unsubscribe = changes.on('signing-keys', () => void load().catch(() => {}))

  const keys: SigningKeys = {
    current: () => view.current(clock.now()),
    find(kid) {
      const found = view.byId.get(kid)
      return found && (found.until === undefined || clock.now() < found.until) ? found.key : undefined
    },
    all: () => view.all(clock.now()),
    list: () => view.rows.map(row => describe(row, clock.now())).reverse(),
    rotatesAt() {
      const now = clock.now()
      const isUnderWay = pendingKey(view.rows, now) !== undefined
      return rotationDays > 0 || isUnderWay ? rotationTime(view.rows, rotationDays, now) : undefined
    },
    rotate: () => change(rotated),
    revoke: kid => change((rows, fresh, now) => revoked(rows, kid, fresh, now)),
    async maintain() {
      await load()
      const now = clock.now()
      const isRotated =
        isDue(view.rows, now) &&
        // Another server may have done it since.
        (await change((rows, fresh) => (isDue(rows, now) ? rotated(rows, fresh, now) : rows)))
      if (withoutOver(view.rows, now) !== view.rows) await change(rows => withoutOver(rows, now))
      return isRotated ? 'rotated' : 'kept'
    },
    close: unsubscribe,
  }
  await keys.maintain()
  return keys
}

interface KnownKey {
  readonly key: SigningKey
  /** When it stops to verify. */
  readonly until: number | undefined
}

/** The rows as one server reads them. The object of a key stays the same: tokens that were verified are remembered by it. */
function viewOf(rows: Rows, before: { byId: ReadonlyMap<string, KnownKey> } | undefined) {
  const byId = new Map<string, KnownKey>()
  for (const row of rows) {
    const key = before?.byId.get(row.kid)?.key ?? signingKey(row.privateKey)
    byId.set(row.kid, { key, until: verifiesUntil(row) })
  }
  const keyOf = ({ kid }: SigningKeyRow): SigningKey => (byId.get(kid) as KnownKey).key
  let signing: { readonly key: SigningKey; readonly until: number } | undefined
  return {
    rows,
    byId,
    current(now: number): SigningKey {
      if (signing && now < signing.until) return signing.key
      const row = currentKey(rows, now)
      signing = { key: keyOf(row), until: row.signsUntil ?? Number.POSITIVE_INFINITY }
      return signing.key
    },
    /** The one that signs first: some clients look no further. */
    all(now: number): SigningKey[] {
      const published = withoutOver(rows, now)
      const current = currentKey(rows, now)
      return [current, ...published.filter(row => row !== current)].map(keyOf)
    },
  }
}

function describe(row: SigningKeyRow, now: number): SigningKeyFacts {
  const { kid, createdAt, signsFrom } = row
  return { kid, alg: 'ES256', state: stateOf(row, now), createdAt, signsFrom, verifiesUntil: verifiesUntil(row) }
}

function freshKey(): FreshKey {
  return asKey(generateSigningKey())
}

function asKey(privateKey: Uint8Array): FreshKey {
  return { kid: signingKey(privateKey).kid, privateKey }
}

async function ensureKeys({ signingKeys, keys }: SigningKeysOptions['store'], now: number): Promise<void> {
  if ((await signingKeys.list()).length > 0) return
  const stored = await keys.find(legacyName)
  const [first = freshKey(), ...older] = (stored ? readLegacy(stored) : []).map(asKey)
  const begin = firstKeys(older, first, freshKey(), now)
  await signingKeys.change(rows => (rows.length > 0 ? rows : begin))
  if (stored) await keys.delete(legacyName)
}

function readLegacy(stored: Uint8Array): Uint8Array[] {
  const found = readPemKeys(Buffer.from(stored).toString('utf8'))
  if (found.length > 0) return found
  throw new Error(`Expected at least one private key in the stored value "${legacyName}", found none`)
}
