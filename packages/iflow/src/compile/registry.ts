import type { Channel } from '../bpmn/model.ts'
import type { ExpressionLanguage } from '../expressions/language.ts'
import type { Adapter, Receiver } from './adapter.ts'
import type { EntryPoint } from './entry-point.ts'
import type { Step } from './step.ts'

/** Everything a compilation knows how to do. Passed in by the caller; there is no global registry. */
export interface Registry {
  readonly steps: readonly Step[]
  readonly adapters: readonly Adapter[]
  readonly expressions: readonly ExpressionLanguage[]
  /** What stands in for a channel, of whatever adapter; undefined: the channel is what it is. See `mockChannels`. */
  readonly standIn?: (channel: Channel) => StandIn | undefined
}

/**
 * Takes the place of a channel. `live` is what its own adapter makes of it: undefined where there is no such adapter, or where
 * it refuses the channel's properties, which is not reported then.
 */
export interface StandIn {
  receiver(live: Receiver | undefined): Receiver
  /** `processId`: the process that the channel starts. */
  sender(live: EntryPoint | undefined, processId: string): EntryPoint
}
