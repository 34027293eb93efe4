import { Socket } from 'node:net'
import { Worker } from 'node:worker_threads'
import type { Failure, FailureOptions } from '@sluice/iflow'
import { frameOf, readFrames, writeFrame } from './frames.ts'

/** The file descriptor over which a process of a pool gets requests and sends replies. */
export const requestsFd = 3

/** What a process says to a request: its result, the failure of the message, or that it came upon a bug. */
export type Reply<Result> =
  | { readonly result: Result }
  | { readonly failure: { readonly message: string } & Omit<FailureOptions, 'cause'> }
  | { readonly bug: string }

/** Answers the requests of a `ProcessPool`, one after the other; called once by the module that a process runs. */
export function serveRequests<Request, Result>(handle: (request: Request) => Result | Promise<Result>): void {
  const pool = new Socket({ fd: requestsFd, readable: true, writable: true })
  readFrames(pool, async (request: Request) => writeFrame(pool, await replyTo(request, handle)))
  // Signals to the whole group, such as Ctrl-C, are the server's to heed: it may still wait for replies.
  process.on('SIGINT', () => {}).on('SIGTERM', () => {})
  // Without the pool there is nothing left to do, whatever ended it.
  pool.on('error', () => process.exit()).on('close', () => process.exit())
  writeFrame(pool, frameOf('ready'))
  endWithParent()
}

const watchMs = 1_000

/** A thread looks after the server: while this one works it would not notice that the pool is gone. */
function endWithParent(): void {
  const watch = `setInterval(() => process.ppid === ${process.ppid} || process.kill(process.pid, 'SIGKILL'), ${watchMs})`
  const limits = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1 }
  new Worker(watch, { eval: true, env: {}, execArgv: [], resourceLimits: limits }).unref()
}

async function replyTo<Request, Result>(
  request: Request,
  handle: (request: Request) => Result | Promise<Result>,
): Promise<ReturnType<typeof frameOf>> {
  try {
    return frameOf({ result: await handle(request) } satisfies Reply<Result>)
  } catch (error) {
    return frameOf(replyOf(error))
  }
}

function replyOf(error: unknown): Reply<never> {
  if (!(error instanceof Error)) return { bug: `${error}` }
  // By name: the engine takes longer to load than a process that does not need it takes to start.
  if (error.name !== 'Failure') return { bug: error.stack ?? error.message }
  const { message, code, stepId, retry, exception } = error as Failure
  return { failure: { message, code, stepId, retry, exception } }
}
