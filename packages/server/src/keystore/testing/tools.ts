import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A program of the machine that tests compare with. `skip` is the reason for leaving them out where there is none. */
export interface Tool {
  readonly skip: string | false
  /** Throws when it fails. */
  run(args: readonly string[], input?: string | Uint8Array): { readonly stdout: string; readonly stderr: string }
}

export function tool(name: 'openssl' | 'ssh-keygen' | 'keytool'): Tool {
  const isMissing = spawnSync(name, ['--help'], { stdio: 'ignore' }).error !== undefined
  return {
    skip: isMissing && `needs ${name}`,
    run(args, input = '') {
      const { status, stdout, stderr } = spawnSync(name, args, { input, encoding: 'utf8' })
      if (status !== 0) throw new Error(`Expected ${name} ${args[0]} to succeed, found ${status}: ${stderr}`)
      return { stdout, stderr }
    },
  }
}

/** A temporary directory that is gone afterwards. */
export function inDirectory(body: (path: string) => void): void {
  const path = mkdtempSync(join(tmpdir(), 'sluice-keystore-'))
  try {
    body(path)
  } finally {
    rmSync(path, { recursive: true })
  }
}
