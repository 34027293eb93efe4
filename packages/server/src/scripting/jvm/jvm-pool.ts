import { type JvmAnswer, type JvmCall, type JvmCommand, JvmLost, JvmProcess } from './jvm-process.ts'

/** What a pool is made of. */
export interface JvmPoolOptions {
  /** Finds out how processes are started; called with the first request, and again after it was rejected. */
  readonly command: () => Promise<JvmCommand>
  /** Processes that are kept once there was a request. */
  readonly size: number
  /** Processes at most: more than `size` are started while requests wait, as those that do nothing but sleep let others wait. */
  readonly sizeMax: number
  /** Told what programs print, a line at a time. */
  readonly print: (line: string) => void
  /** Called when all processes have ended for good. */
  readonly onClosed?: () => Promise<void>
}

/** Something that a process has to load before it can answer, such as a compiled program. */
export interface JvmResource {
  /** Of this pool: see `JvmPool.resourceId`. */
  readonly id: number
  /** The request that loads it. Throws what keeps the request from being made. */
  load(call: (call: Omit<JvmCall, 'upcalls'>) => Promise<unknown>): Promise<void>
}

/** One request to a pool. */
export interface JvmRequest extends JvmCall {
  /** What the process must have loaded. */
  readonly resource?: JvmResource | undefined
  /** The process that must answer, because it keeps objects of the message. */
  readonly keeper?: object | undefined
}

interface Waiting {
  readonly request: JvmRequest
  readonly since: number
  readonly start: (process: JvmProcess) => void
  readonly reject: (error: Error) => void
}

/**
 * When no process has become free for this long while requests wait, another one is started: they sleep or hang. Short work
 * that keeps all of them busy needs no more of them than there are cores; each would have to warm up first.
 */
const patienceMs = 100
/** A request that waits this long is given up. */
const waitMsMax = 60_000
/** A process more than `size` that has nothing to do for this long is ended. */
const idleMsMax = 60_000

/**
 * JVMs that answer one request at a time each. A process that is lost fails the request that it worked on and no other.
 */
export class JvmPool {
  readonly #options: JvmPoolOptions
  /** Those that wait for a request, the one that waits longest first. */
  readonly #idle: JvmProcess[] = []
  readonly #all = new Set<JvmProcess>()
  readonly #waiting: Waiting[] = []
  /** When a process last became free. */
  #freedAt = 0
  #command: Promise<JvmCommand> | undefined
  #starting = 0
  #patience: NodeJS.Timeout | undefined
  #trim: NodeJS.Timeout | undefined
  #resources = 0
  #isClosed = false

  constructor(options: JvmPoolOptions) {
    this.#options = options
  }

  /** An ID for a new resource. */
  resourceId(): number {
    return ++this.#resources
  }

  /** Has all processes forget a resource that will not be asked for again. */
  release(resource: number): void {
    for (const process of this.#all) process.release(resource)
  }

  /**
   * Rejects with `JvmLost` when the process ends before it answers, with `JvmThrown` for what the handler in the JVM threw, with
   * what the resource's `load` throws, and with what keeps processes from being started.
   */
  async request(request: JvmRequest): Promise<JvmAnswer> {
    const process = this.#take(request) ?? (await this.#wait(request))
    try {
      const { resource } = request
      if (resource !== undefined && !process.held.has(resource.id)) await this.#load(process, resource)
      return await process.call(request)
    } finally {
      this.#back(process)
    }
  }

  /** Has a process load a resource, which may take `timeoutMs`. Rejects as `request` does. */
  async hold(resource: JvmResource, timeoutMs: number): Promise<void> {
    await this.request({ kind: 'worker.ping', argument: null, resource, upcalls: {}, timeoutMs })
  }

  /** Ends all processes; requests under way and waiting reject. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#patience)
    clearTimeout(this.#trim)
    for (const { reject } of this.#waiting.splice(0)) reject(closed())
    const ended = [...this.#all].map(process => process.ended)
    for (const process of this.#all) process.kill()
    await Promise.all(ended)
    await this.#options.onClosed?.()
  }

  async #load(process: JvmProcess, { id, load }: JvmResource): Promise<void> {
    await load(async call => (await process.call({ ...call, upcalls: {} })).value)
    process.held.add(id)
  }

  /** A process that has loaded what the request needs before any other, the one that waited least. */
  #take({ resource, keeper }: JvmRequest): JvmProcess | undefined {
    if (this.#waiting.length > 0) return undefined
    const at = this.#suitable(resource, keeper)
    return at < 0 ? undefined : this.#idle.splice(at, 1)[0]
  }

  #suitable(resource: JvmResource | undefined, keeper: object | undefined): number {
    if (keeper !== undefined) return this.#idle.indexOf(keeper as JvmProcess)
    const holds = resource === undefined ? -1 : this.#idle.findLastIndex(process => process.held.has(resource.id))
    return holds >= 0 ? holds : this.#idle.length - 1
  }

  #wait(request: JvmRequest): Promise<JvmProcess> {
    if (this.#isClosed) return Promise.reject(closed())
    if (request.keeper !== undefined && !this.#all.has(request.keeper as JvmProcess)) return Promise.reject(gone())
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, since: performance.now(), start: resolve, reject })
      if (this.#all.size < this.#options.size && this.#starting === 0) void this.#start()
      this.#watch()
    })
  }

  #watch(): void {
    if (this.#patience !== undefined || this.#waiting.length === 0) return
    this.#patience = setTimeout(() => {
      this.#patience = undefined
      const now = performance.now()
      while (this.#waiting[0] !== undefined && now - this.#waiting[0].since > waitMsMax) {
        const message = `Expected a Java process within ${waitMsMax} ms, found all ${this.#all.size} of them busy`
        this.#waiting.shift()?.reject(new JvmLost('time', message))
      }
      const waitsForAny = this.#waiting.some(({ request }) => request.keeper === undefined)
      const isStuck = now - this.#freedAt >= patienceMs
      if (waitsForAny && isStuck && this.#starting === 0 && this.#all.size < this.#options.sizeMax) void this.#start()
      this.#watch()
    }, patienceMs)
  }

  /** Resolves with whether there is one more process. */
  async #start(): Promise<boolean> {
    this.#starting += 1
    try {
      this.#command ??= this.#options.command()
      const command = await this.#command
      if (this.#isClosed) return false
      await this.#add(new JvmProcess(command, this.#options.print))
    } catch (error) {
      this.#command = undefined
      // Where others live they do what waits, only later.
      if (this.#all.size === 0) for (const { reject } of this.#waiting.splice(0)) reject(error as Error)
      return false
    } finally {
      this.#starting -= 1
    }
    this.#next()
    return true
  }

  /** Rejects when the process never takes requests. */
  async #add(process: JvmProcess): Promise<void> {
    this.#all.add(process)
    try {
      await process.ready
    } catch (error) {
      this.#all.delete(process)
      throw error
    }
    void process.ended.then(() => this.#ended(process))
    this.#idle.push(process)
  }

  #back(process: JvmProcess): void {
    if (!process.isAlive || this.#isClosed) return
    this.#freedAt = performance.now()
    this.#idle.push(process)
    this.#next()
    // Now, not before: the first request need not share the machine with the start of other processes.
    void this.#fill()
    if (this.#all.size > this.#options.size && this.#trim === undefined) {
      this.#trim = setTimeout(() => this.#endExtra(), idleMsMax).unref()
    }
  }

  #next(): void {
    for (let i = 0; i < this.#waiting.length && this.#idle.length > 0; ) {
      const waiting = this.#waiting[i]
      const at = waiting ? this.#suitable(waiting.request.resource, waiting.request.keeper) : -1
      const process = at < 0 ? undefined : this.#idle.splice(at, 1)[0]
      if (process === undefined) i += 1
      else this.#waiting.splice(i, 1)[0]?.start(process)
    }
  }

  /** Starts what is missing, one after the other. */
  async #fill(): Promise<void> {
    while (!this.#isClosed && this.#all.size < this.#options.size && this.#starting === 0) {
      if (!(await this.#start())) return
    }
  }

  #ended(process: JvmProcess): void {
    this.#all.delete(process)
    const idle = this.#idle.indexOf(process)
    if (idle >= 0) this.#idle.splice(idle, 1)
    if (this.#isClosed) return
    for (let i = this.#waiting.length - 1; i >= 0; i--) {
      if (this.#waiting[i]?.request.keeper === process) this.#waiting.splice(i, 1)[0]?.reject(gone())
    }
    void this.#fill()
  }

  #endExtra(): void {
    this.#trim = undefined
    const extra = Math.min(this.#all.size - this.#options.size, this.#idle.length)
    for (const process of this.#idle.splice(0, Math.max(0, extra))) process.kill()
  }
}

function closed(): JvmLost {
  return new JvmLost('exit', 'Expected a Java process, found that the server is stopping')
}

function gone(): JvmLost {
  return new JvmLost('exit', 'Expected the Java process that keeps objects of this message, found that it has ended')
}
