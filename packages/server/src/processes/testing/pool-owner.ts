import { ProcessPool } from '../process-pool.ts'

/** Says which process its pool has, and keeps that busy. */
const entry = new URL('./strange-process.ts', import.meta.url)
const pool = new ProcessPool<string, number>({ entry, size: 1, timeoutMs: 60_000, memoryMb: 48 })
process.send?.(await pool.request('process'))
await pool.request('loop')
