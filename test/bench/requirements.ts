import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'

const peers = fileURLToPath(new URL('./peers/', import.meta.url))

/** The benchmark cannot run as it was called, or on this machine; the message says what to do. */
export class NotRunnable extends Error {}

/** Checks the machine, and installs wrk (Debian, as root) and the peers (from their lock file) where they are missing. */
export function meetRequirements(say: (progress: string) => void): void {
  if (process.platform !== 'linux') {
    throw new NotRunnable(`Expected Linux (/proc, taskset), found ${process.platform}`)
  }
  if (availableParallelism() < 2) {
    throw new NotRunnable('Expected two cores, one for the server and one for the load, found one')
  }
  if (!existsOnPath('taskset')) throw new NotRunnable('Expected taskset, found none: apt-get install -y util-linux')
  if (!existsOnPath('wrk')) installWrk(say)
  if (!existsSync(`${peers}node_modules/.package-lock.json`)) installPeers(say)
}

function existsOnPath(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0
}

function installWrk(say: (progress: string) => void): void {
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', 'wrk'] as const
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    throw new NotRunnable(`Expected wrk on the PATH, found none: sudo ${install.join(' ')}`)
  }
  say(`installing wrk: ${install.join(' ')}`)
  const [command, ...args] = install
  const result = spawnSync(command, args, {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (result.status !== 0) throw new NotRunnable(`Expected "${install.join(' ')}" to succeed, found that it failed`)
}

function installPeers(say: (progress: string) => void): void {
  say('installing the peers from test/bench/peers/package-lock.json (about 120 MB, once)')
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: peers, stdio: ['ignore', 2, 2] })
}
