import type { AuditEvent } from '../store/store.ts'

/** How many rows failures can cause in a minute, whoever sends how many. */
export const failureLimits = Object.freeze({
  windowMs: 60_000,
  /** Kinds of failures of a minute that are told apart, each by one row at once and one for its repetitions. */
  distinct: 100,
  /** Addresses whose further failures are counted apart. */
  addresses: 100,
})

interface Counted {
  readonly event: AuditEvent
  count: number
  /** When the last one was. */
  time: number
}

/**
 * Keeps a flood of failures from filling the disk. The first of identical failures within a minute is written; those after
 * it are counted and become one row at the end of the minute. When a minute has seen too many that differ, further ones are
 * counted by object, action and address, then by object and action.
 */
export class RepeatedFailures {
  readonly #counted = new Map<string, Counted>()
  #windowEnd = 0
  #distinct = 0
  #addresses = 0

  /** Whether to write this failure; otherwise it was counted. What is `due` must be taken first. */
  admit(event: AuditEvent, now: number): boolean {
    if (this.#counted.size === 0) this.#windowEnd = now + failureLimits.windowMs
    const key = nameOf(event)
    const known = this.#counted.get(key)
    if (known) return this.#count(known, now)
    if (this.#distinct < failureLimits.distinct) {
      this.#distinct += 1
      this.#counted.set(key, { event, count: 0, time: now })
      return true
    }
    return this.#count(this.#summary(event), now)
  }

  /** When the minute ends whose failures are counted; undefined when there are none. */
  get end(): number | undefined {
    return this.#counted.size === 0 ? undefined : this.#windowEnd
  }

  /** Rows for what was counted, if the minute is over at `now`; another begins then. */
  due(now: number): (AuditEvent & { readonly time: number })[] {
    // A clock that was set back must not keep a minute open for hours.
    const isOpen = now < this.#windowEnd && now >= this.#windowEnd - failureLimits.windowMs
    if (isOpen || this.#counted.size === 0) return []
    const rows = [...this.#counted.values()]
      .filter(({ count }) => count > 0)
      .map(({ event, count, time }) => ({ ...event, time, count }))
    this.#counted.clear()
    this.#distinct = 0
    this.#addresses = 0
    return rows
  }

  #count(counted: Counted, now: number): false {
    counted.count += 1
    counted.time = now
    return false
  }

  #summary({ object, action, address }: AuditEvent): Counted {
    const reason = 'further failures, of various clients, users or reasons'
    const ofAddress = { object, action, address, reason }
    const known = this.#counted.get(nameOf(ofAddress))
    if (known) return known
    const isRoom = this.#addresses < failureLimits.addresses
    if (isRoom) this.#addresses += 1
    const event = isRoom ? ofAddress : { object, action, reason: `${reason}, from various addresses` }
    const summary = this.#counted.get(nameOf(event)) ?? { event, count: 0, time: 0 }
    this.#counted.set(nameOf(event), summary)
    return summary
  }
}

function nameOf({ object, action, id, user, clientId, address, method, reason }: AuditEvent): string {
  return [object, action, id, user, clientId, address, method, reason].join('\n')
}
