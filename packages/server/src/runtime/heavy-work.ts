import { availableParallelism } from 'node:os'
import { Failure, type HeavyWork } from '@sluice/iflow'
import { ProcessLost, ProcessPool, type ProcessPoolOptions } from '../processes/process-pool.ts'

/** What is asked of a process. */
export interface HeavyRequest {
  readonly task: string
  readonly input: unknown
}

const defaults: ProcessPoolOptions = {
  entry: new URL('./heavy-work-process.ts', import.meta.url),
  // One core is left to the process that all messages share, if there are several.
  size: Math.max(2, availableParallelism() - 1),
  // Chosen: some ten times what the largest message takes that the server accepts by default.
  timeoutMs: 120_000,
  memoryMb: 2_048,
}

/** Processes that do the tasks of `heavyTasks`. `close` ends them. */
export function openHeavyWork(options: Partial<ProcessPoolOptions> = {}): HeavyWork & { close(): Promise<void> } {
  const pool = new ProcessPool<HeavyRequest, unknown>({ ...defaults, ...options })
  return {
    async run<Input, Output>({ name }: { readonly name: string }, input: Input) {
      const result = await pool.request({ task: name, input }).catch(error => {
        if (!(error instanceof ProcessLost)) throw error
        throw new Failure(`${error.message}: ${name} of a message that is too large`, { code: 'work-limit' })
      })
      return result as Output
    },
    close: () => pool.close(),
  }
}
