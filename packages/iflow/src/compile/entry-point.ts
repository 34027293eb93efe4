import type { DeliveredMessage, Ports, QueueAccess } from '../ports.ts'
import type { StoredBytes } from '../run/body.ts'
import type { Exchange } from '../run/exchange.ts'
import type { RunResult } from '../run/result.ts'

/** An inbound HTTP request, already authenticated and read whole by the host. */
export interface HttpRequest {
  readonly method: string
  /** Public URL without the query, for example `https://host/http/orders/42`. */
  readonly url: string
  /** Servlet context: `/http`. */
  readonly contextPath: string
  /** Path below the context, percent-encoded as sent: `/orders/42`. */
  readonly path: string
  /** Without `?`; empty when there is none. */
  readonly query: string
  /** As received; repeated headers joined with `, `. Names are lower-case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Uint8Array | StoredBytes
  /** The authenticated user, for example `oauth_client_hello`. */
  readonly user: string
}

/** The answer to the sender, ready to be written. */
export interface HttpResponse {
  readonly status: number
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>
  readonly body: string | Uint8Array | StoredBytes
}

/** A route that a sender adapter asks the host for. Sender adapters never open a port themselves. */
export interface HttpEntryPoint {
  readonly kind: 'http'
  readonly channelId: string
  readonly processId: string
  /** `REST` for HTTPS senders; what the ServiceEndpoints entity set shows. */
  readonly protocol: string
  /** Below `/http`, as configured but without a trailing `/*`; compared without regard to case. */
  readonly address: string
  /** True when the address ended in `/*`: everything below it belongs to this flow too. */
  readonly prefix: boolean
  /** Role of application `<subaccount>iflmap` that a caller must have. */
  readonly role: string
  readonly csrfProtected: boolean
  /** Requests with a larger body are refused with 413. */
  readonly bodyBytesMax: number
  /** Builds the message from the request, dropping what the flow does not allow in. */
  receive(request: HttpRequest): Exchange
  /** Builds the answer to the sender from a finished run. */
  reply(result: RunResult): HttpResponse
}

/** A ProcessDirect consumer: reached by other flows through `Ports.flows`. */
export interface DirectEntryPoint {
  readonly kind: 'direct'
  readonly channelId: string
  readonly processId: string
  /** Compared exactly, after a leading `/` is added where it is missing. */
  readonly address: string
  /** The message as this flow sees it: a copy without properties and without headers that it does not allow. */
  receive(exchange: Exchange): Exchange
}

/** A start event that the clock triggers. The host keeps the time; one run of it is under way at a time. */
export interface TimerEntryPoint {
  readonly kind: 'timer'
  /** BPMN id of the start event. */
  readonly stepId: string
  readonly processId: string
  /** Whether it fires once when the flow is deployed, though not when the host starts a deployed flow again. */
  readonly firesOnDeployment: boolean
  readonly schedules: readonly TimerSchedule[]
  /** Whether deploying the flow fails when all of its times are in the past. */
  readonly failsWhenOver: boolean
  /** A new, empty message. */
  receive(): Exchange
  /**
   * Where it is there, each time runs the messages that it finds, one after the other, instead of an empty one; none when it
   * finds none. A message whose run failed is found again later.
   */
  readonly poll?: (ports: Ports, flowId: string) => Promise<readonly PolledMessage[]>
}

/** A message that was waiting for its time. */
export interface PolledMessage {
  readonly exchange: Exchange
  /** To be called when its run has ended other than as failed: it is not found again. */
  processed(): Promise<void>
}

/** Recurring times, or one. */
export interface TimerSchedule {
  /** A Quartz cron expression of 6 or 7 fields. */
  readonly cron: string
  /** For example `Europe/Berlin`. */
  readonly timeZone: string
  /** The first time later than `after`, in milliseconds since 1970; undefined when there is none. */
  next(after: number): number | undefined
}

/** A consumer of a queue. The host takes messages out of it, and deletes those whose run has not failed. */
export interface QueueEntryPoint {
  readonly kind: 'queue'
  readonly channelId: string
  readonly processId: string
  readonly queue: string
  readonly access: QueueAccess
  /** How many messages are processed at the same time. */
  readonly consumers: number
  /** Whether messages are blocked that would not succeed however often they are tried. */
  readonly deadLetters: boolean
  /** How long a failed message waits, in milliseconds, when it had been tried again `retries` times before. */
  retryDelayMs(retries: number): number
  receive(message: DeliveredMessage): Exchange
}

/** How messages get into a flow. The host registers these when a plan is started. */
export type EntryPoint = HttpEntryPoint | DirectEntryPoint | TimerEntryPoint | QueueEntryPoint
