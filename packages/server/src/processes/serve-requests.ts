import { Socket } from 'node:net'
import { Failure, type FailureOptions } from '@sluice/iflow'
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
}

async function replyTo<Request, Result>(
  request: Request,
  handle: (request: Request) => Result | Promise<Result>,
): Promise<ReturnType<typeof frameOf>> {
  try {
    return frameOf({ result: await handle(request) } satisfies Reply<Result>)
  } catch (error) {
    if (!(error instanceof Failure)) {
      return frameOf({
        bug: error instanceof Error ? (error.stack ?? error.message) : `${error}`,
      } satisfies Reply<Result>)
    }
    const { message, code, stepId, retry, exception } = error
    return frameOf({ failure: { message, code, stepId, retry, exception } } satisfies Reply<Result>)
  }
}

/** The result of a reply. Throws the `Failure` that it tells of, or an error with the process's stack for a bug. */
export function resultOf<Result>(reply: Reply<Result>): Result {
  if ('result' in reply) return reply.result
  if ('failure' in reply) throw new Failure(reply.failure.message, reply.failure)
  throw new Error(`A process failed: ${reply.bug}`)
}
