import { availableParallelism } from 'node:os'
import { Failure, type HeavyWork } from '@sluice/iflow'
import { resultOf } from '../threads/serve-thread.ts'
import { ThreadLost, ThreadPool, type ThreadPoolOptions } from '../threads/thread-pool.ts'

/** What is asked of a thread. */
export interface HeavyRequest {
  readonly task: string
  readonly input: unknown
}

const defaults: ThreadPoolOptions = {
  entry: new URL('./heavy-work-thread.ts', import.meta.url),
  // One core is left to the thread that all messages share, if there are several.
  size: Math.max(2, availableParallelism() - 1),
  // Chosen: some ten times what the largest message takes that the server accepts by default.
  timeoutMs: 120_000,
  memoryMb: 2_048,
}

/** Threads that do the tasks of `heavyTasks`. `close` ends them. */
export function openHeavyWork(options: Partial<ThreadPoolOptions> = {}): HeavyWork & { close(): Promise<void> } {
  const pool = new ThreadPool<HeavyRequest, unknown>({ ...defaults, ...options })
  return {
    async run<Input, Output>({ name }: { readonly name: string }, input: Input) {
      const reply = await pool.request({ task: name, input }).catch(error => {
        if (!(error instanceof ThreadLost)) throw error
        throw new Failure(`${error.message}: ${name} of a message that is too large`, { code: 'work-limit' })
      })
      return resultOf(reply) as Output
    },
    close: () => pool.close(),
  }
}
