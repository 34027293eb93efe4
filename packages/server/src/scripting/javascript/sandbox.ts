import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import * as wasmFile from '@jitl/quickjs-wasmfile-release-sync'
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core'
import { hostFunctions } from './host-functions.ts'
import {
  readChanges,
  readLog,
  type SandboxLimits,
  type ScriptCall,
  type ScriptOutcome,
  type ScriptProblem,
} from './script-call.ts'

type SyncVariant = Extract<Parameters<typeof newQuickJSWASMModuleFromVariant>[0], { readonly type: 'sync' }>

/** Its types are those of CommonJS, where the default is a property of the default. */
const variant = wasmFile.default as unknown as SyncVariant

const bytesPerMb = 1024 * 1024
const pagesPerMb = 16
/** What QuickJS is built to begin with. */
const initialMb = 16
/** How deep scripts may call: V8, which keeps a stack of its own for WebAssembly, can follow. */
const stackBytes = 128 * 1024
/** A sandbox that has grown beyond is not used again, since memory of WebAssembly never shrinks. */
const keptMb = 64

type Guest = Readonly<Record<'call' | 'describe' | 'finish' | 'log', QuickJSHandle>>

/** In the order in which they build on each other. */
const guestFiles = [
  new URL('./guest/values.js', import.meta.url),
  new URL('./guest/classes.js', import.meta.url),
  new URL('./guest/java-lang.js', import.meta.url),
  new URL('./guest/numbers.js', import.meta.url),
  new URL('./guest/collections.js', import.meta.url),
  new URL('./guest/java-util.js', import.meta.url),
  new URL('./guest/message.js', import.meta.url),
]

/**
 * QuickJS in a memory of its own. Each call begins with the memory as it was when all of Java had been defined: a copy of
 * 0.7 MB takes 0.02 ms, where a new context with these definitions takes 3 ms, and no call finds a trace of another.
 * The bound of the memory holds for whatever scripts allocate; QuickJS's own limit does not count array buffers.
 */
export class Sandbox {
  readonly #limits: SandboxLimits
  readonly #quickJs: QuickJSWASMModule
  readonly #context: QuickJSContext
  readonly #guest: Guest
  readonly #snapshot: readonly Stretch[]
  #call: ScriptCall | undefined
  #endsAt = 0
  #isBroken = false

  private constructor(limits: SandboxLimits, quickJs: QuickJSWASMModule) {
    this.#limits = limits
    this.#quickJs = quickJs
    const context = quickJs.newContext()
    this.#context = context
    context.runtime.setMaxStackSize(stackBytes)
    context.runtime.setInterruptHandler(() => performance.now() > this.#endsAt)
    this.#endsAt = Number.POSITIVE_INFINITY
    const sluice = context.newObject()
    context.setProp(context.global, 'sluice', sluice)
    const functions = hostFunctions(() => this.#callUnderWay)
    // All texts cross as JSON, which has none of the characters that end a text or get lost on the way.
    const host = context.newFunction('host', request => {
      const [name, ...args] = JSON.parse(context.getString(request)) as [keyof typeof functions, ...never[]]
      return context.newString(JSON.stringify((functions[name] as (...args: never[]) => unknown)(...args)))
    })
    context.setProp(sluice, 'host', host)
    for (const file of guestFiles) {
      context.unwrapResult(context.evalCode(readFileSync(file, 'utf8'), basename(file.pathname)))
    }
    context.unwrapResult(context.evalCode('delete globalThis.sluice'))
    const names = ['call', 'describe', 'finish', 'log'] as const
    this.#guest = Object.fromEntries(names.map(name => [name, context.getProp(sluice, name)])) as Guest
    this.#snapshot = stretchesOf(this.#memory())
  }

  static async open(limits: SandboxLimits): Promise<Sandbox> {
    const wasmMemory = new WebAssembly.Memory({
      initial: initialMb * pagesPerMb,
      maximum: Math.max(initialMb, limits.memoryMb) * pagesPerMb,
    })
    return new Sandbox(limits, await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmMemory })))
  }

  /** False when another sandbox has to be opened for the next call. */
  get isUsable(): boolean {
    return !this.#isBroken && this.#memory().length <= keptMb * bytesPerMb
  }

  /** What is wrong with a program, a sentence each. */
  check({ file, source }: { readonly file: string; readonly source: string }): readonly string[] {
    const problem = this.#attempt(file, () => {
      this.#unwrap(this.#context.evalCode(source, file, { compileOnly: true }))
      return undefined
    })
    return problem === undefined ? [] : [problem.message]
  }

  /** Calls the function. What scripts do wrong is an outcome. */
  call(call: ScriptCall): ScriptOutcome {
    const { file, functionName } = call
    this.#call = call
    let changes: ScriptOutcome['changes']
    const problem = this.#attempt(file, () => {
      const context = this.#context
      this.#unwrap(context.evalCode(call.source, file))
      const name = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(functionName) ? functionName : 'undefined'
      const found = this.#unwrap(context.evalCode(`typeof ${name} === 'function' ? ${name} : undefined`))
      if (context.typeof(found) !== 'function') {
        return { code: 'script', message: `Expected a function "${functionName}" in ${file}, found none.` }
      }
      const { headers, properties, attachments } = call
      const named = attachments.map(({ name, contentType }) => ({ name, contentType }))
      const message = context.newString(JSON.stringify({ headers, properties, attachments: named }))
      this.#unwrap(context.callFunction(this.#guest.call, context.undefined, found, message))
      const jobs = context.runtime.executePendingJobs()
      if (jobs.error) throw new GuestError(jobs.error)
      changes = readChanges(
        context.getString(this.#unwrap(context.callFunction(this.#guest.finish, context.undefined))),
      )
      return undefined
    })
    const log = this.#isBroken ? [] : this.#log()
    this.#call = undefined
    return { log, changes: problem ? undefined : changes, problem }
  }

  #attempt(file: string, action: () => ScriptProblem | undefined): ScriptProblem | undefined {
    const memory = this.#memory()
    for (const { at, bytes } of this.#snapshot) memory.set(bytes, at)
    this.#endsAt = performance.now() + this.#limits.timeoutMs
    try {
      return action()
    } catch (error) {
      if (error instanceof GuestError) return this.#problemOf(error, file)
      this.#isBroken = true
      // A trap: QuickJS has used up a stack or come upon what it cannot go on from.
      return { code: 'script-limit', message: `Expected ${file} to be run, found that its sandbox broke: ${error}` }
    }
  }

  #unwrap(result: ReturnType<QuickJSContext['evalCode']>): QuickJSHandle {
    if (result.error) throw new GuestError(result.error)
    return result.value
  }

  /** What a script has thrown, with the line of its own that led to it. */
  #problemOf({ handle }: GuestError, file: string): ScriptProblem {
    const { memoryMb, timeoutMs } = this.#limits
    const isLate = performance.now() > this.#endsAt
    if (isLate) {
      return {
        code: 'script-limit',
        message: `Expected ${file} to end within ${timeoutMs} ms, found that it takes longer.`,
      }
    }
    // QuickJS throws nothing when it has no memory left for an error.
    const isFull = this.#memory().length > initialMb * bytesPerMb && this.#context.dump(handle) === null
    const described = this.#context.callFunction(this.#guest.describe, this.#context.undefined, handle)
    const { name, message, stack } =
      described.error || isFull
        ? { name: 'InternalError', message: 'out of memory', stack: '' }
        : (JSON.parse(this.#context.getString(described.value)) as Record<'name' | 'message' | 'stack', string>)
    if (name === 'InternalError' && message === 'out of memory') {
      return {
        code: 'script-limit',
        message: `Expected ${file} to need at most ${memoryMb} MB, found that it needs more.`,
      }
    }
    const line = stack.split(`${file}:`)[1]?.match(/^\d+/)?.[0]
    return { code: 'script', message: `${name && `${name}: `}${message} (${file}${line ? `:${line}` : ''})` }
  }

  /** Nothing when the script has tampered with how the log is written. */
  #log(): ScriptOutcome['log'] {
    this.#endsAt = performance.now() + this.#limits.timeoutMs
    const written = this.#context.callFunction(this.#guest.log, this.#context.undefined)
    try {
      return written.error ? [] : readLog(this.#context.getString(written.value))
    } catch {
      return []
    }
  }

  get #callUnderWay(): ScriptCall {
    if (this.#call === undefined) throw new Error('Expected a call under way, found none')
    return this.#call
  }

  #memory(): Uint8Array {
    return new Uint8Array(this.#quickJs.getWasmMemory().buffer)
  }
}

/** A part of the memory as it is before each call. */
interface Stretch {
  readonly at: number
  readonly bytes: Uint8Array
}

/** Where nothing has been written for so long lies the unused part of the stack, or nothing at all: neither is read before it is written. */
const gapBytes = 1024 * 1024

/** What is to be put back before a call: some 0.7 MB of 16. */
function stretchesOf(memory: Uint8Array): readonly Stretch[] {
  const stretches: Stretch[] = []
  const words = new Uint32Array(memory.buffer)
  let start = -1
  let end = 0
  const take = () => {
    if (start >= 0) stretches.push({ at: start * 4, bytes: memory.slice(start * 4, end * 4) })
  }
  for (let index = 0; index < words.length; index += 1) {
    if (words[index] === 0) continue
    if (start < 0 || (index - end) * 4 > gapBytes) {
      take()
      start = index
    }
    end = index + 1
  }
  take()
  return stretches
}

/** Something that was thrown in the sandbox. */
class GuestError extends Error {
  readonly handle: QuickJSHandle

  constructor(handle: QuickJSHandle) {
    super('Thrown in the sandbox')
    this.handle = handle
  }
}
