import type { KeyPair } from '@sluice/iflow'
import { ProcessLost, ProcessPool } from '../processes/process-pool.ts'
import { KeystoreError } from './keystore-error.ts'
import type { FileEntry } from './read-keystore.ts'
import type { CertificateRequest, GenerationRequest } from './self-signed.ts'
import type { KeyFamily } from './signature.ts'

/** What is asked of the process, and what it gives: a key pair, or all entries of a keystore. */
export interface KeystoreTasks {
  /** A file with one key pair. */
  read: { readonly asked: { readonly bytes: Uint8Array; readonly password: string }; readonly given: KeyPair }
  readAll: {
    readonly asked: { readonly bytes: Uint8Array; readonly password: string }
    readonly given: readonly FileEntry[]
  }
  generate: { readonly asked: GenerationRequest; readonly given: KeyPair }
  /** A private key of SSH or in PEM, for which a certificate is made. */
  certify: {
    readonly asked: {
      readonly text: string
      readonly password: string
      readonly request: CertificateRequest
      /** The kind of key that the request is for, where it says so. */
      readonly family: KeyFamily | undefined
    }
    readonly given: KeyPair & { readonly family: KeyFamily }
  }
}

export type KeystoreRequest = {
  readonly [Task in keyof KeystoreTasks]: KeystoreTasks[Task]['asked'] & { readonly task: Task }
}[keyof KeystoreTasks]

/** The reply to a request, or why there is none. */
export type KeystoreReply<Task extends keyof KeystoreTasks = keyof KeystoreTasks> =
  | { readonly given: KeystoreTasks[Task]['given'] }
  | { readonly problem: string }

/** A file says itself how long opening it takes, and looking for large primes takes seconds. */
const timeoutMs = 60_000

/** Processes at the same time: each may have a core for itself for a minute. What is asked meanwhile waits. */
const processesMax = 2

/**
 * Reads files with keys or generates a key pair in a process of its own, which ends afterwards: all are work for seconds, and
 * most are done on what somebody sent. Throws `KeystoreError`.
 */
export type KeystoreProcess = <Task extends keyof KeystoreTasks>(
  task: Task,
  asked: KeystoreTasks[Task]['asked'],
) => Promise<KeystoreTasks[Task]['given']>

/** What starts the processes; two at a time, in the order in which they are asked for. */
export function createKeystoreProcess(): KeystoreProcess {
  const waiting: (() => void)[] = []
  let working = 0
  return async (task, asked) => {
    if (working < processesMax) working++
    else await new Promise<void>(resolve => waiting.push(resolve))
    try {
      return await ask(task, asked)
    } finally {
      const next = waiting.shift()
      if (next) next()
      else working--
    }
  }
}

async function ask<Task extends keyof KeystoreTasks>(
  task: Task,
  asked: KeystoreTasks[Task]['asked'],
): Promise<KeystoreTasks[Task]['given']> {
  const entry = new URL('./keystore-process.ts', import.meta.url)
  const pool = new ProcessPool<object, KeystoreReply<Task>>({ entry, size: 1, timeoutMs, memoryMb: 256 })
  try {
    const reply = await pool.request({ ...asked, task })
    if ('problem' in reply) throw new KeystoreError(reply.problem)
    return reply.given
  } catch (error) {
    if (!(error instanceof ProcessLost)) throw error
    const message = 'Expected key material that can be worked on in a minute and 256 MB, found it to need more'
    throw new KeystoreError(message, { cause: error })
  } finally {
    await pool.close()
  }
}
