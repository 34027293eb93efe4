import type { Ports } from '../ports.ts'
import type { Exchange } from './exchange.ts'
import type { Process, Stop } from './plan.ts'

/** What a step may use besides the exchange: the world through ports, and the run that it is part of. */
export interface RunScope {
  readonly ports: Ports
  readonly flowId: string
  readonly messageGuid: string
  readonly correlationId: string
  /**
   * Runs a local process on the exchange, as Process Call steps do. Returns nothing when the caller goes on, or the
   * transition that the calling step must return because the whole run has ended. Throws (or rejects with) the
   * `Failure` that the local process did not handle.
   */
  call(process: Process, exchange: Exchange): Stop | undefined | Promise<Stop | undefined>
}
