import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** How long a server's event loop was held at most. */
export interface LoopFigures {
  /** CPU time of the main thread in one turn: the work of the server alone, however busy the machine is. */
  readonly cpuMs: number
  /** Wall time by which a timer was late: also what others on the machine and the disk took. */
  readonly delayMs: number
}

/** What `node` needs for `loopFigures`, besides `ipc` among its stdio. */
export const loopProbeArgs: readonly string[] = ['--import', fileURLToPath(new URL('./loop-probe.ts', import.meta.url))]

/** The figures since the last call. */
export async function loopFigures(server: ChildProcess): Promise<LoopFigures> {
  server.send('loop')
  const [figures] = (await once(server, 'message')) as [LoopFigures]
  return figures
}
