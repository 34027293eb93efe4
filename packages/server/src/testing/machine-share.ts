import { availableParallelism, loadavg } from 'node:os'

/**
 * The share of a processor that there lately was for each process that could use one, from 0 to 1: how much of the time that
 * something took was its own.
 */
export function machineShare(): number {
  const [runnable = 0] = loadavg()
  return Math.min(1, availableParallelism() / runnable)
}
