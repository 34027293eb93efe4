import type { Logger } from 'pino'
import type { FlowLogLevel, Store } from '../store/store.ts'

/** How much a flow's runs leave behind, in the words of the original, the least first. */
export const logLevels = ['NONE', 'ERROR', 'INFO', 'DEBUG', 'TRACE'] as const
export type LogLevel = (typeof logLevels)[number]

/** Milliseconds after which a level ends: "10 minutes", "24 hours" (Setting Log Levels). Others stay. */
const temporaryMs: Partial<Record<LogLevel, number>> = { TRACE: 600_000, DEBUG: 86_400_000 }

export interface LogLevelOptions {
  readonly store: Pick<Store, 'logLevels' | 'changes'>
  readonly clock: { now(): number }
  readonly log: Logger
}

interface Current {
  readonly level: LogLevel
  readonly temporary: LogLevel | undefined
  readonly until: number
}

/** Log levels of deployed flows, in memory as the store has them: what every message asks for. */
export class FlowLogLevels {
  readonly #options: LogLevelOptions
  readonly #levels = new Map<string, Current>()
  readonly #unsubscribe: () => void

  private constructor(options: LogLevelOptions) {
    this.#options = options
    this.#unsubscribe = options.store.changes.on('log-levels', flowId => this.#drop(flowId))
  }

  static async open(options: LogLevelOptions): Promise<FlowLogLevels> {
    const levels = new FlowLogLevels(options)
    for (const level of await options.store.logLevels.list()) levels.#keep(level)
    return levels
  }

  /** INFO where nothing was set. */
  of(flowId: string): LogLevel {
    const current = this.#levels.get(flowId)
    if (current === undefined) return 'INFO'
    return current.temporary !== undefined && this.#options.clock.now() < current.until
      ? current.temporary
      : current.level
  }

  /** DEBUG and TRACE end by themselves; then "the log level switches back to the log level set before". */
  async set(flowId: string, level: LogLevel): Promise<void> {
    const { store, clock } = this.#options
    const ms = temporaryMs[level]
    const before = await store.logLevels.find(flowId)
    const changed: FlowLogLevel =
      ms === undefined
        ? { flowId, level, temporary: null, until: null }
        : { flowId, level: before?.level ?? 'INFO', temporary: level, until: clock.now() + ms }
    await store.logLevels.put(changed)
    // At once for whoever awaits this; the change event reads it again.
    this.#keep(changed)
  }

  close(): void {
    this.#unsubscribe()
  }

  #drop(flowId: string): void {
    this.#levels.delete(flowId)
    const { store, log } = this.#options
    store.logLevels.find(flowId).then(
      found => found && this.#keep(found),
      (error: unknown) => log.error({ err: error, flow: flowId }, 'the log level could not be read'),
    )
  }

  #keep({ flowId, level, temporary, until }: FlowLogLevel): void {
    this.#levels.set(flowId, {
      level: knownLevel(level) ?? 'INFO',
      temporary: knownLevel(temporary ?? ''),
      until: until ?? 0,
    })
  }
}

/** The level that a text names, in any case. */
export function knownLevel(text: string): LogLevel | undefined {
  return logLevels.find(level => level === text.toUpperCase())
}

/**
 * Whether a message that ended, or goes on, with this status has a message processing log: with NONE none, with ERROR those
 * that did not complete.
 */
export function isLogged(level: LogLevel, status: string): boolean {
  if (level === 'NONE') return false
  return level !== 'ERROR' || (status !== 'COMPLETED' && status !== 'PROCESSING')
}
