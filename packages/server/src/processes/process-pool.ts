import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { getCompileCacheDir } from 'node:module'
import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { Failure } from '@sluice/iflow'
import { frameOf, readFrames, writeFrame } from './frames.ts'
import type { Reply } from './serve-requests.ts'

/** What a pool is made of. */
export interface ProcessPoolOptions {
  /** The module that a process runs; it calls `serveRequests`. */
  readonly entry: URL
  /** Processes at most; the first begins with the first request. */
  readonly size: number
  /** How long a request may take before its process is ended. */
  readonly timeoutMs: number
  /** How much memory a process may have for objects, in MB. */
  readonly memoryMb: number
  /** How long a process may have nothing to do before it is ended. Default: a minute. */
  readonly idleMs?: number
}

const idleMsDefault = 60_000

/** A request that was ended for what it used up, or whose process was lost. */
export class ProcessLost extends Error {
  readonly reason: 'time' | 'memory' | 'exit'

  constructor(reason: ProcessLost['reason'], message: string) {
    super(message)
    this.name = 'ProcessLost'
    this.reason = reason
  }
}

interface Waiting<Result> {
  readonly frame: ReturnType<typeof frameOf>
  readonly resolve: (result: Result) => void
  readonly reject: (error: Error) => void
}

interface Member<Result> {
  readonly child: ChildProcess
  readonly socket: Socket
  isReady: boolean
  /** What it works on. */
  current: (Waiting<Result> & { readonly timer: NodeJS.Timeout }) | undefined
  /** Runs while there is nothing to work on. */
  idleTimer: NodeJS.Timeout | undefined
  /** Why it ends, where that is ours to say. */
  lost: ProcessLost | undefined
}

/**
 * Node processes that do one request at a time each, in the order of arrival. One that takes too long or too much memory is
 * ended and replaced. Processes rather than threads: V8 ends the whole process when a thread's allocation fails, so that a
 * thread out of memory may take the server with it. Processes that have nothing to do do not keep this one from ending, and
 * are ended after a while. All end with this one, however it ends.
 */
export class ProcessPool<Request, Result> {
  readonly #options: ProcessPoolOptions
  readonly #idle: Member<Result>[] = []
  readonly #waiting: Waiting<Result>[] = []
  readonly #members = new Set<Member<Result>>()
  #starting = 0
  #isClosed = false

  constructor(options: ProcessPoolOptions) {
    this.#options = options
  }

  /**
   * Resolves with the result. Rejects with the `Failure` that the process threw, with `ProcessLost` when it cannot reply any
   * more, with an error that tells the process's stack for a bug, and when the request is nothing that V8 can serialize.
   */
  request(request: Request): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ frame: frameOf(request), resolve, reject })
      this.#next()
    })
  }

  /** Ends all processes; requests under way, waiting and to come reject. */
  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all(
      [...this.#members].map(async ({ child }) => {
        const ended = once(child, 'exit')
        child.ref()
        child.kill('SIGKILL')
        await ended
      }),
    )
  }

  #next(): void {
    if (this.#isClosed) {
      for (const { reject } of this.#waiting.splice(0)) reject(lostBy(undefined, this.#options.memoryMb))
      return
    }
    const member = this.#waiting.length > 0 ? this.#idle.pop() : undefined
    const waiting = member && this.#waiting.shift()
    if (member !== undefined && waiting !== undefined) this.#work(member, waiting)
    else if (this.#waiting.length > this.#starting && this.#members.size < this.#options.size) this.#start()
  }

  #start(): void {
    const { entry, memoryMb } = this.#options
    const cache = getCompileCacheDir()
    const child = spawn(process.execPath, [`--max-old-space-size=${memoryMb}`, fileURLToPath(entry)], {
      // Nothing of the environment: work on messages has no use for the server's settings. What the server has compiled
      // saves a process 20 MB and a third of its start.
      env: cache === undefined ? {} : { NODE_COMPILE_CACHE: cache },
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    })
    const socket = child.stdio[3] as Socket
    const member: Member<Result> = {
      child,
      socket,
      isReady: false,
      current: undefined,
      idleTimer: undefined,
      lost: undefined,
    }
    readFrames(socket, (reply: Reply<Result> | 'ready') => this.#received(member, reply))
    // What is wrong with the socket is wrong with the process, whose end says it.
    socket.on('error', () => child.kill('SIGKILL'))
    child.once('error', () => this.#ended(member)).once('exit', (_, signal) => this.#ended(member, signal))
    this.#members.add(member)
    this.#starting += 1
  }

  #work(member: Member<Result>, waiting: Waiting<Result>): void {
    const { timeoutMs } = this.#options
    const timer = setTimeout(() => {
      member.lost = new ProcessLost('time', `Expected a reply within ${timeoutMs} ms, found none`)
      member.child.kill('SIGKILL')
    }, timeoutMs)
    clearTimeout(member.idleTimer)
    member.current = { ...waiting, timer }
    member.child.ref()
    member.socket.ref()
    writeFrame(member.socket, waiting.frame)
  }

  #received(member: Member<Result>, reply: Reply<Result> | 'ready'): void {
    if (reply === 'ready') {
      member.isReady = true
      this.#starting -= 1
    } else {
      clearTimeout(member.current?.timer)
      if ('result' in reply) member.current?.resolve(reply.result)
      else member.current?.reject(errorOf(reply))
      member.current = undefined
    }
    // A reply may come after its process was told to end.
    if (member.lost) return
    member.child.unref()
    member.socket.unref()
    this.#idle.push(member)
    member.idleTimer = setTimeout(() => this.#leave(member), this.#options.idleMs ?? idleMsDefault).unref()
    this.#next()
  }

  /** Ends a process that is idle. */
  #leave(member: Member<Result>): void {
    this.#idle.splice(this.#idle.indexOf(member), 1)
    member.child.kill('SIGKILL')
  }

  #ended(member: Member<Result>, signal?: NodeJS.Signals | null): void {
    if (!this.#members.delete(member)) return
    // One that never got ready would never get ready again: what waited for it is not tried on.
    const current = member.isReady ? member.current : this.#waiting.shift()
    if (!member.isReady) this.#starting -= 1
    clearTimeout(member.idleTimer)
    clearTimeout(member.current?.timer)
    current?.reject(member.lost ?? lostBy(signal, this.#options.memoryMb))
    const idle = this.#idle.indexOf(member)
    if (idle >= 0) this.#idle.splice(idle, 1)
    this.#next()
  }
}

/** V8 aborts the process when there is no more memory. */
function lostBy(signal: NodeJS.Signals | null | undefined, memoryMb: number): ProcessLost {
  return signal === 'SIGABRT'
    ? new ProcessLost('memory', `Expected work within ${memoryMb} MB of memory, found that it takes more`)
    : new ProcessLost('exit', 'Expected a reply, found that the process has ended')
}

function errorOf(reply: Exclude<Reply<unknown>, { readonly result: unknown }>): Error {
  if ('failure' in reply) return new Failure(reply.failure.message, reply.failure)
  return new Error(`A process failed: ${reply.bug}`)
}
