import { Worker } from 'node:worker_threads'
import type { ThreadReply } from './serve-thread.ts'

/** What a pool is made of. */
export interface ThreadPoolOptions {
  /** The module that a thread runs; it calls `serveThread`. */
  readonly entry: URL
  /** Threads at most; the first begins with the first request. */
  readonly size: number
  /** How long a request may take before its thread is ended. */
  readonly timeoutMs: number
  /** How much memory a thread may have for objects, in MB. */
  readonly memoryMb: number
}

/** A request that was ended for what it used up, or whose thread was lost. */
export class ThreadLost extends Error {
  readonly reason: 'time' | 'memory' | 'exit'

  constructor(reason: ThreadLost['reason'], message: string) {
    super(message)
    this.name = 'ThreadLost'
    this.reason = reason
  }
}

interface Waiting<Request, Reply> {
  readonly request: Request
  readonly resolve: (reply: ThreadReply<Reply>) => void
  readonly reject: (error: ThreadLost) => void
}

interface Thread<Request, Reply> {
  readonly worker: Worker
  /** What it works on. */
  current: (Waiting<Request, Reply> & { readonly timer: NodeJS.Timeout }) | undefined
  /** Why it ends, once that is known. */
  lost: ThreadLost | undefined
}

/**
 * Threads that do one request at a time each, in the order of arrival. A thread that takes too long or too much memory is
 * ended and replaced. Threads that have nothing to do keep the process from ending no more than they keep it busy.
 */
export class ThreadPool<Request, Reply> {
  readonly #options: ThreadPoolOptions
  readonly #idle: Thread<Request, Reply>[] = []
  readonly #waiting: Waiting<Request, Reply>[] = []
  readonly #threads = new Set<Thread<Request, Reply>>()

  constructor(options: ThreadPoolOptions) {
    this.#options = options
  }

  /** Resolves with what the thread replied. Rejects with `ThreadLost` when it cannot reply any more. */
  request(request: Request): Promise<ThreadReply<Reply>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject })
      this.#next()
    })
  }

  /** Ends all threads; requests under way reject. */
  async close(): Promise<void> {
    await Promise.all([...this.#threads].map(({ worker }) => worker.terminate()))
  }

  #next(): void {
    if (this.#waiting.length === 0) return
    const thread = this.#idle.pop() ?? (this.#threads.size < this.#options.size ? this.#start() : undefined)
    const waiting = thread && this.#waiting.shift()
    if (thread !== undefined && waiting !== undefined) this.#work(thread, waiting)
  }

  #start(): Thread<Request, Reply> {
    const { entry, memoryMb } = this.#options
    // Nothing of the environment: work on messages has no use for the server's settings.
    const worker = new Worker(entry, { env: {}, resourceLimits: { maxOldGenerationSizeMb: memoryMb } })
    const thread: Thread<Request, Reply> = { worker, current: undefined, lost: undefined }
    worker.on('message', (reply: ThreadReply<Reply>) => this.#replied(thread, reply))
    worker.on('error', error => {
      thread.lost ??= lostBy(error, memoryMb)
    })
    worker.on('exit', () => this.#ended(thread))
    this.#threads.add(thread)
    return thread
  }

  #work(thread: Thread<Request, Reply>, waiting: Waiting<Request, Reply>): void {
    const { timeoutMs } = this.#options
    const timer = setTimeout(() => {
      thread.lost = new ThreadLost('time', `Expected a reply within ${timeoutMs} ms, found none`)
      thread.worker.terminate()
    }, timeoutMs)
    thread.current = { ...waiting, timer }
    thread.worker.ref()
    thread.worker.postMessage(waiting.request)
  }

  #replied(thread: Thread<Request, Reply>, reply: ThreadReply<Reply>): void {
    clearTimeout(thread.current?.timer)
    thread.current?.resolve(reply)
    thread.current = undefined
    thread.worker.unref()
    this.#idle.push(thread)
    this.#next()
  }

  #ended(thread: Thread<Request, Reply>): void {
    clearTimeout(thread.current?.timer)
    thread.current?.reject(thread.lost ?? new ThreadLost('exit', 'Expected a reply, found that the thread has ended'))
    this.#threads.delete(thread)
    const idle = this.#idle.indexOf(thread)
    if (idle >= 0) this.#idle.splice(idle, 1)
    this.#next()
  }
}

function lostBy(error: NodeJS.ErrnoException, memoryMb: number): ThreadLost | undefined {
  if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return undefined
  return new ThreadLost('memory', `Expected work within ${memoryMb} MB of memory, found that it takes more`)
}
