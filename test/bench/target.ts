import type { LoadRequest } from './load.ts'
import type { ServerProcess } from './server-process.ts'

/** Where targets run: the cores that server and load are pinned to, and a directory on a real disk for their data. */
export interface Place {
  readonly serverCore: number
  readonly loadCore: number
  readonly directory: string
}

/** A server with the one request it is measured by. Each target runs in a process of its own. */
export interface Target {
  /** For `--only` and `--json`. */
  readonly name: string
  readonly title: string
  /** How long it takes until its speed is what it stays at. Default: 3. */
  readonly warmUpSeconds?: number
  /** Resolves when `request` is answered as expected; rejects with what went wrong. */
  start(place: Place): Promise<RunningTarget>
}

export interface RunningTarget {
  readonly process: ServerProcess
  readonly request: LoadRequest
}
