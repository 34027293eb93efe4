import type { Client, ClientStore } from '../ports.ts'
import { BoundedMap } from '../text/bounded-map.ts'

/** A client as it was when it was read. Whatever else is remembered about it hangs here and goes with it. */
export interface CachedClient {
  readonly client: Client
  /** False from the moment the client changed: read it again. */
  isCurrent: boolean
  /** Those of its secrets that were presented. */
  readonly secrets: KnownSecret[]
  /** How many secrets it has; undefined until the first one was checked. */
  secretCount: number | undefined
  /** Verdicts about other secrets, by address and keyed digest; also those still being worked out. */
  readonly secretVerdicts: BoundedMap<string, Promise<KnownSecret | undefined>>
}

/** A right secret of a client, without the secret. */
export interface KnownSecret {
  readonly id: string
  /** Keyed. */
  readonly digest: Uint8Array
  /** Milliseconds since 1970; infinite: never. */
  readonly expiresAt: number
  /** When its use was last told to the store, in milliseconds since 1970. */
  usedAt: number
}

/** Clients that were used lately. `find` answers at once for those. */
export interface ClientCache {
  find(id: string): CachedClient | undefined | Promise<CachedClient | undefined>
  /** To be called whenever a client was changed or deleted; with an empty ID when it is not known which. */
  forget(id: string): void
}

const clientsMax = 10_000
const verdictsPerClientMax = 64

export function createClientCache(clients: ClientStore): ClientCache {
  const cached = new BoundedMap<string, CachedClient>(clientsMax)
  const loading = new Map<string, Promise<CachedClient | undefined>>()

  async function load(id: string): Promise<CachedClient | undefined> {
    const client = await clients.find(id)
    if (!client) return undefined
    const secretVerdicts: CachedClient['secretVerdicts'] = new BoundedMap(verdictsPerClientMax)
    return { client, isCurrent: true, secrets: [], secretCount: undefined, secretVerdicts }
  }

  function startLoading(id: string): Promise<CachedClient | undefined> {
    const started: Promise<CachedClient | undefined> = load(id)
      .then(found => {
        if (!found) return undefined
        // A change while it was being read: what was read may be the old state.
        if (loading.get(id) !== started) found.isCurrent = false
        else drop(cached.set(id, found))
        return found
      })
      .finally(() => {
        if (loading.get(id) === started) loading.delete(id)
      })
    loading.set(id, started)
    return started
  }

  /** What is no longer here cannot be told of a change, so it counts as changed. */
  function drop(entry: CachedClient | undefined): void {
    if (entry) entry.isCurrent = false
  }

  return {
    find: id => cached.get(id) ?? loading.get(id) ?? startLoading(id),
    forget(id) {
      if (id === '') {
        loading.clear()
        for (const entry of cached.values()) drop(entry)
        cached.clear()
        return
      }
      loading.delete(id)
      drop(cached.get(id))
      cached.delete(id)
    },
  }
}
