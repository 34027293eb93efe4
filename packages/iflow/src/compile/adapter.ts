import type { Channel, ModelElement } from '../bpmn/model.ts'
import type { Evaluate } from '../expressions/language.ts'
import type { Exchange } from '../run/exchange.ts'
import type { FlowSettings } from '../run/plan.ts'
import type { RunScope } from '../run/scope.ts'
import type { EntryPoint } from './entry-point.ts'
import type { Props, Values } from './props.ts'
import type { Report } from './reporter.ts'
import type { Versions } from './versions.ts'

/**
 * Calls a receiver and puts its answer into the exchange: the body is replaced, headers are added, properties stay.
 * Throws a `Failure` when the receiver cannot be reached or refuses.
 */
export type Receiver = (exchange: Exchange, scope: RunScope) => void | Promise<void>

/** One adapter on one page, sender and receiver side by side. */
export interface AdapterDeclaration<S extends Props, R extends Props> {
  /** `ComponentType` of the channel, for example `HTTPS`. */
  readonly type: string
  readonly label: string
  readonly doc: string
  /** How messages get into a flow. */
  readonly sender?: AdapterSide<S, EntryPoint>
  /** How messages get to another system or flow. */
  readonly receiver?: AdapterSide<R, Receiver>
  /** The channel properties of a typical use. Compiled by the tests, printed in the reference pages. At least one. */
  readonly examples: readonly AdapterExample[]
}

/** The sender or the receiver half of an adapter. */
export interface AdapterSide<P extends Props, T> {
  readonly doc: string
  readonly versions: Versions
  readonly channel: ChannelTemplate
  /** Receivers: whether all that it asks of the world is `Ports.http`, so that mocks answer its requests. */
  readonly speaksHttp?: true
  readonly props: P
  /** Returns undefined when something was reported; never throws because of the flow. */
  compile(props: Values<P>, context: AdapterContext): T | undefined | Promise<T | undefined>
}

/** What a fresh channel of the newest known component version is, as Cloud Integration's editor writes it. */
export interface ChannelTemplate {
  /** Version of the variant; its first two numbers are the component version. */
  readonly version: string
  /** Default: one of the adapters whose variants have `sap:` before their names. */
  readonly vendor?: string
  readonly transportProtocol: string
  readonly messageProtocol: string
  /** What only the original reads, or has otherwise than the version would make it. */
  readonly properties?: Readonly<Record<string, string>>
}

/** The properties of one channel, as a file has them. */
export interface AdapterExample {
  readonly title: string
  readonly direction: 'Sender' | 'Receiver'
  readonly properties: Readonly<Record<string, string>>
}

/** A declaration as registries keep it, without the types of its properties. */
export interface Adapter extends Omit<AdapterDeclaration<Props, Props>, 'sender' | 'receiver'> {
  readonly sender?: ErasedSide<EntryPoint>
  readonly receiver?: ErasedSide<Receiver>
}

/** A half as registries keep it, without the types of its properties. */
export interface ErasedSide<T> extends Omit<AdapterSide<Props, T>, 'compile'> {
  compile(props: never, context: AdapterContext): T | undefined | Promise<T | undefined>
}

/** What an adapter may ask while a channel is compiled. Methods that return undefined have reported why. */
export interface AdapterContext {
  readonly channel: Channel
  /** Sender channels: the process that the channel starts. Receiver channels: the process that calls. */
  readonly processId: string
  readonly settings: FlowSettings
  readonly report: Report
  value(language: string, source: string, at?: ModelElement): Promise<Evaluate<unknown> | undefined>
}

/** Declares an adapter; the types of the properties reach `compile` by inference. */
export function defineAdapter<const S extends Props = Props, const R extends Props = Props>(
  declaration: AdapterDeclaration<S, R>,
): Adapter {
  return declaration
}
