import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { LoopFigures } from './loop-figures.ts'

/**
 * Preloaded into a server (`node --import`), with an IPC channel: answers every message with `LoopFigures` since the last.
 * CPU time is looked at every few milliseconds as long as the loop turns, so what is used between two looks is what one turn
 * used, and at most an interval more.
 */
const intervalMs = 5

const delay = monitorEventLoopDelay({ resolution: intervalMs })
delay.enable()
let last = cpuMs()
let longest = 0

function look(): void {
  const now = cpuMs()
  longest = Math.max(longest, now - last)
  last = now
}

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

setInterval(look, intervalMs).unref()
process.on('message', () => {
  look()
  const figures: LoopFigures = { cpuMs: longest, delayMs: delay.max / 1e6 }
  delay.reset()
  longest = 0
  process.send?.(figures)
})
process.channel?.unref()
