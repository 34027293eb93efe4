import { type Clock, Failure, type Ports } from '@sluice/iflow'
import type { DeployedArtifacts } from '../runtime/deployed-artifacts.ts'
import { credentialOf } from '../runtime/flow-credentials.ts'
import type { Store } from '../store/store.ts'

/** What simulations take over of a tenant: nothing that they change, and no secret. */
export interface RealTenant {
  readonly clock: Pick<Clock, 'now'>
  readonly hosts: Pick<Ports, 'heavyWork' | 'scripts' | 'stylesheets'>
  /** Deployed script collections, message mappings and value mappings. */
  readonly others: DeployedArtifacts
  readonly store: {
    readonly credentials: Pick<Store['credentials'], 'find'>
    readonly keystore: Pick<Store['keystore'], 'aliases' | 'certificates'>
    readonly numberRanges: Pick<Store['numberRanges'], 'find'>
  }
}

/** The clock of a simulation: whoever waits goes on at once, at the time it would have been. */
class SkippingClock implements Clock {
  readonly #clock: Pick<Clock, 'now'>
  #skippedMs = 0

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock
  }

  now(): number {
    return this.#clock.now() + this.#skippedMs
  }

  async sleep(ms: number): Promise<void> {
    this.#skippedMs += ms
  }
}

const unreachable = async (): Promise<never> => {
  throw new Failure('Expected no call of another system: simulations reach none', { code: 'connection' })
}

/** Beyond a simulation there is nothing. */
export const noNetwork: Pick<Ports, 'http' | 'mail'> = { http: { send: unreachable }, mail: { send: unreachable } }

/**
 * Ports of a simulation. Security material has the names, kinds and users of the real tenant and invented secrets; certificates
 * are real, private keys are missing.
 */
export function simulatedPorts({ clock, store }: RealTenant): Partial<Omit<Ports, 'flows'>> {
  const { credentials, keystore } = store
  const find = async (name: string) => {
    const found = await credentials.find(name)
    return found && credentialOf(found, `secret of ${name}`)
  }
  return {
    clock: new SkippingClock(clock),
    credentials: {
      find,
      async accessToken(name) {
        if ((await find(name))?.kind === 'oauth2-client') return `token of ${name}`
        throw new Failure(`Expected OAuth2 client credentials "${name}", found none: deploy them under this name`, {
          code: 'credential',
        })
      },
    },
    keystore: {
      aliases: () => keystore.aliases(),
      certificates: alias => keystore.certificates(alias),
      keyPair: async () => undefined,
    },
  }
}

/** A store of a simulation's own, in which number ranges begin where the real ones stand; those are not used up. */
export function simulatedStore({ store: { numberRanges } }: RealTenant, own: Store): Store {
  const take = async (name: string) => {
    const real = (await own.numberRanges.find(name)) ? undefined : await numberRanges.find(name)
    if (real) await own.numberRanges.put(real)
    return own.numberRanges.take(name)
  }
  return { ...own, numberRanges: { ...own.numberRanges, take } }
}
