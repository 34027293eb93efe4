import { parentPort } from 'node:worker_threads'
import { Failure, type FailureOptions } from '@sluice/iflow'

/** What a thread says to a request: its result, the failure of the message, or that it came upon a bug. */
export type ThreadReply<Result> =
  | { readonly result: Result }
  | { readonly failure: { readonly message: string } & Omit<FailureOptions, 'cause'> }
  | { readonly bug: string }

/** Answers the requests of a `ThreadPool`, one after the other; called once by the module that a thread runs. */
export function serveThread<Request, Result>(handle: (request: Request) => Result | Promise<Result>): void {
  parentPort?.on('message', async (request: Request) => {
    parentPort?.postMessage(await replyTo(request, handle))
  })
}

async function replyTo<Request, Result>(
  request: Request,
  handle: (request: Request) => Result | Promise<Result>,
): Promise<ThreadReply<Result>> {
  try {
    return { result: await handle(request) }
  } catch (error) {
    if (!(error instanceof Failure))
      return { bug: error instanceof Error ? (error.stack ?? error.message) : `${error}` }
    const { message, code, stepId, retry, exception } = error
    return { failure: { message, code, stepId, retry, exception } }
  }
}

/** The result of a reply. Throws the `Failure` that it tells of, or an error with the thread's stack for a bug. */
export function resultOf<Result>(reply: ThreadReply<Result>): Result {
  if ('result' in reply) return reply.result
  if ('failure' in reply) throw new Failure(reply.failure.message, reply.failure)
  throw new Error(`A thread failed: ${reply.bug}`)
}
