import type { Exchange } from './run/exchange.ts'

/**
 * Everything a running flow may ask of the world. The host implements these; tests use the fakes of
 * `@sluice/iflow/testing`. Nothing in this package reads a clock, draws a random number or opens a socket.
 */
export interface Ports {
  readonly clock: Clock
  readonly turns: Turns
  readonly random: Random
  readonly variables: Variables
  readonly numberRanges: NumberRanges
  readonly flows: Flows
}

/** The time of day. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number
}

/** The host's event loop, which all messages share. */
export interface Turns {
  /** Resolves when everybody else who waits has had a turn. Long work asks for it every few milliseconds. */
  next(): Promise<void>
}

/** Where unpredictable numbers come from. */
export interface Random {
  /** `count` unpredictable bytes. */
  bytes(count: number): Uint8Array
}

/** Variables written by Write Variables steps: `local` to one flow, or `global` to the tenant. */
export interface Variables {
  /** Undefined when the variable does not exist or has expired. */
  read(scope: 'local' | 'global', flowId: string, name: string): Promise<unknown>
}

/** Number ranges, as the operator maintains them. */
export interface NumberRanges {
  /** Takes the next number, formatted as the range says. Throws a `Failure` when the range is unknown or used up. */
  next(name: string): Promise<string>
}

/** Other deployed flows, reached by their ProcessDirect address. */
export interface Flows {
  /**
   * Runs the consumer at `address` with `exchange` as its message and resolves with what it replied.
   * Rejects with a `Failure` of code `no-consumer` when nothing listens there, or with the consumer's own failure.
   */
  call(address: string, exchange: Exchange, caller: { readonly correlationId: string }): Promise<Exchange>
}
