import { randomBytes } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { type Clock, duplicateEntry, Failure, type Ports, type StoredChange } from '@sluice/iflow'
import { DuplicateError, type Store } from '../store/store.ts'
import { platformDigests } from './digests.ts'

/** What the engine's ports are made of. */
export interface World
  extends Pick<
    Ports,
    | 'http'
    | 'mail'
    | 'credentials'
    | 'heavyWork'
    | 'keystore'
    | 'partnerDirectory'
    | 'scripts'
    | 'stylesheets'
    | 'valueMappings'
  > {
  readonly store: {
    readonly variables: Pick<Store['variables'], 'read'>
    readonly numberRanges: Pick<Store['numberRanges'], 'take'>
    readonly dataStores: Pick<Store['dataStores'], 'find' | 'select' | 'apply'>
    readonly queues: Pick<Store['queues'], 'put'>
    readonly processedMessages: Pick<Store['processedMessages'], 'contains' | 'add'>
  }
  readonly clock: Clock
  /** How long messages of Persist steps are kept, where it is not as long as the steps say. */
  readonly persistedMs?: number
}

/** The world as running flows see it, backed by the store; calls between flows are the runner's. */
export function enginePorts({ store, persistedMs, ...given }: World): Omit<Ports, 'flows'> {
  const { clock } = given
  return {
    ...given,
    digests: platformDigests,
    turns: { next: () => setImmediate() },
    queues: {
      async put(messages) {
        const conflict = await store.queues.put(messages)
        if (conflict === undefined) return
        const { queue, access, found } = conflict
        throw new Failure(`Expected queue "${queue}" to be ${access}, found it to be ${found}`, { code: 'queue' })
      },
    },
    random: { bytes: count => randomBytes(count) },
    variables: {
      read: (scope, flowId, name) => store.variables.read(scope === 'global' ? '' : flowId, name, clock.now()),
    },
    dataStores: {
      find: key => store.dataStores.find(key, clock.now()),
      select: (reference, limits) => store.dataStores.select(reference, limits, clock.now()),
      async apply(changes) {
        try {
          await store.dataStores.apply(persistedMs === undefined ? changes : changes.map(expiring(persistedMs)))
        } catch (error) {
          if (!(error instanceof DuplicateError)) throw error
          const put = changes.find(change => change.kind === 'put-entry' && change.entry.id === error.key)
          throw duplicateEntry(put?.kind === 'put-entry' ? put.store : '', error.key)
        }
      },
    },
    idempotentRepository: {
      contains: key => store.processedMessages.contains(key, clock.now()),
      add: (key, expiresAt) => store.processedMessages.add(key, clock.now(), expiresAt),
    },
    numberRanges: {
      async next(name) {
        const value = await store.numberRanges.take(name)
        if (value === undefined)
          throw new Failure(`Expected a number range "${name}", found none`, { code: 'number-range' })
        if (value === 'exhausted') {
          throw new Failure(`Expected numbers left in range "${name}", found it used up`, { code: 'number-range' })
        }
        return value
      },
    },
  }
}

function expiring(ms: number): (change: StoredChange) => StoredChange {
  return change => (change.kind === 'persist-message' ? { ...change, expiresAt: change.createdAt + ms } : change)
}
