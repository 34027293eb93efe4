import type { Registry } from 'prom-client'

/** A figure that is found out when somebody asks. */
export interface Gauge {
  readonly name: string
  readonly help: string
  readonly value: number
}

/** Plain counters that the hot paths raise; nothing else happens before somebody asks for `/metrics`. */
export class Metrics {
  readonly #messages = new Map<string, number>()
  readonly #tokens = new Map<number, number>()
  readonly #refusals = new Map<number, number>()
  #process: Promise<Registry> | undefined

  /** A message was processed, with its final status. */
  message(status: string): void {
    this.#messages.set(status, (this.#messages.get(status) ?? 0) + 1)
  }

  /** The token endpoint answered with this HTTP status. */
  token(status: number): void {
    this.#tokens.set(status, (this.#tokens.get(status) ?? 0) + 1)
  }

  /** What the token endpoint has answered since the server started, by HTTP status. */
  tokenAnswers(): readonly { readonly status: number; readonly count: number }[] {
    return [...this.#tokens].map(([status, count]) => ({ status, count })).sort((a, b) => a.status - b.status)
  }

  /** A message endpoint refused a request with this HTTP status. */
  refusal(status: number): void {
    this.#refusals.set(status, (this.#refusals.get(status) ?? 0) + 1)
  }

  /**
   * The Prometheus text format, with the process's own figures. The library is loaded by the first call; from then on it
   * watches garbage collection and the delay of the event loop, of which each call gives what was since the one before.
   */
  async render(gauges: readonly Gauge[]): Promise<{ contentType: string; body: string }> {
    this.#process ??= watchProcess()
    const figures = await this.#process
    const prometheus = await import('prom-client')
    const { Counter, Registry } = prometheus
    const registry = new Registry()
    const counters: ReadonlyArray<
      [name: string, help: string, label: string, values: ReadonlyMap<string | number, number>]
    > = [
      ['sluice_messages_total', 'Messages processed, by final status.', 'status', this.#messages],
      ['sluice_token_requests_total', 'Answers of the token endpoint, by HTTP status.', 'code', this.#tokens],
      ['sluice_message_refusals_total', 'Requests refused before a flow ran, by HTTP status.', 'code', this.#refusals],
    ]
    for (const [name, help, label, values] of counters) {
      const counter = new Counter({ name, help, labelNames: [label], registers: [registry] })
      for (const [value, count] of values) counter.inc({ [label]: String(value) }, count)
    }
    for (const { name, help, value } of gauges) new prometheus.Gauge({ name, help, registers: [registry] }).set(value)
    return { contentType: registry.contentType, body: `${await registry.metrics()}${await figures.metrics()}` }
  }
}

async function watchProcess(): Promise<Registry> {
  const { Registry, collectDefaultMetrics } = await import('prom-client')
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, gcDurationBuckets: [0.001, 0.01, 0.1, 1] })
  return registry
}
