import type { DirectEntryPoint, EntryPoint, HttpEntryPoint } from '@sluice/iflow'

/** Something that owns entry points: a running flow. */
export interface EndpointOwner {
  readonly id: string
  readonly name: string
  readonly entryPoints: readonly EntryPoint[]
}

/** An entry point together with the flow that it leads into. */
export interface Endpoint<Owner extends EndpointOwner, Entry extends EntryPoint = EntryPoint> {
  readonly owner: Owner
  readonly entry: Entry
}

/** Two flows want the same address. */
export interface AddressConflict {
  readonly address: string
  /** The flow that holds it already; the new one itself when it names an address twice. */
  readonly heldBy: string
}

/**
 * Which flow answers at which address. HTTPS addresses are unique in the tenant and compared without regard to case;
 * `/a/*` owns `/a` and everything below `/a/` (documented behaviour of the HTTPS sender). ProcessDirect addresses are
 * unique and compared exactly, apart from a missing leading slash.
 */
export class EndpointTable<Owner extends EndpointOwner> {
  readonly #owners = new Map<string, Owner>()
  readonly #exact = new Map<string, Endpoint<Owner, HttpEntryPoint>>()
  readonly #direct = new Map<string, Endpoint<Owner, DirectEntryPoint>>()
  /** Longest address first. */
  #prefixes: Endpoint<Owner, HttpEntryPoint>[] = []

  /** What stands in the way of `owner`, apart from an earlier deployment of the same flow. */
  conflicts(owner: Owner): AddressConflict[] {
    const conflicts: AddressConflict[] = []
    const seen: Addressed[] = []
    for (const entry of owner.entryPoints.filter(isAddressed)) {
      for (const other of this.#owners.values()) {
        if (other.id !== owner.id && other.entryPoints.some(held => isAddressed(held) && collide(entry, held))) {
          conflicts.push({ address: entry.address, heldBy: other.id })
        }
      }
      if (seen.some(held => collide(entry, held))) conflicts.push({ address: entry.address, heldBy: owner.id })
      seen.push(entry)
    }
    return conflicts
  }

  /** Adds a flow, replacing an earlier deployment of it in one step. Call `conflicts` first. */
  put(owner: Owner): void {
    this.#owners.set(owner.id, owner)
    this.#rebuild()
  }

  /** False when the flow was not there. */
  delete(id: string): boolean {
    const found = this.#owners.delete(id)
    this.#rebuild()
    return found
  }

  get(id: string): Owner | undefined {
    return this.#owners.get(id)
  }

  owners(): IterableIterator<Owner> {
    return this.#owners.values()
  }

  /** The endpoint for a path below `/http`, percent-encoded as it was sent. */
  findHttp(path: string): Endpoint<Owner, HttpEntryPoint> | undefined {
    const exact = this.#exact.get(path)
    if (exact) return exact
    const normal = normalHttp(decode(path))
    return (
      this.#exact.get(normal) ?? this.#prefixes.find(endpoint => isBelow(normal, normalHttp(endpoint.entry.address)))
    )
  }

  findDirect(address: string): Endpoint<Owner, DirectEntryPoint> | undefined {
    return this.#direct.get(normalDirect(address))
  }

  #rebuild(): void {
    this.#exact.clear()
    this.#direct.clear()
    this.#prefixes = []
    for (const owner of this.#owners.values()) {
      for (const entry of owner.entryPoints.filter(isAddressed)) {
        if (entry.kind === 'direct') this.#direct.set(normalDirect(entry.address), { owner, entry })
        else if (entry.prefix) this.#prefixes.push({ owner, entry })
        else this.#exact.set(normalHttp(entry.address), { owner, entry })
      }
    }
    this.#prefixes.sort((a, b) => b.entry.address.length - a.entry.address.length)
  }
}

/** Timers have no address. */
type Addressed = HttpEntryPoint | DirectEntryPoint

function isAddressed(entry: EntryPoint): entry is Addressed {
  return entry.kind === 'http' || entry.kind === 'direct'
}

function collide(a: Addressed, b: Addressed): boolean {
  if (a.kind !== b.kind) return false
  if (a.kind === 'direct') return normalDirect(a.address) === normalDirect(b.address)
  const [left, right] = [a, b as HttpEntryPoint]
  const [leftAddress, rightAddress] = [normalHttp(left.address), normalHttp(right.address)]
  return (
    leftAddress === rightAddress ||
    (left.prefix && isBelow(rightAddress, leftAddress)) ||
    (right.prefix && isBelow(leftAddress, rightAddress))
  )
}

const normalHttp = (address: string) => address.toLowerCase()

const normalDirect = (address: string) => (address.startsWith('/') ? address : `/${address}`)

const isBelow = (path: string, address: string) => path === address || path.startsWith(`${address}/`)

function decode(path: string): string {
  if (!path.includes('%')) return path
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
