import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { openSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What to run: arguments of `node`, and what its environment holds besides the caller's. */
export interface Program {
  readonly core: number
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Gets standard output and standard error. */
  readonly logFile: string
}

export interface ServerProcess {
  /** With an IPC channel. */
  readonly child: ChildProcess
  /** User and system time of the process and its descendants so far, in seconds. */
  cpuSeconds(): number
  /** Resident memory of the process and its descendants now, in bytes. */
  residentBytes(): number
  /** Resident memory of the process now and at its peak, and of its descendants now, in bytes. */
  memory(): { readonly ownBytes: number; readonly peakBytes: number; readonly childrenBytes: number }
  /** Throws with the end of the log when the process has ended. */
  assertRunning(): void
  /** SIGTERM, and SIGKILL after five seconds. */
  stop(): Promise<void>
}

const running = new Set<ChildProcess>()

/** Starts a Node program on one core. */
export function startProcess(program: Program): ServerProcess {
  const log = openSync(program.logFile, 'a')
  const child = spawn('taskset', ['-c', String(program.core), process.execPath, ...program.args], {
    cwd: program.cwd,
    env: { ...process.env, NODE_ENV: 'production', ...program.env },
    stdio: ['ignore', log, log, 'ipc'],
  })
  running.add(child)
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve(void running.delete(child))))
  const pid = child.pid
  if (pid === undefined) throw new Error('Expected taskset (Debian package util-linux) on the PATH, found none')
  return {
    child,
    cpuSeconds: () => treeOf(pid).reduce((sum, stat) => sum + stat.cpuTicks, 0) / ticksPerSecond(),
    residentBytes: () => treeOf(pid).reduce((sum, stat) => sum + stat.residentPages, 0) * pageBytes(),
    memory() {
      const [own, ...children] = treeOf(pid)
      return {
        ownBytes: (own?.residentPages ?? 0) * pageBytes(),
        peakBytes: peakBytes(pid),
        childrenBytes: children.reduce((sum, stat) => sum + stat.residentPages, 0) * pageBytes(),
      }
    },
    assertRunning() {
      if (running.has(child)) return
      const how = child.signalCode ?? `code ${child.exitCode}`
      throw new Error(`Expected a running server, found that it ended with ${how}:\n${tailOf(program.logFile)}`)
    },
    async stop() {
      child.kill('SIGTERM')
      const late = sleep(5_000, 'late', { ref: false })
      if ((await Promise.race([ended, late])) === 'late') child.kill('SIGKILL')
      await ended
    },
  }
}

/** For the way out: nothing started here outlives the benchmark. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL')
}

/** Asks until `isReady` says true, every few milliseconds, for at most `secondsMax`. A refused connection is a no. */
export async function waitUntil(
  isReady: () => Promise<boolean>,
  server: ServerProcess,
  secondsMax = 30,
): Promise<void> {
  const deadline = performance.now() + secondsMax * 1000
  while (performance.now() < deadline) {
    server.assertRunning()
    if (await isReady().catch(() => false)) return
    await sleep(5)
  }
  throw new Error(`Expected the server to answer within ${secondsMax} s, found that it did not`)
}

/** A TCP port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

interface ProcessStat {
  readonly pid: number
  readonly parent: number
  readonly cpuTicks: number
  readonly residentPages: number
}

/** proc(5): fields of `/proc/<pid>/stat` after the command's closing parenthesis, from field 3 on. */
function readStat(pid: number): ProcessStat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const field = (number: number) => fields[number - 3] ?? 0
    const cpuTicks = field(14) + field(15) + field(16) + field(17)
    return { pid, parent: field(4), cpuTicks, residentPages: field(24) }
  } catch {
    return undefined
  }
}

/** proc(5): `VmHWM` of `/proc/<pid>/status`. */
function peakBytes(pid: number): number {
  const [, kilobytes = '0'] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? []
  return Number(kilobytes) * 1024
}

function treeOf(root: number): ProcessStat[] {
  const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name))
  const all = pids.flatMap(pid => readStat(Number(pid)) ?? [])
  const tree = all.filter(stat => stat.pid === root)
  for (const member of tree) tree.push(...all.filter(stat => stat.parent === member.pid))
  return tree
}

/** Time that a core did not idle since the machine started, in seconds, time stolen by the hypervisor included: proc(5). */
export function coreBusySeconds(core: number): number {
  const line = readFileSync('/proc/stat', 'latin1')
    .split('\n')
    .find(candidate => candidate.startsWith(`cpu${core} `))
  const [user = 0, nice = 0, system = 0, _idle, _iowait, irq = 0, softirq = 0, steal = 0] =
    line?.split(' ').slice(1).map(Number) ?? []
  return (user + nice + system + irq + softirq + steal) / ticksPerSecond()
}

let constants: { readonly ticks: number; readonly page: number } | undefined

function systemConstants() {
  const ask = (name: string) => Number(execFileSync('getconf', [name], { encoding: 'utf8' }))
  constants ??= { ticks: ask('CLK_TCK'), page: ask('PAGESIZE') }
  return constants
}

const ticksPerSecond = () => systemConstants().ticks
const pageBytes = () => systemConstants().page

function tailOf(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n')
}
