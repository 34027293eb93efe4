import { AsyncLocalStorage } from 'node:async_hooks'
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { frameType, readFrames, writeFrame } from './frames.ts'
import { printedLines } from './printed-lines.ts'
import { readValue, ValueWriter } from './values.ts'

/** How a JVM is started. */
export interface JvmCommand {
  /** The `java` executable. */
  readonly java: string
  /** Options and main class. */
  readonly arguments: readonly string[]
  /** An empty directory that the process is in. */
  readonly directory: string
}

/** What a JVM may ask of the server during a request: by service name, with arguments; resolves with the answer. */
export type Upcalls = Readonly<Record<string, (...parameters: never) => Promise<unknown> | unknown>>

/** What an upcall is refused with: its message reaches the program. Anything else that is thrown is a bug. */
export class UpcallError extends Error {}

/** Where a program was: file without its folder, line, class; the innermost first. */
export type JavaFrame = readonly [file: string, line: number, className: string]

/** The process has ended before it answered. */
export class JvmLost extends Error {
  readonly reason: 'time' | 'exit'
  /** What it was doing, where it could still say that. */
  readonly frames: readonly JavaFrame[]

  constructor(reason: JvmLost['reason'], message: string, frames: readonly JavaFrame[] = []) {
    super(message)
    this.name = 'JvmLost'
    this.reason = reason
    this.frames = frames
  }
}

/** One request to a JVM. */
export interface JvmCall {
  readonly kind: string
  readonly argument: unknown
  readonly upcalls: Upcalls
  readonly timeoutMs: number
}

/** What a JVM answered, and the failures that went there, to know those that come back. */
export interface JvmAnswer {
  readonly value: unknown
  readonly failures: ValueWriter['failures']
}

interface Pending {
  readonly call: JvmCall
  readonly failures: ValueWriter['failures']
  readonly timer: NodeJS.Timeout
  readonly resolve: (answer: JvmAnswer) => void
  readonly reject: (error: Error) => void
}

/** How long a process that is told to end may take to say where it was. */
const partingMs = 3_000

/** A JVM that answers one request at a time. */
export class JvmProcess {
  /** IDs of the resources that were loaded. */
  readonly held = new Set<number>()
  /** Resolves when it takes requests; rejects with `JvmLost` when it never will. */
  readonly ready: Promise<void>
  /** Resolves when the process is gone. */
  readonly ended: Promise<void>
  readonly #child: ChildProcessWithoutNullStreams
  readonly #unneeded: number[] = []
  readonly #forgotten: number[] = []
  readonly #kept = new FinalizationRegistry<number>(handle => this.#forgotten.push(handle))
  #pending: Pending | undefined
  #parting: readonly JavaFrame[] = []
  #overtime = false
  #isKilled = false
  #started: { readonly resolve: () => void; readonly reject: (error: JvmLost) => void } | undefined
  #lastLine = ''
  /** Runs something where the last call was made, so that lines are told in its asynchronous context. */
  #within: (run: () => void) => void = run => run()

  constructor(command: JvmCommand, print: (line: string) => void) {
    this.#child = spawn(command.java, command.arguments, {
      cwd: command.directory,
      // Nothing of the server's: programs of flows have no use for its settings and secrets.
      env: { LC_ALL: 'C.UTF-8' },
      stdio: 'pipe',
      // Out of the terminal's group: Ctrl+C ends the server after the messages under way, not their scripts.
      detached: true,
    })
    this.ready = new Promise((resolve, reject) => {
      this.#started = { resolve, reject }
    })
    // Whoever needs it ready awaits it; that it never will be is told to others by its end.
    this.ready.catch(() => {})
    const lines = printedLines(line => {
      this.#lastLine = line
      this.#within(() => print(line))
    })
    this.#child.stderr.on('data', (piece: Buffer) => lines(piece))
    // A process that cannot be written to is about to end, which says more.
    this.#child.stdin.on('error', () => {})
    readFrames(this.#child.stdout, frame => this.#received(frame))
    this.ended = new Promise(resolve => {
      this.#child.once('error', error => {
        this.#lastLine = error.message
        this.#lost(null)
        resolve()
      })
      this.#child.once('close', code => {
        this.#lost(code)
        resolve()
      })
    })
  }

  get isAlive(): boolean {
    return !this.#isKilled && this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Rejects with `JvmLost` when the process ends meanwhile, and with `JvmThrown` when the request fails there. */
  call(call: JvmCall): Promise<JvmAnswer> {
    this.#within = AsyncLocalStorage.snapshot()
    const writer = new ValueWriter()
    writer.write([call.kind, call.argument, this.#unneeded.splice(0), this.#forgotten.splice(0)])
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#takesTooLong(), call.timeoutMs)
      this.#pending = { call, failures: writer.failures, timer, resolve, reject }
      writeFrame(this.#child.stdin, frameType.request, writer.pieces())
    })
  }

  /** What nobody needs any more goes with the next request. */
  release(resource: number): void {
    if (this.held.delete(resource)) this.#unneeded.push(resource)
  }

  kill(): void {
    this.#isKilled = true
    this.#child.kill('SIGKILL')
  }

  #takesTooLong(): void {
    this.#overtime = true
    this.#isKilled = true
    this.#child.kill('SIGTERM')
    setTimeout(() => this.kill(), partingMs).unref()
  }

  #received(frame: Buffer): void {
    switch (frame[0]) {
      case frameType.ready:
        this.#started?.resolve()
        this.#started = undefined
        return
      case frameType.response:
        this.#answered(this.#read(frame) as [boolean, unknown, boolean])
        return
      case frameType.upcall:
        void this.#answerUpcall(this.#read(frame) as [string, unknown[]])
        return
      case frameType.parting:
        this.#parting = this.#read(frame) as JavaFrame[]
        return
    }
  }

  #read(frame: Buffer): unknown {
    return readValue(frame, 1, this, kept => this.#kept.register(kept, kept.handle))
  }

  #answered([isAnswer, value, isSound]: [boolean, unknown, boolean]): void {
    if (!isSound) this.kill()
    const pending = this.#pending
    if (pending === undefined) return
    this.#pending = undefined
    clearTimeout(pending.timer)
    if (isAnswer) pending.resolve({ value, failures: pending.failures })
    else pending.reject(new JvmThrown(value as Map<string, unknown>))
  }

  async #answerUpcall([service, parameters]: [string, unknown[]]): Promise<void> {
    const writer = new ValueWriter()
    writer.write(await this.#ask(service, parameters))
    if (this.isAlive) writeFrame(this.#child.stdin, frameType.reply, writer.pieces())
  }

  async #ask(service: string, parameters: unknown[]): Promise<readonly [boolean, unknown]> {
    const upcall = this.#pending?.call.upcalls[service] as ((...all: unknown[]) => unknown) | undefined
    if (upcall === undefined) return [false, `Expected a service "${service}", found none`]
    try {
      return [true, await upcall(...parameters)]
    } catch (error) {
      if (error instanceof UpcallError) return [false, error.message]
      // A bug is reported to whoever made the request, and to nobody in the program.
      const pending = this.#pending
      this.#pending = undefined
      clearTimeout(pending?.timer)
      pending?.reject(error as Error)
      this.kill()
      return [false, 'The server failed']
    }
  }

  #lost(code: number | null): void {
    const said = this.#lastLine === '' ? '' : `: ${this.#lastLine}`
    this.#started?.reject(new JvmLost('exit', `Expected a Java process, found that it ended with code ${code}${said}`))
    this.#started = undefined
    const pending = this.#pending
    if (pending === undefined) return
    this.#pending = undefined
    clearTimeout(pending.timer)
    pending.reject(
      this.#overtime
        ? new JvmLost('time', `Expected an answer within ${pending.call.timeoutMs} ms, found none`, this.#parting)
        : new JvmLost(
            'exit',
            `Expected an answer, found that the process ended with code ${code}${said}`,
            this.#parting,
          ),
    )
  }
}

/** What a program threw that no handler in the JVM knew what to do with. */
export class JvmThrown extends Error {
  /** `exception` and `frames`: see `Thrown.groovy`. */
  readonly description: ReadonlyMap<string, unknown>

  constructor(description: ReadonlyMap<string, unknown>) {
    const { className, message } = description.get('exception') as { className: string; message: string }
    super(message === '' ? className : `${className}: ${message}`)
    this.name = 'JvmThrown'
    this.description = description
  }
}
