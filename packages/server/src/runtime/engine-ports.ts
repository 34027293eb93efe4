import { randomBytes } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { type Clock, Failure, type Ports } from '@sluice/iflow'
import type { Store } from '../store/store.ts'

/** What the engine's ports are made of. */
export interface World extends Pick<Ports, 'http' | 'credentials' | 'heavyWork'> {
  readonly store: Pick<Store, 'variables' | 'numberRanges'>
  readonly clock: Clock
}

/** The world as running flows see it, backed by the store; calls between flows are the runner's. */
export function enginePorts({ store, clock, http, credentials, heavyWork }: World): Omit<Ports, 'flows'> {
  return {
    clock,
    turns: { next: () => setImmediate() },
    http,
    credentials,
    heavyWork,
    scripts: {
      prepare: async ({ file, language }) => [`Expected a host for ${language} scripts, found none for ${file}`],
      run: async ({ file }) => {
        throw new Failure(`Expected a host for scripts, found none for ${file}`, { code: 'script' })
      },
      map: async ({ file }) => {
        throw new Failure(`Expected a host for scripts, found none for ${file}`, { code: 'script' })
      },
    },
    valueMappings: { lookup: async () => undefined },
    random: { bytes: count => randomBytes(count) },
    variables: {
      read: (scope, flowId, name) => store.variables.read(scope === 'global' ? '' : flowId, name, clock.now()),
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
